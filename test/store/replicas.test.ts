import assert from 'node:assert/strict';
import type { InsertObject, Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { systemClock } from '../../src/app/clock.ts';
import type { PersonId } from '../../src/scan/ids.ts';
import type { Clock } from '../../src/scan/ports.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { isOver } from '../../src/scan/scan-request.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { documentOf } from '../../src/store/document.ts';
import { LEDGER, migrationsFor } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open-store.ts';
import { connect } from '../../src/store/postgres/connect.ts';
import { postgres } from '../../src/store/postgres/dialect.ts';
import { WITHOUT_HURRY } from '../../src/store/postgres/pool.ts';
import type { KeptStore } from '../../src/store/kept-store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { describeWithPostgres, sharedPostgres, until } from '../support/postgres.ts';
import type { Postgres } from '../support/postgres.ts';
import { entriesOf, verified } from './audit-suite.ts';
import { alice, CHANNEL, CHAT, eventOf, messageOf, moved, NOON, requestOf, stages } from './records.ts';
import { decided, queuedBehind, to } from './device-lock-suite.ts';
import { quiet, StillClock } from './suite.ts';

const LEASE = NOON + 30 * SECOND;
const DIALECT = postgres('test');
const VERSIONS = Object.keys(migrationsFor(DIALECT));

/** A request as that version kept it: the first one did not note the end beside the document. */
function rowOf(request: ScanRequest, place: number): InsertObject<Tables, 'request'> {
  const { id, rev, stage, requester, askedAt } = request;
  const columns = { stage: stage.name, is_over: Number(isOver(request)), waits_sign_in: 0, person: requester.id };
  const end = place === 0 ? {} : { over_at: stage.name === 'closed' ? stage.at : null };
  return { id, rev, ...columns, ...end, asked_at: askedAt, doc: documentOf(request) };
}

function nameIn(row: unknown): unknown {
  return (row as { name: unknown }).name;
}

describeWithPostgres('replicas on one database', () => {
  let server: Postgres;
  let database: string;
  let opened: KeptStore[];

  before(async function () {
    this.timeout(180_000);
    server = await sharedPostgres();
  });

  beforeEach(async () => {
    database = await server.createDatabase();
    opened = [];
  });

  afterEach(async () => {
    for (const store of opened) await store.close();
    await server.dropDatabase(database);
  });

  async function open(clock: Clock = new StillClock()): Promise<KeptStore> {
    const store = await openStore({ dataDir: '', databaseUrl: server.url(database), clock, log: quiet });
    opened.push(store);
    return store;
  }

  function openAll(count: number): Promise<readonly KeptStore[]> {
    return Promise.all(Array.from({ length: count }, () => open()));
  }

  /** A database as an earlier version left it. */
  async function madeBy(versions: readonly string[], fill: (db: Kysely<Tables>) => Promise<void>): Promise<void> {
    const db = connect(server.url(database), WITHOUT_HURRY);
    const all = migrationsFor(DIALECT);
    const migrations = Object.fromEntries(versions.map((name) => [name, all[name]!]));
    const provider = { getMigrations: () => Promise.resolve(migrations) };
    const { error } = await new Migrator({ db, provider, migrationTableName: LEDGER }).migrateToLatest();
    assert.equal(error, undefined);
    await fill(db);
    await db.destroy();
  }

  const ask = (text: string): ReturnType<Postgres['ask']> => server.ask(database, text);

  it('may all start at once on an empty one', async () => {
    const stores = await openAll(4);
    await Promise.all(stores.map((store) => store.check()));
    assert.equal((await ask('select * from kysely_migration')).length, VERSIONS.length);
  });

  it('hear who signs out at another one, and nothing from themselves', async () => {
    const [one, other] = await openAll(2);
    const heard: string[] = [];
    one!.onSignOut((who) => heard.push(`one ${who}`));
    other!.onSignOut((who) => heard.push(`other ${who}`));
    const somebody = '11111111-aaaa-4aaa-8aaa-111111111111' as PersonId;
    assert.ok(await one!.commit({ signedOut: somebody }));
    await until(() => Promise.resolve(heard.length > 0), 'the word about it');
    assert.deepEqual(heard, [`other ${somebody}`]);
  });

  it('take it that anybody may have signed out while they could not hear', async () => {
    const one = await open(systemClock);
    const heard: string[] = [];
    one.onSignOut((who) => heard.push(who));
    await ask("select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen scan_bot'");
    await until(() => Promise.resolve(heard.length > 0), 'the line', 30 * SECOND);
    assert.deepEqual(heard, ['anybody']);
  });

  it('is left as it is when a newer version has been there', async () => {
    await open();
    await ask("insert into kysely_migration values ('9999-later', '2099-01-01T00:00:00.000Z')");
    await assert.rejects(open(), { name: 'StoreFromNewerVersion', message: /9999-later/ });
  });

  for (const [place, version] of VERSIONS.slice(0, -1).entries()) {
    it(`is brought up to date from ${version}, its requests along`, async () => {
      const over = requestOf({ stage: stages.closed });
      await madeBy(VERSIONS.slice(0, place + 1), async (db) => {
        for (const request of [over, requestOf()])
          await db.insertInto('request').values(rowOf(request, place)).execute();
      });
      await open();
      const rows = await ask('select id, over_at from request where over_at is not null');
      assert.deepEqual(rows, [{ id: over.id, over_at: String(over.stage.name === 'closed' && over.stage.at) }]);
      assert.deepEqual((await ask('select name from kysely_migration order by name')).map(nameIn), VERSIONS);
    });
  }

  it('leave each other what is taken, when one of them starts as well', async () => {
    const first = await open();
    await first.commit({ messages: [messageOf('m')] });
    await first.claim('message', LEASE, 9);
    const second = await open();
    assert.deepEqual(await second.claim('message', LEASE, 9), []);
    assert.equal(await second.nextDue(), LEASE);
  });

  it('take each row once, however many ask', async () => {
    const stores = await openAll(3);
    const ids = Array.from({ length: 150 }, (_, nth) => `request ${nth}`);
    for (const id of ids) await stores[0]!.commit({ move: { before: undefined, after: requestOf({ id }) } });
    const taken: string[] = [];
    const takeAll = async (store: KeptStore): Promise<void> => {
      for (;;) {
        const claims = await store.claim('request', LEASE, 4);
        assert.ok(claims.length <= 4);
        if (claims.length === 0) return;
        taken.push(...claims.map(({ id }) => id));
      }
    };
    // What another one is just taking is passed over: who finds nothing has not seen the end yet.
    for (let tries = 0; taken.length < ids.length && tries < 9; tries += 1) {
      await Promise.all(stores.flatMap((store) => [takeAll(store), takeAll(store)]));
    }
    assert.deepEqual(taken.toSorted(), ids.toSorted());
  });

  it('pass over what another one is just taking, and never wait for it', async () => {
    const store = await open();
    for (const id of ['a', 'b']) await store.commit({ move: { before: undefined, after: requestOf({ id }) } });
    const other = new pg.Client({ connectionString: server.url(database) });
    await other.connect();
    try {
      await other.query("begin; update request set fails = 0 where id = 'a'");
      assert.deepEqual(
        (await store.claim('request', LEASE, 9)).map(({ id }) => id),
        ['b'],
      );
    } finally {
      await other.end();
    }
  });

  it('decide for one of several that move a request or take a mark at once', async () => {
    const stores = await openAll(3);
    const before = requestOf();
    await stores[0]!.commit({ move: { before: undefined, after: before } });
    const moves = stores.map((store) => store.commit({ move: { before, after: moved(before, stages.closed) } }));
    assert.equal((await Promise.all(moves)).filter(Boolean).length, 1);
    const marks = stores.map((store) => store.commit({ once: 'o', messages: [messageOf('m')] }));
    assert.equal((await Promise.all(marks)).filter(Boolean).length, 1);
  });

  it('ask once for the same words, however many of them hear it', async () => {
    const stores = await openAll(3);
    const asks = stores.map((store, nth) => {
      const after = { ...requestOf(), words: 'w' };
      return store.commit({ once: `${nth}`, move: { before: undefined, after }, unlessAskedSince: NOON - 1 });
    });
    assert.equal((await Promise.all(asks)).filter(Boolean).length, 1);
  });

  it('keep the order of commits in each thread, also when an earlier one is slow', async () => {
    const [slow, quick] = [await open(), await open()];
    const gate = new pg.Client({ connectionString: server.url(database) });
    await gate.connect();
    try {
      await gate.query('select pg_advisory_lock(1)');
      await gate.query(`create function wait() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock(1); return new; end $$`);
      await gate.query(
        "create trigger slow after insert on message for each row when (new.id = 'slow') execute function wait()",
      );
      const waiting = async (): Promise<number> => {
        const { rows } = await gate.query<{ n: number }>(
          "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted",
        );
        return rows[0]?.n ?? 0;
      };
      const first = slow.commit({ messages: [messageOf('slow'), messageOf('elsewhere', CHAT)] });
      await until(async () => (await waiting()) === 1, 'the slow commit at the gate');
      let over = false;
      const second = quick.commit({ messages: [messageOf('quick')] }).finally(() => (over = true));
      await until(async () => over || (await waiting()) === 2, 'the quick commit behind it');
      assert.deepEqual(await quick.claim('message', LEASE, 9), []);
      await gate.query('select pg_advisory_unlock(1)');
      await Promise.all([first, second]);
      const heads = await quick.claim('message', LEASE, 9);
      assert.deepEqual(heads.map(({ id }) => id).toSorted(), ['elsewhere', 'slow']);
    } finally {
      await gate.end();
    }
  });

  it('never overtake each other in a thread, whatever the rush', async () => {
    const [reader, ...writers] = await openAll(4);
    const threads = [CHANNEL, CHAT];
    const sent: string[] = [];
    let writing = true;
    const write = async (store: KeptStore, writer: number): Promise<void> => {
      for (let nth = 0; nth < 25; nth += 1) {
        // Both orders of the threads: whoever takes turns in them must not stand in another one's way.
        const both = writer % 2 === 0 ? threads : threads.toReversed();
        await store.commit({ messages: both.map((thread) => messageOf(`${writer} ${nth} ${thread}`, thread)) });
      }
    };
    const read = async (): Promise<void> => {
      for (let claims = 1; writing || claims > 0;) {
        const heads = await reader!.claim('message', LEASE, 9);
        claims = heads.length;
        for (const head of heads) {
          sent.push(head.id);
          await reader!.finish(head);
        }
      }
    };
    const writes = Promise.all([...writers, ...writers].map(write)).finally(() => (writing = false));
    await Promise.all([writes, read()]);
    const rows = await ask('select id, thread, seq from message');
    const seqs = new Map(rows.map(({ id, seq }) => [id, Number(seq)]));
    for (const thread of threads) {
      const inThread = sent.filter((id) => id.endsWith(thread)).map((id) => seqs.get(id) ?? 0);
      assert.equal(inThread.length, 150);
      assert.deepEqual(
        inThread,
        inThread.toSorted((one, other) => one - other),
      );
    }
  });

  it('lose no sign-in on a request that another one is just putting to wait for it', async () => {
    const store = await open();
    const after = requestOf();
    await store.commit({ move: { before: undefined, after } });
    await store.claim('request', LEASE, 1);
    const other = new pg.Client({ connectionString: server.url(database) });
    await other.connect();
    try {
      await other.query(`begin; update request set lease_until = null, waits_sign_in = 1, due_at = ${LEASE}`);
      const signedIn = store.commit({ signedIn: alice.id });
      const waits = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
      let over = false;
      void signedIn.finally(() => (over = true));
      await until(async () => over || (await ask(waits)).length > 0, 'the sign-in behind the move');
      await other.query('commit');
      await signedIn;
    } finally {
      await other.end();
    }
    assert.equal(await store.nextDue(), NOON);
  });

  it('leave nobody waiting for a device that another one is just setting free', async () => {
    const [store, other] = [await open(), await open()];
    const one = await decided(store, 'one');
    const waits = await decided(store, 'waits');
    const gate = new pg.Client({ connectionString: server.url(database) });
    await gate.connect();
    try {
      // Sets it free as the store does, and has not committed yet: who comes to wait cannot be seen by it.
      await gate.query("begin; delete from device_lock; update request set due_at = 0 where stage = 'queued'");
      let over = false;
      const queued = to(other, waits, queuedBehind(one)).finally(() => (over = true));
      const locked = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
      await until(async () => over || (await ask(locked)).length > 0, 'the one that comes to wait');
      await gate.query('commit');
      await queued;
    } finally {
      await gate.end();
    }
    const claims = await store.claim('request', LEASE, 9);
    assert.ok(claims.some(({ id }) => id === waits.id));
  });

  it('wake each other when something is due, and not themselves', async () => {
    const [one, other] = [await open(), await open()];
    const woken: string[] = [];
    one.onWake(() => woken.push('one'));
    other.onWake(() => woken.push('other'));
    await one.commit({ person: alice, events: [eventOf('r')] });
    await one.commit({ once: 'o', messages: [messageOf('m')] });
    assert.equal(await one.commit({ once: 'o', messages: [messageOf('n')] }), false);
    await other.commit({ follow: { who: alice.id, at: NOON + HOUR } });
    await until(() => Promise.resolve(woken.includes('one')), 'the wake of the first');
    assert.deepEqual(woken, ['other', 'one']);
  });

  it('hear of what was due while they could hear nothing', async () => {
    const deaf = await open(systemClock);
    let wakes = 0;
    deaf.onWake(() => (wakes += 1));
    await ask("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'");
    await until(() => Promise.resolve(wakes > 0), 'the wake after the line was mended');
    const other = await open();
    await other.commit({ messages: [messageOf('m')] });
    await until(() => Promise.resolve(wakes > 1), 'the wake by another replica');
  });

  it('count calls together, and never exceed', async () => {
    const stores = await openAll(3);
    const limits = [{ length: MINUTE, most: 20 }];
    const asked = stores.flatMap((store) => Array.from({ length: 15 }, () => store.calls.take('q', limits, NOON)));
    const answers = await Promise.all(asked);
    assert.equal(answers.filter((retryAt) => retryAt === undefined).length, 20);
    await stores[0]!.calls.pause('q', NOON + HOUR);
    assert.equal(await stores[1]!.calls.take('q', limits, NOON + MINUTE), NOON + HOUR);
  });

  it('begin again when two stand in each other’s way', async () => {
    const store = await open();
    const request = requestOf();
    await store.commit({ person: alice, move: { before: undefined, after: request } });
    const other = new pg.Client({ connectionString: server.url(database) });
    await other.connect();
    try {
      await other.query("set deadlock_timeout = '1min'; begin; update person set doc = doc");
      const commit = store.commit({ person: alice, move: { before: request, after: moved(request, stages.closed) } });
      const waits = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
      await until(async () => (await ask(waits)).length > 0, 'the commit behind the other transaction');
      // Closes the circle; the commit notices, gives way, and begins anew.
      await other.query('update request set fails = 0; commit');
      assert.equal(await commit, true);
    } finally {
      await other.end();
    }
  });

  it('write one chain together, each record once, whoever links it', async () => {
    const stores = await openAll(3);
    const writes = stores.flatMap((store, by) =>
      Array.from({ length: 20 }, async (_, index) => {
        await store.commit({ events: [{ ...eventOf('r'), facts: { by, index } }] });
        if (index % 4 === by) await store.audit.link();
      }),
    );
    await Promise.all(writes);
    await Promise.all(stores.map((store) => store.audit.link()));
    const entries = await entriesOf({ dataDir: '', databaseUrl: server.url(database) });
    const told = new Set(entries.map(({ record: { facts } }) => `${String(facts['by'])} ${String(facts['index'])}`));
    assert.deepEqual([entries.length, told.size], [60, 60]);
    assert.equal((await verified({ dataDir: '', databaseUrl: server.url(database) })).found, false);
  });

  it('link what was committed late behind what was linked before it', async () => {
    const store = await open();
    const slow = new pg.Client({ connectionString: server.url(database) });
    await slow.connect();
    try {
      const body = '{"at":1,"request":"slow","who":"bot","what":"asked","facts":{},"sealed":{}}';
      await slow.query('begin');
      await slow.query('insert into audit_waiting (since, bodies) values (1, $1)', [JSON.stringify([body])]);
      await store.commit({ events: [eventOf('quick')] });
      await store.audit.link();
      await slow.query('commit');
    } finally {
      await slow.end();
    }
    const place = { dataDir: '', databaseUrl: server.url(database) };
    assert.match((await verified(place)).lines.join(), /1 commits wait for their place/);
    assert.match((await verified(place, 2 * HOUR)).lines.join(), /waited for over an hour/);
    await store.audit.link();
    const order = (await entriesOf(place)).map(({ record }) => record.request);
    assert.deepEqual(order, ['quick', 'slow']);
  });

  it('link once more what was cut off while it was linked', async () => {
    const store = await open();
    for (let count = 0; count < 3; count += 1) await store.commit({ events: [eventOf('r')] });
    await ask('create rule cut as on delete to audit_waiting do also select 1/0');
    await assert.rejects(store.audit.link(), { code: '22012' });
    const place = { dataDir: '', databaseUrl: server.url(database) };
    assert.equal((await entriesOf(place)).length, 0);
    await ask('drop rule cut on audit_waiting');
    await store.audit.link();
    assert.equal((await entriesOf(place)).length, 3);
    assert.equal((await verified(place)).found, false);
  });

  it('keep events that nobody can change or take away', async () => {
    const store = await open();
    await store.commit({ events: [eventOf('r')] });
    await store.audit.link();
    const acts = ["update event set what = 'nothing'", 'delete from event', 'truncate event'];
    for (const act of [...acts, "update audit set body = '{}'", 'delete from audit', 'truncate audit']) {
      await assert.rejects(ask(act), /append-only/);
    }
  });

  it('let nobody wait for ever for a lock that somebody frozen holds', async function () {
    this.timeout(180_000);
    const store = await open();
    await store.commit({ person: alice });
    const frozen = new pg.Client({ connectionString: server.url(database) });
    await frozen.connect();
    try {
      await frozen.query('begin; update person set doc = doc');
      await assert.rejects(store.commit({ once: 'o', person: alice }), { code: '55P03' });
    } finally {
      await frozen.end();
    }
    assert.equal(await store.commit({ once: 'o', person: alice }), true);
  });
});
