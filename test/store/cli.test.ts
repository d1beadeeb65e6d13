import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../src/app/clock.ts';
import { HOUR } from '../../src/scan/time.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { KeptStore } from '../../src/store/kept-store.ts';
import { describeWithPostgres, sharedPostgres, until } from '../support/postgres.ts';
import type { Postgres } from '../support/postgres.ts';
import { fill } from './filled.ts';
import { alice, CHANNEL, errandOf, eventOf, messageOf, requestOf } from './records.ts';
import { quiet } from './suite.ts';

const CLI = join(import.meta.dirname, '../../src/store/cli.ts');

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('the store’s command line', function () {
  this.timeout(180_000);
  let home: string;
  let dataDir: string;
  let opened: KeptStore[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'store-cli-'));
    dataDir = join(home, 'data');
    opened = [];
  });

  afterEach(async () => {
    for (const store of opened) await store.close();
    rmSync(home, { recursive: true });
  });

  async function open(databaseUrl?: string): Promise<KeptStore> {
    const store = await openStore({ dataDir, databaseUrl, clock: systemClock, log: quiet });
    opened.push(store);
    return store;
  }

  /** In an empty directory, so that no .env of ours plays a part. */
  function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const all = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, ...env };
    const child = spawn(process.execPath, [CLI, ...args], { cwd: home, env: all });
    let [out, err] = ['', ''];
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    child.stderr.on('data', (part: Buffer) => (err += part.toString()));
    return new Promise((resolve) =>
      child.once('close', (code) => {
        resolve({ code, out, err });
      }),
    );
  }

  async function works(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const ran = await run(args, env);
    assert.deepEqual({ code: ran.code, err: ran.err }, { code: 0, err: '' }, ran.out);
    return ran.out;
  }

  async function refuses(
    args: readonly string[],
    why: RegExp,
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const ran = await run(args, env);
    assert.equal(ran.code, 1, ran.out + ran.err);
    assert.match(ran.err, why);
    assert.equal(ran.out, '');
  }

  function raw(statement: string): void {
    const database = new Database(join(dataDir, 'bot.db'));
    try {
      database.exec(statement);
    } finally {
      database.close();
    }
  }

  const DAMAGE = "update request set rev = 7 where id = 'ended'";

  it('says how it is used', async () => {
    const wrong = [[], ['backup'], ['verify', '--again'], ['copy', '--to', 'x'], ['verify', '--what']];
    for (const args of wrong) {
      const ran = await run(args);
      assert.equal(ran.code, 64, args.join(' '));
      assert.match(ran.err, /npm run store -- backup FILE/);
    }
  });

  it('refuses a DATABASE_URL that is none, and does not show it', async () => {
    const ran = await run(['verify'], { DATABASE_URL: 'mysql://bot:k8Q-secret@host/db' });
    assert.equal(ran.code, 78);
    assert.match(ran.err, /DATABASE_URL is not the address/);
    assert.doesNotMatch(ran.err, /k8Q/);
  });

  it('finds no store where there is none, and makes none', async () => {
    for (const args of [
      ['backup', join(home, 'b')],
      ['verify'],
      ['dead'],
      ['copy', '--to', 'postgres://127.0.0.1:1/x'],
    ]) {
      await refuses(args, /There is no store in /);
    }
    assert.deepEqual(readdirSync(home), []);
  });

  describe('backup and restore', () => {
    it('brings back what the store held while the bot was at work', async () => {
      const store = await open();
      await fill(store);
      const file = join(home, 'backup.db');
      assert.match(await works(['backup', file]), /Backed up to .*backup\.db/);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      await store.commit({ move: { before: undefined, after: requestOf({ id: 'later' }) } });
      await refuses(['restore', file], /is in use by another process/);
      await store.close();
      const told = await works(['restore', file]);
      assert.match(told, /The store that was there is now .*bot\.db\.replaced-\d{8}T\d{6}Z\./);
      assert.match(told, /1 confirmed scan had not started and 2 messages had not gone out/);
      const again = await open();
      assert.deepEqual(
        (await again.requestsOf(alice.id, 9)).map(({ id }) => id),
        ['waiting', 'followed', 'ended'],
      );
      assert.equal((await again.card(requestOf({ id: 'ended' }).id, CHANNEL))?.activityId, 'a');
      await again.close();
      const [aside] = readdirSync(dataDir).filter((name) => name.includes('replaced'));
      const replaced = new Database(join(dataDir, aside!), { readonly: true });
      assert.equal(replaced.prepare("select count(*) from request where id = 'later'").pluck().get(), 1);
      replaced.close();
    });

    it('restores where nothing was before', async () => {
      const store = await open();
      await fill(store);
      await works(['backup', join(home, 'b.db')]);
      const elsewhere = join(home, 'elsewhere');
      await works(['restore', join(home, 'b.db')], { DATA_DIR: elsewhere });
      assert.equal(statSync(join(elsewhere, 'bot.db')).mode & 0o777, 0o600);
      assert.match(await works(['verify'], { DATA_DIR: elsewhere }), /Every rule holds/);
    });

    it('overwrites no file', async () => {
      await open();
      const file = join(home, 'precious');
      writeFileSync(file, 'words');
      await refuses(['backup', file], /is there already/);
      assert.equal(statSync(file).size, 5);
    });

    it('leaves nothing behind where it could not write', async () => {
      await open();
      const ran = await run(['backup', join(home, 'nowhere', 'b.db')]);
      assert.notEqual(ran.code, 0);
      assert.deepEqual(readdirSync(home), ['data']);
    });

    it('restores nothing that is no store, or not whole, or newer than the program', async () => {
      const store = await open();
      await fill(store);
      const file = join(home, 'b.db');
      writeFileSync(file, 'not a database, by far');
      await refuses(['restore', file], /is no store, or it is damaged/);
      new Database(join(home, 'other.db')).exec('create table t (id)').close();
      await store.close();
      await refuses(['restore', join(home, 'other.db')], /is no store/);
      await refuses(['restore', join(home, 'missing.db')], /cannot be read/);
      raw("insert into kysely_migration values ('9999-later', '2099-01-01T00:00:00.000Z')");
      await works(['backup', join(home, 'newer.db')]);
      await refuses(['restore', join(home, 'newer.db')], /newer version/);
      assert.deepEqual(readdirSync(dataDir).toSorted(), ['bot.db', 'bot.lock']);
    });

    it('sends the owner of a PostgreSQL store to its own tools', async () => {
      const env = { DATABASE_URL: 'postgres://127.0.0.1:1/x' };
      await refuses(['backup', join(home, 'b.db')], /pg_dump/, env);
      await refuses(['restore', join(home, 'b.db')], /pg_restore/, env);
      await refuses(['verify'], /does not answer \(ECONNREFUSED\)/, env);
    });
  });

  describe('verify', () => {
    it('finds nothing in a store at work', async () => {
      const store = await open();
      await fill(store);
      await store.claim('message', Date.now() + HOUR / 60, 1);
      assert.equal(await works(['verify']), 'Every rule holds.\n');
    });

    it('tells which row breaks which rule', async () => {
      await fill(await open());
      raw(DAMAGE);
      const ran = await run(['verify']);
      assert.equal(ran.code, 1, ran.err);
      assert.match(ran.out, /^request ended: its column rev is not what it says itself\n1 row breaks a rule\.\n$/);
    });

    it('does not miss what was kept long enough', async () => {
      const store = await openStore({ dataDir, clock: systemClock, log: quiet, keepFinished: 1 });
      opened.push(store);
      await fill(store);
      await store.sweep();
      assert.equal(await store.request(requestOf({ id: 'ended' }).id), undefined);
      assert.equal(await works(['verify']), 'Every rule holds.\n');
    });

    it('wants a store that is up to date', async () => {
      await (await open()).close();
      raw("delete from kysely_migration where name > '0001-tables'");
      await refuses(['verify'], /is from an earlier version/);
    });
  });

  describe('dead', () => {
    async function buryAll(store: KeptStore): Promise<void> {
      await store.commit({ messages: [messageOf('first'), messageOf('second')], errand: errandOf('e') });
      await store.bury((await store.claim('message', Date.now() + HOUR, 1))[0]!, 'gone 403');
      await store.bury((await store.claim('errand', Date.now() + HOUR, 1))[0]!, 'hopeless');
    }

    it('shows what was given up, when and why, and none of its words', async () => {
      await buryAll(await open());
      const ran = await run(['dead']);
      assert.equal(ran.code, 1, ran.err);
      const when = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
      assert.match(
        ran.out,
        new RegExp(`^${when}  errand  e  hopeless\n${when}  message  first  gone 403\n2 rows were given up`),
      );
      assert.doesNotMatch(ran.out, /help|laptop/);
    });

    it('has nothing to show where nothing was', async () => {
      await open();
      assert.equal(await works(['dead']), 'Nothing was given up.\n');
    });

    it('sends all of it again while the bot runs, messages at the end of their thread', async () => {
      const store = await open();
      await buryAll(store);
      assert.equal(await works(['dead', '--again']), '2 rows are due again.\n');
      const said = [];
      for (let claims = await store.claim('message', Date.now() + HOUR, 9); claims.length > 0;) {
        said.push(...claims.map(({ id, attempt, fails }) => ({ id, attempt, fails })));
        for (const claim of claims) await store.finish(claim);
        claims = await store.claim('message', Date.now() + HOUR, 9);
      }
      // The attempt of the life before is not used a second time.
      assert.deepEqual(said, [
        { id: 'second', attempt: 1, fails: 0 },
        { id: 'first', attempt: 2, fails: 0 },
      ]);
      assert.equal((await store.claim('errand', Date.now() + HOUR, 9)).length, 1);
      assert.equal(await works(['dead', '--again']), '0 rows are due again.\n');
    });
  });

  describeWithPostgres('with PostgreSQL', () => {
    let server: Postgres;
    let database: string;

    before(async function () {
      this.timeout(180_000);
      server = await sharedPostgres();
    });

    beforeEach(async () => {
      database = await server.createDatabase();
    });

    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
      await server.dropDatabase(database);
    });

    it('copies a store with scans under way, row by row, and leaves no second one to start from', async () => {
      const url = server.url(database);
      const store = await open();
      await fill(store);
      await store.claim('request', Date.now() + HOUR, 9);
      await refuses(['copy', '--to', url], /is in use by another process/);
      await store.close();
      const before = new Database(join(dataDir, 'bot.db'), { readonly: true });
      const events = before.prepare('select * from event order by seq').all();
      before.close();
      const told = await works(['copy', '--to', url]);
      assert.match(told, /Copied 46 rows\./);
      assert.match(told, /This store is now .*bot\.db\.copied-/);
      assert.equal(existsSync(join(dataDir, 'bot.db')), false);
      assert.match(await works(['verify'], { DATABASE_URL: url }), /Every rule holds/);
      const copied = await server.ask(
        database,
        'select seq::int, request, at, who, what, facts from event order by seq',
      );
      assert.deepEqual(
        copied.map((row) => ({ ...row, at: Number(row['at']) })),
        events,
      );
      const moved = await open(url);
      assert.deepEqual(
        (await moved.following(alice.id)).map(({ id }) => id),
        ['followed'],
      );
      assert.equal(await moved.commit({ once: 'ended' }), false);
      assert.equal((await moved.calls.take('q', [{ length: HOUR, most: 1 }], Date.now())) === undefined, false);
      // Numbers go on where they were, and what was taken is free.
      assert.equal(await moved.commit({ messages: [messageOf('later')], events: [eventOf('ended')] }), true);
      await moved.commit({ signedIn: alice.id });
      assert.deepEqual(
        (await moved.claim('request', Date.now() + HOUR, 9)).map(({ id }) => id),
        ['waiting'],
      );
      assert.deepEqual(
        (await moved.claim('message', Date.now() + HOUR, 9)).map(({ id }) => id),
        ['of followed'],
      );
    });

    it('copies nothing into a database that holds a store', async () => {
      const url = server.url(database);
      const target = await open(url);
      await target.commit({ once: 'o' });
      const store = await open();
      await fill(store);
      await store.close();
      await refuses(['copy', '--to', url], /is not empty/);
      assert.ok(existsSync(join(dataDir, 'bot.db')));
      assert.deepEqual(await server.ask(database, 'select id from request'), []);
      await refuses(['copy', '--to', server.url('nowhere')], /has no database by that name/);
    });

    it('verifies, and shows and sends again what was given up, and wakes the replicas', async () => {
      const env = { DATABASE_URL: server.url(database) };
      const store = await open(env.DATABASE_URL);
      await fill(store);
      assert.match(await works(['verify'], env), /Every rule holds/);
      await server.ask(database, DAMAGE);
      assert.equal((await run(['verify'], env)).code, 1);
      await store.bury((await store.claim('message', Date.now() + HOUR, 1))[0]!, 'gone 403');
      assert.match((await run(['dead'], env)).out, /message {2}of followed {2}gone 403/);
      let wakes = 0;
      store.onWake(() => (wakes += 1));
      assert.match(await works(['dead', '--again'], env), /1 row is due again/);
      await until(() => Promise.resolve(wakes > 0), 'the wake');
    });
  });
});
