import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { VARIABLES } from '../../src/config/variables.ts';

const ROOT = resolve(import.meta.dirname, '../..');

interface Container {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly stop_grace_period?: string;
}
interface Compose {
  readonly services: Readonly<Record<string, Container>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
}

const compose = parse(readFileSync(join(ROOT, 'compose.yaml'), 'utf8'), { merge: true }) as Compose;
const bots = Object.entries(compose.services).filter(([name]) => name.startsWith('bot-'));
const caddyfile = join(ROOT, 'deploy/Caddyfile');

describe('the compose file', () => {
  it('runs three bots that can write nowhere and may do nothing special', () => {
    assert.equal(bots.length, 3);
    for (const [, bot] of bots) {
      assert.equal(bot.read_only, true);
      assert.deepEqual(bot.cap_drop, ['ALL']);
      assert.equal(bot.ports, undefined);
    }
  });

  it('sets only variables that the bot knows', () => {
    for (const name of Object.keys(bots[0]?.[1].environment ?? {})) {
      assert.ok((VARIABLES as readonly string[]).includes(name), name);
    }
  });

  it('gives a bot more time to stop than it takes', () => {
    for (const [, bot] of bots) assert.ok(Number.parseInt(bot.stop_grace_period ?? '', 10) > 10);
  });

  it('keeps the database where nothing but the bots reaches it', () => {
    const { database } = compose.services;
    assert.deepEqual(database?.networks, ['inside']);
    assert.equal(database.ports, undefined);
    assert.equal(compose.networks['inside']?.internal, true);
  });

  it('opens two ports, both at the load balancer', () => {
    const open = Object.entries(compose.services).filter(([, { ports }]) => ports !== undefined);
    assert.deepEqual(
      open.map(([name, { ports }]) => [name, ports]),
      [['caddy', ['80:80', '443:443']]],
    );
  });
});

describe('the load balancer', () => {
  it('knows every bot of the compose file and lets in one path', () => {
    const text = readFileSync(caddyfile, 'utf8');
    for (const [name] of bots) assert.ok(text.includes(`${name}:3978`), name);
    assert.match(text, /handle \/api\/messages/);
    assert.match(text, /respond 404/);
  });

  it('is understood by Caddy itself', async function () {
    const run = promisify(execFile);
    const there = await run('caddy', ['version']).then(
      () => true,
      () => false,
    );
    if (!there) this.skip();
    const env = { ...process.env, SCAN_BOT_HOST: 'scan-bot.example.org' };
    await run('caddy', ['validate', '--config', caddyfile, '--adapter', 'caddyfile'], { env });
  });
});
