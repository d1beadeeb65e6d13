import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { Kysely, sql, SqliteDialect } from 'kysely';
import type { CompiledQuery } from 'kysely';
import type { RequestId } from '../../src/scan/ids.ts';
import type { Store } from '../../src/scan/ports.ts';
import { DAY } from '../../src/scan/time.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createStore } from '../../src/store/sql-store.ts';
import { openSqlite, sqlite } from '../../src/store/embedded/sqlite.ts';
import type { Tables } from '../../src/store/tables.ts';
import { CHANNEL, eventOf, messageOf, NOON, requestOf } from './records.ts';
import { StillClock } from './suite.ts';

const LEASE = NOON + 30_000;
const WRITER = join(import.meta.dirname, 'writer.ts');

describe('the embedded store', () => {
  let home: string;
  let dataDir: string;
  let warnings: string[];
  let opened: Store[];
  let writers: ChildProcess[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'store-'));
    dataDir = join(home, 'deep', 'data');
    [warnings, opened, writers] = [[], [], []];
  });

  afterEach(async () => {
    for (const writer of writers) await kill(writer);
    for (const store of opened) await store.close();
    rmSync(home, { recursive: true });
  });

  async function open(): Promise<Store> {
    const log = { warn: (_: object, message: string) => void warnings.push(message) };
    const store = await openStore({ dataDir, clock: new StillClock(), log });
    opened.push(store);
    return store;
  }

  /** Resolves with what was acknowledged once that is `enough`; more comes while nobody kills it. */
  async function write(enough: number): Promise<{ writer: ChildProcess; acknowledged: string[] }> {
    const writer = spawn(process.execPath, [WRITER, dataDir], { stdio: ['ignore', 'pipe', 'pipe'] });
    writers.push(writer);
    const acknowledged: string[] = [];
    let complaint = '';
    writer.stderr.on('data', (part: Buffer) => (complaint += part.toString()));
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: writer.stdout }).on('line', (line) => {
        if (acknowledged.push(line) === enough) resolve();
      });
      writer.once('close', () => {
        reject(new Error(`The writer ended by itself: ${complaint}`));
      });
    });
    return { writer, acknowledged };
  }

  async function kill(writer: ChildProcess): Promise<void> {
    if (writer.exitCode !== null || writer.signalCode !== null) return;
    const closed = once(writer, 'close');
    writer.kill('SIGKILL');
    await closed;
  }

  function raw<T>(read: (database: Database.Database) => T): T {
    const database = new Database(join(dataDir, 'bot.db'));
    try {
      return read(database);
    } finally {
      database.close();
    }
  }

  it('is there again after it was closed', async () => {
    const request = requestOf();
    const first = await open();
    await first.commit({ once: 'o', move: { before: undefined, after: request }, messages: [messageOf('m')] });
    await first.close();
    await first.close();
    const second = await open();
    assert.deepEqual(await second.request(request.id), request);
    assert.equal(await second.commit({ once: 'o' }), false);
    assert.deepEqual(await second.message('m'), messageOf('m'));
  });

  it('releases at the start what its predecessor had taken', async () => {
    const first = await open();
    await first.commit({ messages: [messageOf('m')], follow: { who: 'application', at: NOON } });
    await first.claim('message', LEASE, 9);
    await first.claim('follower', LEASE, 9);
    await first.close();
    const second = await open();
    assert.equal((await second.claim('message', LEASE, 9))[0]?.attempt, 2);
    assert.equal((await second.claim('follower', LEASE, 9))[0]?.attempt, 2);
  });

  it('loses nothing that it acknowledged when it is killed', async function () {
    this.timeout(180_000);
    const acknowledged: string[] = [];
    for (let round = 1; round <= 5; round++) {
      const run = await write(round * 17);
      await kill(run.writer);
      acknowledged.push(...run.acknowledged);
      const store = await open();
      for (const id of acknowledged) assert.equal((await store.request(id as RequestId))?.id, id);
      await store.close();
      raw((database) => {
        assert.deepEqual(database.pragma('integrity_check', { simple: true }), 'ok');
        const halves = `select count(*) from request r where 2 <> (
          select count(*) from message m where m.id in ('a ' || r.id, 'b ' || r.id))`;
        assert.equal(database.prepare(halves).pluck().get(), 0);
        assert.equal(database.prepare('select count(*) from message where lease_until > 0').pluck().get(), 0);
      });
    }
  });

  it('is open to one process at a time, until that one is gone, killed or not', async () => {
    const { writer } = await write(1);
    await assert.rejects(open(), { name: 'StoreInUse', message: /is in use by another process.*DATA_DIR/ });
    await kill(writer);
    const store = await open();
    await assert.rejects(open(), { name: 'StoreInUse' });
    await assert.rejects(write(1), /StoreInUse/);
    await store.check();
    await store.close();
    await open();
  });

  it('is left as it is when a newer version has been there', async () => {
    await (await open()).close();
    raw((database) => database.exec("insert into kysely_migration values ('9999-later', '2099-01-01T00:00:00.000Z')"));
    const before = raw((database) => database.prepare('select count(*) from sqlite_master').pluck().get());
    const refused = { name: 'StoreFromNewerVersion', message: /newer version.*9999-later/ };
    await assert.rejects(open(), refused);
    await assert.rejects(open(), refused);
    assert.equal(
      raw((database) => database.prepare('select count(*) from sqlite_master').pluck().get()),
      before,
    );
  });

  it('begins again where a migration was cut off', async () => {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    raw((database) => database.exec('create table pulse (id text)'));
    await assert.rejects(open(), /could not be brought up to date/);
    raw((database) => {
      const left = database.prepare("select name from sqlite_master where name in ('request', 'event')").all();
      assert.deepEqual(left, []);
      database.exec('drop table pulse');
    });
    await (await open()).check();
  });

  it('can be read by its owner alone', async () => {
    const store = await open();
    await store.commit({ once: 'o' });
    assert.equal(statSync(dataDir).mode & 0o777, 0o700);
    const modes = readdirSync(dataDir).map((name) => [name, statSync(join(dataDir, name)).mode & 0o777]);
    assert.ok(modes.length >= 4);
    for (const [name, mode] of modes) assert.equal(mode, 0o600, String(name));
    assert.deepEqual(warnings, []);
  });

  it('takes from others what an older start left open to them, but leaves the operator’s directory alone', async () => {
    await (await open()).close();
    chmodSync(join(dataDir, 'bot.db'), 0o644);
    chmodSync(dataDir, 0o755);
    await open();
    assert.equal(statSync(join(dataDir, 'bot.db')).mode & 0o777, 0o600);
    assert.equal(statSync(dataDir).mode & 0o777, 0o755);
    assert.match(warnings.join(), /0700/);
  });

  it('keeps events that nobody can change or take away', async () => {
    const store = await open();
    await store.commit({ events: [eventOf('r')] });
    assert.equal(await store.commit({ once: 'o', events: [eventOf('r')] }), true);
    assert.equal(await store.commit({ once: 'o', events: [eventOf('r')] }), false);
    raw((database) => {
      const rows = database.prepare('select request, at, who, what, facts from event').all();
      const { facts, ...event } = eventOf('r');
      assert.deepEqual(rows, Array(2).fill({ ...event, facts: JSON.stringify(facts) }));
      assert.throws(() => database.exec("update event set what = 'nothing'"), /append-only/);
      assert.throws(() => database.exec('delete from event'), /append-only/);
    });
  });

  it('keeps for the operator what was buried and why, and of a delivered message no word', async () => {
    const store = await open();
    await store.commit({ messages: [messageOf('lost'), messageOf('said')] });
    await store.bury((await store.claim('message', LEASE, 1))[0]!, 'gone');
    await store.finish((await store.claim('message', LEASE, 1))[0]!);
    raw((database) => {
      const rows = database
        .prepare('select id, thread, dead_at, dead_why, done_at, doc from message order by seq')
        .all();
      assert.deepEqual(rows, [
        { id: 'lost', thread: CHANNEL, dead_at: NOON, dead_why: 'gone', done_at: null, doc: rows[0]!['doc' as never] },
        { id: 'said', thread: CHANNEL, dead_at: null, dead_why: null, done_at: NOON, doc: '' },
      ]);
    });
  });

  it('drops old marks when it is swept', async () => {
    const clock = new StillClock();
    const store = await openStore({ dataDir, clock, log: { warn: () => undefined } });
    opened.push(store);
    await store.commit({ once: 'old' });
    clock.time += 8 * DAY;
    await store.commit({ once: 'new' });
    await store.sweep();
    assert.deepEqual(
      raw((database) => database.prepare('select mark from seen').pluck().all()),
      ['new'],
    );
  });

  it('has every commit on the disk before it is acknowledged', async () => {
    const { db, walMode } = openSqlite(join(home, 'try.db'));
    const pragma = async (name: string) =>
      Object.values((await sql`pragma ${sql.raw(name)}`.execute(db)).rows[0]!)[0] as unknown;
    assert.equal(walMode, true);
    assert.equal(await pragma('journal_mode'), 'wal');
    assert.equal(await pragma('synchronous'), 2);
    assert.equal(await pragma('foreign_keys'), 1);
    assert.equal(await pragma('busy_timeout'), 5000);
    await db.destroy();
  });

  it('finds work, and the time of the next, without reading what is finished', async () => {
    const asked: CompiledQuery[] = [];
    const database = new Database(':memory:');
    const dialect = new SqliteDialect({ database });
    const db = new Kysely<Tables>({ dialect, log: (event) => void asked.push(event.query) });
    await migrate(db, sqlite);
    asked.length = 0;
    const store = createStore(db, {
      dialect: sqlite,
      clock: new StillClock(),
      keepFinished: DAY,
      keepSent: DAY,
      release: () => undefined,
    });
    opened.push(store);
    for (const kind of ['request', 'errand', 'follower', 'message'] as const) await store.claim(kind, LEASE, 20);
    await store.nextDue();
    assert.equal(asked.length, 5);
    for (const query of asked) {
      const plan = database.prepare(`explain query plan ${query.sql}`).all(query.parameters);
      for (const { detail } of plan as { readonly detail: string }[]) {
        // A walk along an index is one of living rows only where the index holds no others.
        assert.doesNotMatch(
          detail,
          /^SCAN (?!CONSTANT|due$|(\w+) USING (COVERING )?INDEX \1_(due|taken|head)\b)/,
          query.sql,
        );
        assert.doesNotMatch(detail, /_(person|stage|device) /, query.sql);
      }
    }
  });
});
