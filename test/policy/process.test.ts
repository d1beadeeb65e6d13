import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { READY } from '../config/readings.ts';
import { BotProcess } from '../support/bot-process.ts';
import { PolicyFile } from '../support/policy-file.ts';

describe('a bot with a policy file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scan-bot-reload-'));
  const file = new PolicyFile();
  after(() => {
    file.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (): BotProcess =>
    BotProcess.run({ ...READY, PORT: '0', DATA_DIR: folder, POLICY_FILE: file.path }, folder);

  it('reads it again at SIGHUP, and goes on with the old one when it is broken', async function () {
    if (process.platform === 'win32') this.skip();
    const bot = run();
    await bot.listening();
    file.write('{');
    await bot.signalled('SIGHUP', 'The policy file is faulty: the policy that was in force stays');
    file.write({ rules: [] });
    await bot.signalled('SIGHUP', 'The policy file was read again and is in force');
    assert.equal(await bot.stopped(), 0);
  });

  it('does not start with a broken one, and tells where it is broken', async () => {
    file.write({ rules: [{ name: 'a', then: { allow: false } }] });
    const bot = run();
    assert.equal(await bot.ended(), 78);
    assert.match(bot.stderr, /POLICY_FILE \$\.rules\[0\]\.then\.allow/);
  });
});
