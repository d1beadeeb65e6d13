import { sql } from 'kysely';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { Time } from '../scan/ids.ts';
import type { Claim, WorkKind } from '../scan/ports.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { WORK_KINDS } from './tables.ts';
import type { Tables } from './tables.ts';

export interface ClaimWish {
  readonly kind: WorkKind;
  readonly now: Time;
  readonly until: Time;
  readonly limit: number;
}

/** One statement takes the rows: of two who ask at once, each row goes to one. */
export async function claim(db: Kysely<Tables>, dialect: SqlDialect, wish: ClaimWish): Promise<readonly Claim[]> {
  const { kind, until, limit } = wish;
  if (limit < 1) return [];
  const due = dueRows(db, wish)
    .limit(limit)
    .$if(dialect.skipsLockedRows, (query) => query.forUpdate().skipLocked());
  const taken = await db
    .updateTable(kind)
    .set((eb) => ({ lease_until: until, again_at: null, attempt: eb('attempt', '+', 1) }))
    .where('id', 'in', due)
    .returning(['id', 'attempt', 'fails', 'due_at'])
    .execute();
  // `returning` knows no order.
  taken.sort((one, other) => (one.due_at ?? 0) - (other.due_at ?? 0));
  return taken.map(({ id, attempt, fails }) => ({ kind, id, attempt, fails }));
}

/** When a living row can be claimed. */
const claimableAt = sql`case when lease_until > due_at then lease_until else due_at end`;

/** The earliest time at which any row can be claimed. */
export async function nextDue(db: Kysely<Tables>): Promise<Time | undefined> {
  const times: Time[] = [];
  for (const kind of WORK_KINDS) {
    const row = await alive(db, kind)
      .select(sql<Time | null>`min(${claimableAt})`.as('at'))
      .executeTakeFirst();
    if (row !== undefined && row.at !== null) times.push(row.at);
  }
  return times.length === 0 ? undefined : Math.min(...times);
}

function dueRows(db: Kysely<Tables>, { kind, now }: ClaimWish): SelectQueryBuilder<Tables, WorkKind, { id: string }> {
  return alive(db, kind)
    .select('id')
    .where('due_at', '<=', now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .orderBy('due_at')
    .orderBy(kind === 'message' ? sql.ref('seq') : sql.ref('id'));
}

/** What may be claimed sooner or later: of messages, the one at the head of each thread and no other. */
function alive(db: Kysely<Tables>, kind: WorkKind): SelectQueryBuilder<Tables, WorkKind, object> {
  const rows = db.selectFrom(kind).where('due_at', 'is not', null);
  return kind === 'message' ? rows.where(sql.ref('seq'), 'in', heads(db)) : rows;
}

function heads(db: Kysely<Tables>): SelectQueryBuilder<Tables, 'message', { seq: number }> {
  const living = db.selectFrom('message').where('due_at', 'is not', null);
  return living.select((eb) => eb.fn.min<number>('seq').as('seq')).groupBy('thread');
}
