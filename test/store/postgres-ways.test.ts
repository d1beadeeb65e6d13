import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTo, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { CompiledQuery } from 'kysely';
import { SECOND } from '../../src/scan/time.ts';
import { migrate } from '../../src/store/migrations.ts';
import { connect } from '../../src/store/postgres/connect.ts';
import { postgres } from '../../src/store/postgres/dialect.ts';
import { openPool, WITHOUT_HURRY } from '../../src/store/postgres/pool.ts';
import { createStore } from '../../src/store/sql-store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { describeWithPostgres, sharedPostgres } from '../support/postgres.ts';
import type { Postgres } from '../support/postgres.ts';
import { NOON } from './records.ts';
import { KEEP_FINISHED, KEEP_SENT, StillClock } from './suite.ts';

describeWithPostgres('the way to PostgreSQL', function () {
  this.timeout(180_000);
  let server: Postgres;
  let database: string;

  before(async () => {
    server = await sharedPostgres();
  });

  beforeEach(async () => {
    database = await server.createDatabase();
  });

  afterEach(() => server.dropDatabase(database));

  it('finds work, and the time of the next, without reading what is finished', async () => {
    const asked: CompiledQuery[] = [];
    const dialect = new PostgresDialect({ pool: openPool(server.url(database), WITHOUT_HURRY) });
    const db = new Kysely<Tables>({ dialect, log: (event) => void asked.push(event.query) });
    await migrate(db, postgres('test'));
    const clock = new StillClock();
    const parts = {
      dialect: postgres('test'),
      clock,
      keepFinished: KEEP_FINISHED,
      keepSent: KEEP_SENT,
      release: () => undefined,
    };
    const store = createStore(db, parts);
    try {
      // No statistics: the planner knows of the new rows only that the table is large.
      await sql`insert into request (id, rev, stage, is_over, waits_sign_in, person, asked_at, doc)
        select 'r' || i, 1, 'closed', 1, 0, 'alice', 1, repeat('x', 300) from generate_series(1, 20000) i`.execute(db);
      await sql`insert into message (id, thread, doc, done_at)
        select 'm' || i, 't' || (i % 99), '', 1 from generate_series(1, 20000) i`.execute(db);
      asked.length = 0;
      for (const kind of ['request', 'errand', 'follower', 'message'] as const) await store.claim(kind, NOON + 1, 20);
      await store.nextDue();
      const queries = [...asked];
      assert.equal(queries.length, 5);
      for (const query of queries) {
        const plan = await server.ask(database, `explain ${query.sql}`, query.parameters);
        const text = plan.map((line) => String(line['QUERY PLAN'])).join('\n');
        assert.doesNotMatch(text, /Seq Scan on (request|message)/, text);
      }
    } finally {
      await store.close();
    }
  });

  it('is left when it falls silent, for a new one', async () => {
    const way = await Way.open(server.port);
    const limits = { connections: 1, statement: { within: SECOND, answered: SECOND / 2 } };
    const db = connect(`postgres://bot@127.0.0.1:${way.port}/${database}`, limits);
    const ask = (): Promise<unknown> => sql`select 1`.execute(db);
    try {
      await ask();
      way.hold();
      await assert.rejects(ask(), { name: 'DatabaseSilent' });
      await ask();
      assert.equal(way.opened, 2);
    } finally {
      await db.destroy();
      await way.close();
    }
  });

  it('ends statements that take too long', async () => {
    const db = connect(server.url(database), { connections: 1, statement: { within: 200, answered: 5 * SECOND } });
    try {
      await assert.rejects(sql`select pg_sleep(4)`.execute(db), { code: '57014' });
      await sql`select 1`.execute(db);
    } finally {
      await db.destroy();
    }
  });

  it('gives numbers for what is counted in 64 bits', async () => {
    const db = connect(server.url(database), WITHOUT_HURRY);
    try {
      const { rows } = await sql`select ${NOON}::bigint as time, count(*) as count, null::bigint as nothing`.execute(
        db,
      );
      assert.deepEqual(rows, [{ time: NOON, count: 1, nothing: null }]);
    } finally {
      await db.destroy();
    }
  });
});

/** A way to the server on which nothing comes back for a while, and nobody hangs up. */
class Way {
  opened = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server, port: number) {
    this.#server = server;
    server.on('connection', (client: Socket) => {
      this.opened += 1;
      const upstream = connectTo(port, '127.0.0.1');
      for (const socket of [client, upstream]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
      }
      client.pipe(upstream);
      upstream.pipe(client);
    });
  }

  static async open(port: number): Promise<Way> {
    const server = createServer();
    const way = new Way(server, port);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return way;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** What is open now is open for ever, and silent. */
  hold(): void {
    for (const socket of this.#sockets) {
      socket.unpipe();
      socket.pause();
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
