import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Batch } from '../scan/batch/batch.ts';
import { batchDueAt, goesOn, isBatchOver } from '../scan/batch/batch.ts';
import type { BatchStore } from '../scan/batch/batch-store.ts';
import type { BatchId, PersonId, Time } from '../scan/ids.ts';
import type { Write } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { SECOND } from '../scan/time.ts';
import { documentOf, readBatch, readRequest } from './document.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables, WorkColumns } from './tables.ts';
import { wakeBatchAt } from './wake.ts';

/** Its card is redrawn no more often than this, however much happens. */
const REDRAW_EVERY = 10 * SECOND;

type BatchColumns = Omit<Tables['batch'], keyof WorkColumns>;

/** What of it can be asked for, beside itself. */
function batchColumns(batch: Batch): BatchColumns {
  const { stage } = batch;
  return {
    rev: batch.rev,
    person: batch.requester.id,
    is_over: Number(isBatchOver(batch)),
    over_at: stage.name === 'over' || stage.name === 'closed' ? stage.at : null,
    goes_on: Number(goesOn(batch)),
    waits_sign_in: Number(stage.name === 'asked' && stage.waitsForSignIn),
    doc: documentOf(batch),
  };
}

export class SqlBatches implements BatchStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async batch(id: BatchId): Promise<Batch | undefined> {
    const row = await this.#db.selectFrom('batch').select('doc').where('id', '=', id).executeTakeFirst();
    return row && readBatch(row.doc);
  }

  async members(id: BatchId): Promise<readonly ScanRequest[]> {
    const rows = await this.#db.selectFrom('request').select('doc').where('batch', '=', id).execute();
    return rows.map(({ doc }) => readRequest(doc));
  }

  async openOf(person: PersonId): Promise<readonly Batch[]> {
    const rows = this.#db.selectFrom('batch').select('doc').where('person', '=', person).where('is_over', '=', 0);
    return (await rows.execute()).map(({ doc }) => readBatch(doc));
  }
}

/** False when somebody else moved it first. */
export async function moveBatch(
  tx: Kysely<Tables>,
  { before, after }: NonNullable<Write['batch']>,
  trace: string | undefined,
): Promise<boolean> {
  const due = batchDueAt(after) ?? null;
  if (before === undefined) {
    const row = { id: after.id, ...batchColumns(after), due_at: due, trace: trace ?? null };
    const insert = tx.insertInto('batch').values(row);
    const rows = await insert
      .onConflict((it) => it.column('id').doNothing())
      .returning('id')
      .execute();
    return rows.length > 0;
  }
  const rows = await tx
    .updateTable('batch')
    .set(batchColumns(after))
    .set((eb) => ({ due_at: soonest(due), attempt: eb('attempt', '+', 1) }))
    .set({ lease_until: null, again_at: null, fails: 0, dead_at: null, dead_why: null })
    .where('id', '=', before.id)
    .where('rev', '=', before.rev)
    .returning('id')
    .execute();
  return rows.length > 0;
}

/** One of its scans may have moved while it was looked at. */
function soonest(due: Time | null): RawBuilder<number | null> {
  const own = sql<number | null>`cast(${due} as bigint)`;
  return sql<
    number | null
  >`case when again_at is null then ${own} when ${own} < again_at then ${own} else again_at end`;
}

/** Whether scans of it may go out; whoever stops it at this moment waits until this transaction is over. */
export async function mayGoOn(tx: Kysely<Tables>, id: BatchId, dialect: SqlDialect): Promise<boolean> {
  const row = await tx
    .selectFrom('batch')
    .select('goes_on')
    .where('id', '=', id)
    .$if(dialect.skipsLockedRows, (query) => query.forShare())
    .executeTakeFirst();
  return row?.goes_on === 1;
}

/** One of its scans has moved: it is looked at before long, and once for many. */
export async function wakeBatch(tx: Kysely<Tables>, request: ScanRequest, now: Time): Promise<void> {
  if (request.batch !== undefined) await wakeBatchAt(tx, request.batch, now + REDRAW_EVERY);
}
