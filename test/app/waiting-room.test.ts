import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BotProcess } from '../support/bot-process.ts';
import { describeWithPostgres, Postgres, until } from '../support/postgres.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describeWithPostgres('a bot that starts before its database', function () {
  this.timeout(180_000);
  let server: Postgres;
  let database: string;
  let dir: string;
  let port: number;
  let bot: BotProcess | undefined;

  before(async () => {
    server = await Postgres.start();
    database = await server.createDatabase();
    dir = mkdtempSync(join(tmpdir(), 'scan-bot-waits-'));
  });

  beforeEach(async () => {
    port = await freePort();
  });

  afterEach(() => bot?.killed());

  after(async () => {
    await server.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  function runs(url: string): BotProcess {
    const ids = {
      MicrosoftAppId: '0b6fe6d1-fece-44f7-9a48-56465e2d5ab8',
      MicrosoftAppTenantId: '7d4e2f10-5b1c-4b7e-9a35-0c1d2e3f4a5b',
      MicrosoftAppPassword: 'x',
    };
    bot = BotProcess.run({ ...ids, PORT: String(port), DATABASE_URL: url }, dir);
    return bot;
  }

  async function status(path: string, method = 'GET'): Promise<number> {
    const asked = fetch(`http://127.0.0.1:${port}${path}`, { method, ...(method === 'POST' && { body: '{}' }) });
    return asked.then(
      (answer) => answer.status,
      () => 0,
    );
  }

  it('lives, is not ready, takes no turns, and goes on by itself when it is there', async () => {
    await server.stop();
    const waits = runs(server.url(database));
    await until(async () => (await status('/healthz')) === 200, 'its life');
    const reply = await fetch(`http://127.0.0.1:${port}/readyz`);
    assert.deepEqual([reply.status, await reply.json()], [503, { ok: false, reason: 'store' }]);
    assert.equal(await status('/api/messages', 'POST'), 503);
    await server.up();
    assert.equal(await waits.listening(), port);
    await until(async () => (await status('/readyz')) === 200, 'its readiness');
    assert.equal(await status('/api/messages', 'POST'), 401);
    assert.equal(await waits.stopped(), 0);
  });

  it('stops when it is told to, although the database never came', async () => {
    const waits = runs(`postgres://bot@127.0.0.1:${await freePort()}/bot`);
    await until(async () => (await status('/healthz')) === 200, 'its life');
    assert.equal(await waits.stopped(), 0);
  });

  it('does not listen where the database refuses it, and ends with 78', async () => {
    const refused = runs(server.url('nowhere'));
    assert.equal(await refused.ended(), 78);
    assert.match(refused.stderr, /DATABASE_URL/);
    assert.equal(await status('/healthz'), 0);
  });
});
