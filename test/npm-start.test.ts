import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const IDS = {
  MicrosoftAppId: '0b6fe6d1-fece-44f7-9a48-56465e2d5ab8',
  MicrosoftAppTenantId: '7d4e2f10-5b1c-4b7e-9a35-0c1d2e3f4a5b',
};

describe('npm start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'scan-bot-npm-'));
  after(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  function npmStart(env: Record<string, string>): ReturnType<typeof spawn> {
    const own = { PATH: process.env['PATH'], HOME: dataDir, PORT: '0', DATA_DIR: dataDir, ...env };
    return spawn('npm', ['start'], { cwd: ROOT, env: own, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  it('hands a stop on to the bot, which ends with 0', async function () {
    if (process.platform === 'win32') this.skip();
    const child = npmStart({ ...IDS, MicrosoftAppPassword: 'x' });
    let output = '';
    for await (const chunk of child.stdout ?? []) {
      output += String(chunk);
      if (output.includes('takes turns')) break;
    }
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  });

  it('ends with 78 when the configuration is wrong', async () => {
    const child = npmStart({});
    child.stdout?.resume();
    child.stderr?.resume();
    assert.deepEqual(await once(child, 'exit'), [78, null]);
  });
});
