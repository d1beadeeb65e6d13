import { sql } from 'kysely';
import type { CompiledQuery, Kysely, RawBuilder, SelectQueryBuilder } from 'kysely';
import type { Time } from '../scan/ids.ts';
import type { Claim } from '../scan/ports.ts';
import { WORK_KINDS } from '../scan/work-kind.ts';
import type { WorkKind } from '../scan/work-kind.ts';
import { MINUTE } from '../scan/time.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

export interface ClaimWish {
  readonly kind: WorkKind;
  readonly now: Time;
  readonly until: Time;
  readonly limit: number;
}

/** Longer than any lease of a row that is being worked on. */
const LONGEST_LEASE = MINUTE;

/** What is taken stays with whoever has taken it: if they live, they renew it by the new clock. */
export async function reconsider(db: Kysely<Tables>, now: Time): Promise<void> {
  for (const kind of WORK_KINDS) {
    const rows = db.updateTable(kind).where('due_at', '>', now).where('lease_until', 'is', null);
    await rows.set({ due_at: now }).execute();
    const taken = db.updateTable(kind).where('lease_until', '>', now + LONGEST_LEASE);
    await taken.set({ lease_until: now + LONGEST_LEASE, due_at: now }).execute();
  }
}

/** One statement takes the rows: of two who ask at once, each row goes to one. */
export async function claim(db: Kysely<Tables>, dialect: SqlDialect, wish: ClaimWish): Promise<readonly Claim[]> {
  const { kind, until, limit } = wish;
  if (limit < 1) return [];
  const due = dueRows(db, wish)
    .limit(limit)
    .$if(dialect.skipsLockedRows, (query) => query.forUpdate().skipLocked());
  // By its own name, so that it is asked once: PostgreSQL may ask a subquery again, and would lock other rows each time.
  const taken = await db
    .with('due', () => due)
    .updateTable(kind)
    .set((eb) => ({ lease_until: until, again_at: null, attempt: eb('attempt', '+', 1) }))
    .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
    .returning(['id', 'attempt', 'fails', 'due_at', 'trace'])
    .$if(kind === 'message', (query) => query.returning(sql<Time | null>`written_at`.as('since')))
    .execute();
  // `returning` knows no order.
  taken.sort((one, other) => (one.due_at ?? 0) - (other.due_at ?? 0));
  return taken.map(({ id, attempt, fails, trace, since }) => {
    const from = { ...(trace !== null && { trace }), ...(typeof since === 'number' && { since }) };
    return { kind, id, attempt, fails, ...from };
  });
}

/** The earliest time at which any row of each of these kinds can be claimed; of a kind that rests, none. */
export async function dueTimes(
  db: Kysely<Tables>,
  kinds: readonly WorkKind[] = WORK_KINDS,
): Promise<ReadonlyMap<WorkKind, Time>> {
  if (kinds.length === 0) return new Map();
  const { rows } = await db.executeQuery<Record<string, unknown>>(questionOf(db, kinds));
  const times = kinds.map((kind) => [kind, earliest(rows[0] ?? {}, kind)] as const);
  return new Map(times.filter((entry): entry is readonly [WorkKind, Time] => entry[1] !== undefined));
}

export async function nextDue(db: Kysely<Tables>, kinds: readonly WorkKind[] = WORK_KINDS): Promise<Time | undefined> {
  const times = [...(await dueTimes(db, kinds)).values()];
  return times.length === 0 ? undefined : Math.min(...times);
}

function earliest(row: Readonly<Record<string, unknown>>, kind: WorkKind): Time | undefined {
  const times = [row[`${kind} free`], row[`${kind} taken`]].filter((time) => typeof time === 'number');
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Asked several times for each message, and always in the same words: they are put together once. */
const questions = new WeakMap<Kysely<Tables>, Map<string, CompiledQuery>>();

/** One question, answered from the ends of indexes. */
function questionOf(db: Kysely<Tables>, kinds: readonly WorkKind[]): CompiledQuery {
  const ofThis = questions.get(db) ?? new Map<string, CompiledQuery>();
  questions.set(db, ofThis);
  const known = ofThis.get(kinds.join(' '));
  if (known !== undefined) return known;
  const times = kinds.flatMap((kind) => [
    nextFree(db, kind).as(`${kind} free`),
    nextRelease(db, kind).as(`${kind} taken`),
  ]);
  const question = db.selectNoFrom(times).compile();
  ofThis.set(kinds.join(' '), question);
  return question;
}

function nextFree(db: Kysely<Tables>, kind: WorkKind): RawBuilder<Time | null> {
  const rows = alive(db, kind).where('lease_until', 'is', null);
  return sql<Time | null>`(${rows.select('due_at').orderBy('due_at').limit(1)})`;
}

/** What is taken was due before: it can be taken again when its lease is over. */
function nextRelease(db: Kysely<Tables>, kind: WorkKind): RawBuilder<Time | null> {
  const rows = db.selectFrom(kind).where('due_at', 'is not', null).where('lease_until', 'is not', null);
  return sql<Time | null>`(${rows.select('lease_until').orderBy('lease_until').limit(1)})`;
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
  return kind === 'message' ? rows.where(isHead) : rows;
}

const isHead = sql<boolean>`not exists (
  select 1 from message as earlier
  where earlier.thread = message.thread and earlier.due_at is not null and earlier.seq < message.seq
)`;
