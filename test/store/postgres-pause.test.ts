import assert from 'node:assert/strict';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Halt } from '../../src/scan/halt.ts';
import { SECOND } from '../../src/scan/time.ts';
import { migrate } from '../../src/store/migrations.ts';
import { connect } from '../../src/store/postgres/connect.ts';
import { postgres } from '../../src/store/postgres/dialect.ts';
import { WITHOUT_HURRY } from '../../src/store/postgres/pool.ts';
import type { SqlDialect } from '../../src/store/sql-dialect.ts';
import { createStore } from '../../src/store/sql-store.ts';
import type { KeptStore } from '../../src/store/kept-store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { describeWithPostgres, sharedPostgres } from '../support/postgres.ts';
import { alice, messageOf, moved, NOON, requestOf, stages } from './records.ts';
import { KEEP_FINISHED, KEEP_SENT, StillClock } from './suite.ts';

const PAUSED: Halt = { is: 'paused', by: alice.id, name: 'Alice', at: NOON, reason: 'an incident' };

describeWithPostgres('a pause that is being written down by another replica', function () {
  this.timeout(30 * SECOND);

  it('is waited for by whoever is about to send a scan, and holds it back', async () => {
    const server = await sharedPostgres();
    const database = await server.createDatabase();
    const [written, open] = [new Moment(), new Moment()];
    const slow: SqlDialect = {
      ...postgres('slow'),
      // The last of each commit.
      wakeOthers: () => {
        written.come();
        return open.came;
      },
    };
    const db = connect(server.url(database), WITHOUT_HURRY);
    await migrate(db, postgres('test'));
    const [pausing, sending] = [storeOn(server.url(database), slow), storeOn(server.url(database), postgres('fast'))];
    try {
      const before = requestOf({ stage: stages.approved });
      await sending.commit({ move: { before: undefined, after: before } });
      const paused = pausing.commit({ halt: PAUSED, messages: [messageOf('said')] });
      await written.came;
      const sent = sending.commit({ move: { before, after: moved(before, stages.submitting) }, unlessPaused: true });
      const over = sent.then(() => true);
      while (!(await Promise.race([over, somebodyWaits(db)])));
      open.come();
      assert.deepEqual([await paused, await sent], [true, false]);
    } finally {
      open.come();
      await Promise.all([pausing.close(), sending.close(), db.destroy()]);
      await server.dropDatabase(database);
    }
  });
});

function storeOn(url: string, dialect: SqlDialect): KeptStore {
  const parts = {
    dialect,
    clock: new StillClock(),
    keepFinished: KEEP_FINISHED,
    keepSent: KEEP_SENT,
    release: () => undefined,
  };
  return createStore(connect(url, WITHOUT_HURRY), parts);
}

async function somebodyWaits(db: Kysely<Tables>): Promise<boolean> {
  const here = sql`(select oid from pg_database where datname = current_database())`;
  const { rows } = await sql`select 1 from pg_locks where database = ${here} and not granted`.execute(db);
  return rows.length > 0;
}

/** Comes once. */
class Moment {
  come: () => void = () => undefined;
  readonly came = new Promise<void>((resolve) => {
    this.come = resolve;
  });
}
