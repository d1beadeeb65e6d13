import type { Kysely } from 'kysely';
import type { RequestId, Time } from '../scan/ids.ts';
import { DAY } from '../scan/time.ts';
import { ALWAYS, MARKS_KEPT } from './commit.ts';
import { writeDown } from './audit/write-down.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';

export interface SweepParts {
  readonly dialect: SqlDialect;
  readonly now: Time;
  /** How long a request is kept after its end, and how long what was buried. */
  readonly keepFinished: Time;
  /** How long it is remembered that a message was sent: somebody might write it once more, or want to change it. */
  readonly keepSent: Time;
}

/** Far longer than any quota looks back. */
const CALLS_KEPT = DAY;
const AT_ONCE = 200;

/** What is past its time goes, a few rows at a time, so that nobody waits long for it. Events stay. */
export async function sweep(db: Kysely<Tables>, parts: SweepParts): Promise<number> {
  let swept = 0;
  for (const batch of [
    requests,
    batches,
    delivered,
    buriedMessages,
    buriedErrands,
    buriedSearches,
    marks,
    calls,
    quotas,
  ]) {
    for (let rows = AT_ONCE; rows === AT_ONCE;) {
      rows = await transact(db, (tx) => batch(tx, parts));
      swept += rows;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return swept;
}

/** That a request is gone is an event as well: without it, nobody could tell it from one that was lost. */
async function requests(tx: Kysely<Tables>, { dialect, now, keepFinished }: SweepParts): Promise<number> {
  const rows = await tx
    .selectFrom('request')
    .select('id')
    .where('over_at', '<', now - keepFinished)
    .limit(AT_ONCE)
    .$if(dialect.skipsLockedRows, (query) => query.forUpdate().skipLocked())
    .execute();
  return letGo(
    tx,
    rows.map(({ id }) => id as RequestId),
    { dialect, now },
  );
}

async function batches(tx: Kysely<Tables>, { dialect, now, keepFinished }: SweepParts): Promise<number> {
  const rows = await tx
    .selectFrom('batch')
    .select('id')
    .where('over_at', '<', now - keepFinished)
    .limit(AT_ONCE)
    .$if(dialect.skipsLockedRows, (query) => query.forUpdate().skipLocked())
    .execute();
  const ids = rows.map(({ id }) => id as RequestId);
  return letGo(tx, ids, { dialect, now });
}

/** Requests, for one scan or for many, and the places of their cards. */
export async function letGo(
  tx: Kysely<Tables>,
  ids: readonly RequestId[],
  { dialect, now }: Pick<SweepParts, 'dialect' | 'now'>,
): Promise<number> {
  if (ids.length === 0) return 0;
  const events = ids.map((request) => ({ request, at: now, who: 'bot', what: FORGOTTEN, facts: '{}' }));
  await tx.insertInto('event').values(events).execute();
  const lines = ids.map(
    (id) => ({ at: now, request: id, who: 'bot', what: FORGOTTEN, facts: {}, personal: [] }) as const,
  );
  await writeDown(tx, lines, { dialect, now });
  await tx.deleteFrom('card').where('request', 'in', ids).execute();
  await tx.deleteFrom('search').where('id', 'in', ids).execute();
  await tx.deleteFrom('request').where('id', 'in', ids).execute();
  await tx.deleteFrom('batch').where('id', 'in', ids).execute();
  return ids.length;
}

/** What the event of a request says that was kept long enough. */
export const FORGOTTEN = 'forgotten';

function delivered(tx: Kysely<Tables>, { dialect, now, keepSent }: SweepParts): Promise<number> {
  const past = tx
    .selectFrom('message')
    .select('id')
    .where('done_at', '<', now - keepSent);
  const some = past.limit(AT_ONCE).$if(dialect.skipsLockedRows, (query) => query.forUpdate().skipLocked());
  return rowsOf(tx.deleteFrom('message').where('id', 'in', some));
}

function buriedMessages(tx: Kysely<Tables>, { now, keepFinished }: SweepParts): Promise<number> {
  const past = tx
    .selectFrom('message')
    .select('id')
    .where('dead_at', '<', now - keepFinished);
  return rowsOf(tx.deleteFrom('message').where('id', 'in', past.limit(AT_ONCE)));
}

function buriedErrands(tx: Kysely<Tables>, { now, keepFinished }: SweepParts): Promise<number> {
  const past = tx
    .selectFrom('errand')
    .select('id')
    .where('dead_at', '<', now - keepFinished);
  return rowsOf(tx.deleteFrom('errand').where('id', 'in', past.limit(AT_ONCE)));
}

function buriedSearches(tx: Kysely<Tables>, { now, keepFinished }: SweepParts): Promise<number> {
  const past = tx
    .selectFrom('search')
    .select('id')
    .where('dead_at', '<', now - keepFinished);
  return rowsOf(tx.deleteFrom('search').where('id', 'in', past.limit(AT_ONCE)));
}

function marks(tx: Kysely<Tables>, { now }: SweepParts): Promise<number> {
  const past = tx
    .selectFrom('seen')
    .select('mark')
    .where('at', '<', now - MARKS_KEPT)
    .where('mark', 'not like', `${ALWAYS}%`);
  return rowsOf(tx.deleteFrom('seen').where('mark', 'in', past.limit(AT_ONCE)));
}

function calls(tx: Kysely<Tables>, { now }: SweepParts): Promise<number> {
  return rowsOf(tx.deleteFrom('call').where('at', '<', now - CALLS_KEPT));
}

/** Each thread has a quota of its own: one that nobody uses any more is as good as none. */
function quotas(tx: Kysely<Tables>, { now }: SweepParts): Promise<number> {
  const idle = tx
    .selectFrom('quota')
    .select('id')
    .where('taken_at', '<', now - CALLS_KEPT);
  const unused = idle
    .where('paused_until', '<', now)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('call').select('nth').whereRef('call.quota', '=', 'quota.id'))));
  return rowsOf(tx.deleteFrom('quota').where('id', 'in', unused.limit(AT_ONCE)));
}

async function rowsOf(deletion: { execute(): Promise<readonly { numDeletedRows: bigint }[]> }): Promise<number> {
  const [result] = await deletion.execute();
  return Number(result?.numDeletedRows ?? 0);
}
