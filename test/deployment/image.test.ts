import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { validate } from 'dockerfile-utils';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCKERFILE = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const LAST_STAGE = DOCKERFILE.slice(DOCKERFILE.lastIndexOf('FROM '));
const SETTINGS = {
  MicrosoftAppId: '0b6fe6d1-fece-44f7-9a48-56465e2d5ab8',
  MicrosoftAppTenantId: '7d4e2f10-5b1c-4b7e-9a35-0c1d2e3f4a5b',
  MicrosoftAppPassword: 'x',
};

/** The program of an instruction in its exec form. */
function programOf(instruction: string): readonly string[] {
  const [, list = ''] = new RegExp(`^${instruction} (\\[.+\\])$`, 'm').exec(LAST_STAGE) ?? [];
  return JSON.parse(list) as string[];
}

describe('the container image', () => {
  const app = mkdtempSync(join(tmpdir(), 'scan-bot-image-'));

  // What the last stage copies, and nothing else. Its packages are those of this machine.
  before(() => {
    mkdirSync(join(app, 'data'), { mode: 0o700 });
    for (const name of ['package.json', 'cards', 'src']) {
      assert.match(LAST_STAGE, new RegExp(`^COPY ${name} `, 'm'));
      cpSync(join(ROOT, name), join(app, name), {
        recursive: true,
        filter: (file) => !file.startsWith(join(ROOT, 'src/sandbox')),
      });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(app, 'node_modules'));
  });
  after(() => {
    rmSync(app, { recursive: true, force: true });
  });

  function started(port: string): ReturnType<typeof spawn> {
    const [, ...args] = programOf('CMD');
    const env = { ...SETTINGS, PORT: port, DATA_DIR: join(app, 'data') };
    return spawn(process.execPath, args, { cwd: app, env, stdio: ['ignore', 'pipe', 'inherit'] });
  }

  it('has a Dockerfile that a linter finds nothing in', () => {
    assert.deepEqual(validate(DOCKERFILE), []);
  });

  it('runs as somebody who cannot change the program, with node as the first process', () => {
    const lines = LAST_STAGE.split('\n');
    assert.ok(lines.indexOf('USER node') > lines.findLastIndex((line) => line.startsWith('COPY')));
    assert.doesNotMatch(LAST_STAGE, /--chown/);
    assert.equal(programOf('CMD')[0], 'node');
    assert.doesNotMatch(DOCKERFILE, /ENTRYPOINT/);
  });

  it('sends no secret, store, test or sandbox to the builder', () => {
    const sent = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    assert.ok(sent.includes('*') && sent.indexOf('*') < sent.findIndex((line) => line.startsWith('!')));
    assert.deepEqual(
      sent.filter((line) => line.startsWith('!')),
      ['!package.json', '!package-lock.json', '!cards', '!src'],
    );
    assert.ok(sent.includes('src/sandbox'));
  });

  it('holds all that the bot needs: it starts, its health check passes, and it stops when it is told to', async () => {
    const bot = started('0');
    const port = await portOf(bot);
    const check = healthCheck();
    const run = promisify(execFile);
    await run(process.execPath, check.slice(1), { env: { PORT: String(port) } });
    const ended = once(bot, 'exit');
    bot.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    await assert.rejects(run(process.execPath, check.slice(1), { env: { PORT: String(port) } }));
  });
});

/** Its output is read on: a bot whose output nobody takes would stand still. */
function portOf(bot: ReturnType<typeof spawn>): Promise<number> {
  let output = '';
  return new Promise((found, failed) => {
    bot.once('exit', () => {
      failed(new Error(`The bot ended: ${output}`));
    });
    bot.stdout?.on('data', (text: Buffer) => {
      output += String(text);
      const line = output.split('\n').find((one) => one.includes('takes turns') && one.endsWith('}'));
      if (line !== undefined) found((JSON.parse(line) as { port: number }).port);
    });
  });
}

function healthCheck(): readonly string[] {
  const [, list = ''] = /HEALTHCHECK [^\n]+\\\n\s+CMD (\[.+\])$/m.exec(LAST_STAGE) ?? [];
  return JSON.parse(list) as string[];
}
