import type { Kysely } from 'kysely';
import { linesOf } from '../audit/line.ts';
import type { RequestId, Time } from '../scan/ids.ts';
import type { Errand } from '../scan/errand.ts';
import type { Event } from '../scan/event.ts';
import type { Write } from '../scan/ports.ts';
import { dueAt, waitsForSignIn } from '../scan/scan-request.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { DAY } from '../scan/time.ts';
import { quiet } from '../scan/batch/member.ts';
import { wasAskedBefore } from './asked-before.ts';
import { writeDown } from './audit/write-down.ts';
import { mayGoOn, moveBatch, wakeBatch } from './batches.ts';
import { turnOver } from './device-locks.ts';
import { documentOf } from './document.ts';
import { isHeldBack, keepHalt } from './halt.ts';
import { hasRoom } from './sent.ts';
import { keepTime } from './ending-rows.ts';
import { keepPerson } from './person-row.ts';
import { queueMessages } from './queue-messages.ts';
import { columnsOf, confirmAt } from './request-row.ts';
import { approvedAt } from './report-rows.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { beginSearch } from './searches.ts';
import { follow, signedIn } from './wake.ts';
import { wakeThreads } from './wake-threads.ts';

/** Teams repeats an activity within minutes; a mark counts far longer than that. */
export const MARKS_KEPT = 7 * DAY;
/** A mark that begins like this counts for ever. */
export const ALWAYS = 'always ';

type Move = NonNullable<Write['move']>;

/** Ends the transaction without a trace. */
class Lost extends Error {}

export interface CommitParts {
  readonly dialect: SqlDialect;
  readonly now: Time;
}

/** All of the write or nothing of it; false when it came too late. */
export async function commit(db: Kysely<Tables>, write: Write, parts: CommitParts): Promise<boolean> {
  try {
    await transact(db, (tx) => writeAll(tx, quiet(write), parts));
    return true;
  } catch (error) {
    if (error instanceof Lost) return false;
    throw error;
  }
}

/** Always in this order: of two commits that touch the same rows one waits for the other, and never both. */
async function writeAll(tx: Kysely<Tables>, write: Write, { dialect, now }: CommitParts): Promise<void> {
  if (write.once !== undefined && !(await mark(tx, write.once, now))) throw new Lost();
  if (await wasAskedBefore(tx, write, dialect)) throw new Lost();
  if (write.whileGoing !== undefined && !(await mayGoOn(tx, write.whileGoing, dialect))) throw new Lost();
  if (!(await hasRoom(tx, write, dialect))) throw new Lost();
  if (await isHeldBack(tx, write, dialect)) throw new Lost();
  const moved = write.move === undefined ? undefined : await move(tx, write.move, write.trace);
  if (write.move !== undefined && moved === undefined) throw new Lost();
  if (write.move !== undefined && !(await turnOver(tx, write.move, { dialect, now }))) throw new Lost();
  if (write.begins !== undefined) await begin(tx, write.begins, write.trace, { dialect, now });
  if (write.batch !== undefined && !(await moveBatch(tx, write.batch, write.trace))) throw new Lost();
  if (write.move !== undefined) await wakeBatch(tx, write.move.after, now);
  const trace = moved?.trace ?? write.trace;
  if (write.person !== undefined) await keepPerson(tx, write.person, write);
  if (write.thread !== undefined) await keep(tx, 'thread', write.thread);
  for (const event of write.events ?? []) await record(tx, event);
  await writeDown(tx, linesOf(write), { dialect, now });
  if (write.halt !== undefined) await keepHalt(tx, write.halt);
  if (write.errand !== undefined) await insertErrand(tx, write.errand, { now, trace });
  if (write.signedIn !== undefined) await signedIn(tx, write.signedIn, now);
  if (write.arrived !== undefined) await wakeThreads(tx, write.arrived, now);
  if (write.follow !== undefined) await follow(tx, 'follower', write.follow.who, write.follow.at);
  if (write.confirm !== undefined) await follow(tx, 'confirmer', write.confirm.who, write.confirm.at);
  if (write.took !== undefined) await keepTime(tx, write.took);
  if (write.search !== undefined) await beginSearch(tx, write.search, trace);
  await queueMessages(tx, write.messages ?? [], { dialect, now, trace });
  if (makesDue(write)) await dialect.wakeOthers(tx);
  if (write.signedOut !== undefined) await dialect.tellSignOut(tx, write.signedOut);
}

function makesDue({ arrived, move, batch, messages, errand, follow, confirm, search, signedIn }: Write): boolean {
  const said = messages !== undefined && messages.length > 0;
  return said || [arrived, move, batch, errand, follow, confirm, search, signedIn].some((part) => part !== undefined);
}

/** A mark that is past its time is as good as none. */
async function mark(tx: Kysely<Tables>, once: string, now: Time): Promise<boolean> {
  const insert = tx.insertInto('seen').values({ mark: once, at: now });
  const rows = await insert
    .onConflict((it) =>
      it
        .column('mark')
        .doUpdateSet({ at: now })
        .where('seen.at', '<', once.startsWith(ALWAYS) ? 0 : now - MARKS_KEPT),
    )
    .returning('mark')
    .execute();
  return rows.length > 0;
}

/** With the trace that the request began in. */
interface Moved {
  readonly trace: string | null;
}

function move(tx: Kysely<Tables>, { before, after }: Move, trace: string | undefined): Promise<Moved | undefined> {
  return before === undefined ? insertRequest(tx, after, trace) : replaceRequest(tx, before, after);
}

/** Beside a move. What the scan comes of may have been long ago: the trace is its own, not that of what is moved. */
async function begin(
  tx: Kysely<Tables>,
  request: ScanRequest,
  trace: string | undefined,
  parts: CommitParts,
): Promise<void> {
  const move: Move = { before: undefined, after: request };
  if ((await insertRequest(tx, request, trace)) === undefined) throw new Lost();
  if (!(await turnOver(tx, move, parts))) throw new Lost();
}

async function insertRequest(
  tx: Kysely<Tables>,
  request: ScanRequest,
  trace: string | undefined,
): Promise<Moved | undefined> {
  const columns = { ...columnsOf(request), due_at: dueAt(request) ?? null, confirm_at: confirmAt(request) };
  const own = { id: request.id, asked_at: request.askedAt, approved_at: approvedAt(request), trace: trace ?? null };
  const insert = tx.insertInto('request').values({ ...own, ...columns });
  const rows = await insert
    .onConflict((it) => it.column('id').doNothing())
    .returning('trace')
    .execute();
  return rows[0];
}

async function replaceRequest(tx: Kysely<Tables>, before: ScanRequest, after: ScanRequest): Promise<Moved | undefined> {
  if (after.id !== before.id || after.rev !== before.rev + 1) throw new InvalidMove(before.id);
  const due = dueAt(after) ?? null;
  const confirm = confirmAt(after);
  const approved = approvedAt(after);
  const rows = await tx
    .updateTable('request')
    .set(columnsOf(after))
    .set((eb) => ({
      // They signed in while somebody was finding out that they should: nothing is left to wait for.
      due_at: waitsForSignIn(after) ? eb.fn.coalesce('again_at', eb.val(due)) : due,
      attempt: eb('attempt', '+', 1),
      // The first approval counts; what is taken up again after a wait was approved before.
      approved_at: eb.fn.coalesce('approved_at', eb.val(approved)),
      confirm_at: confirm === null ? null : eb.fn.coalesce('confirm_at', eb.val(confirm)),
    }))
    .set({ lease_until: null, again_at: null, fails: 0, dead_at: null, dead_why: null })
    .where('id', '=', before.id)
    .where('rev', '=', before.rev)
    .returning('trace')
    .execute();
  return rows[0];
}

/** A move of our own making that no request can make. */
class InvalidMove extends Error {
  override readonly name = 'InvalidMove';

  constructor(id: RequestId) {
    super(`A move of request ${id} must lead to the same request, one revision on.`);
  }
}

async function keep(tx: Kysely<Tables>, table: 'person' | 'thread', thing: { readonly id: string }): Promise<void> {
  const doc = documentOf(thing);
  const insert = tx.insertInto(table).values({ id: thing.id, doc });
  await insert.onConflict((it) => it.column('id').doUpdateSet({ doc })).execute();
}

async function record(tx: Kysely<Tables>, event: Event): Promise<void> {
  const { request, at, who, what } = event;
  await tx
    .insertInto('event')
    .values({ request, at, who, what, facts: documentOf(event.facts) })
    .execute();
}

interface Written {
  readonly now: Time;
  readonly trace: string | undefined;
}

async function insertErrand(tx: Kysely<Tables>, errand: Errand, { now, trace }: Written): Promise<void> {
  const due = errand.waitsForSignIn ? errand.until : now;
  const columns = {
    trace: trace ?? null,
    person: errand.person.id,
    waits_sign_in: Number(errand.waitsForSignIn),
    due_at: due,
  };
  const insert = tx.insertInto('errand').values({ id: errand.id, doc: documentOf(errand), ...columns });
  await insert.onConflict((it) => it.column('id').doNothing()).execute();
}
