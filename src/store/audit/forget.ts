import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { FORGOT } from '../../audit/chain-check.ts';
import type { PersonId, RequestId, Time } from '../../scan/ids.ts';
import { CommandRefused } from '../commands/command.ts';
import type { Place } from '../commands/command.ts';
import { withPlace } from '../commands/open-place.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import { documentOf, readHalt } from '../document.ts';
import { letGo } from '../sweep.ts';
import type { Tables } from '../tables.ts';
import { transact } from '../transaction.ts';
import { link } from './chain.ts';
import { NIL, withoutPerson } from './without-person.ts';
import { writeDown } from './write-down.ts';

export interface Forgotten {
  /** Personal fields of the audit. */
  readonly fields: number;
  readonly requests: number;
}

/** Who acted, of somebody who was forgotten. */
const NOBODY_KNOWN = 'forgotten';
/** Append-only, and holding names: opened for this one purpose. */
const CLOSED = ['event', 'halt'] as const;
/** A statement takes so many values and no more. */
const AT_ONCE = 200;
const MOST_NAMED = 10;

/**
 * Takes a person out of the store. The chain keeps what was done and when; who it was, and what they wrote, is gone.
 * The bot may run. What they wrote to it after this is kept like anybody's.
 */
export function forget(place: Place, person: PersonId, now: Time): Promise<Forgotten> {
  return withPlace(place, async ({ db, dialect }) => {
    await link(db, dialect);
    const forgotten = await transact(db, (tx) => forgetAll(tx, person, { dialect, now }));
    await link(db, dialect);
    if (dialect.oneWriter) await sql`pragma wal_checkpoint(truncate)`.execute(db);
    return forgotten;
  });
}

interface Parts {
  readonly dialect: SqlDialect;
  readonly now: Time;
}

async function forgetAll(tx: Kysely<Tables>, person: PersonId, parts: Parts): Promise<Forgotten> {
  const { dialect, now } = parts;
  // First, so that commits which are under way end before anything else is locked.
  for (const table of CLOSED) await dialect.liftAppendOnly(tx, table);
  await assertNothingOpen(tx, person);
  const requests = await dropRequests(tx, person, parts);
  const { numDeletedRows } = await tx.deleteFrom('audit_sealed').where('person', '=', person).executeTakeFirst();
  const fields = Number(numDeletedRows);
  await dropTraces(tx, person);
  for (const table of CLOSED) await dialect.appendOnly(tx, table);
  const line = {
    at: now,
    request: '',
    who: 'operator',
    what: FORGOT,
    facts: { fields, requests },
    personal: [],
  } as const;
  if (fields + requests > 0) await writeDown(tx, [line], parts);
  return { fields, requests };
}

/** Whoever has a scan under way is still needed: to follow it in their name, and to be told. What is only planned goes with them. */
async function assertNothingOpen(tx: Kysely<Tables>, person: PersonId): Promise<void> {
  const open = tx
    .selectFrom('request')
    .select('id')
    .where('person', '=', person)
    .where('is_over', '=', 0)
    .where('stage', '<>', 'scheduled');
  const many = tx.selectFrom('batch').select('id').where('person', '=', person).where('is_over', '=', 0);
  const errands = tx.selectFrom('errand').select('id').where('person', '=', person).where('dead_at', 'is', null);
  const found = [...(await open.execute()), ...(await many.execute()), ...(await errands.execute())];
  if (found.length > 0) throw new CommandRefused(refusalOf('this person has something under way', found));
  const others = await namedIn(tx, person);
  if (others.length > 0) throw new CommandRefused(refusalOf('they are named in what others have under way', others));
}

/** What others have under way that they were asked to approve, or did approve: whoever goes on with it has to know by whom. */
async function namedIn(tx: Kysely<Tables>, person: PersonId): Promise<readonly Named[]> {
  const found: Named[] = [];
  for (const table of ['request', 'batch'] as const) {
    const open = tx.selectFrom(table).select('id').where('is_over', '=', 0).where('person', '<>', person);
    found.push(...(await open.where('doc', 'like', `%${person}%`).execute()));
  }
  return found;
}

interface Named {
  readonly id: string;
}

function refusalOf(why: string, found: readonly Named[]): string {
  const ids = found.slice(0, MOST_NAMED).map(({ id }) => id);
  const more = found.length > ids.length ? `, and ${found.length - ids.length} more` : '';
  return `Nothing was forgotten: ${why} (${ids.join(', ')}${more}). Wait for its end.`;
}

async function dropRequests(tx: Kysely<Tables>, person: PersonId, parts: Parts): Promise<number> {
  const single = await tx.selectFrom('request').select('id').where('person', '=', person).execute();
  const many = await tx.selectFrom('batch').select('id').where('person', '=', person).execute();
  const ids = [...single, ...many].map(({ id }) => id as RequestId);
  for (let from = 0; from < ids.length; from += AT_ONCE) await letGo(tx, ids.slice(from, from + AT_ONCE), parts);
  return ids.length;
}

/** Names and ids that stand elsewhere. The list of events keeps what happened, without them. */
async function dropTraces(tx: Kysely<Tables>, person: PersonId): Promise<void> {
  await tx.deleteFrom('person').where('id', '=', person).execute();
  await tx.deleteFrom('errand').where('person', '=', person).execute();
  // Their requests are gone: there is nothing left to look for.
  for (const table of ['follower', 'confirmer'] as const) {
    await tx.deleteFrom(table).where('id', '=', person).execute();
  }
  const mention = `%${person}%`;
  await tx.deleteFrom('seen').where('mark', 'like', mention).execute();
  await tx.deleteFrom('search').where('doc', 'like', mention).execute();
  await tx.deleteFrom('message').where('dead_at', 'is not', null).where('doc', 'like', mention).execute();
  for (const table of ['request', 'batch'] as const) {
    const others = tx.selectFrom(table).select(['id', 'doc']).where('is_over', '=', 1).where('doc', 'like', mention);
    for (const { id, doc } of await others.execute()) {
      const left = { doc: withoutPerson(doc, person) };
      await tx.updateTable(table).set(left).where('id', '=', id).execute();
    }
  }
  await blankHalts(tx, person);
  await tx.updateTable('event').set({ who: NOBODY_KNOWN }).where('who', '=', person).execute();
}

/** That new scans were paused, and when, stays. */
async function blankHalts(tx: Kysely<Tables>, person: PersonId): Promise<void> {
  const rows = await tx.selectFrom('halt').select(['seq', 'doc']).execute();
  for (const { seq, doc } of rows) {
    const halt = readHalt(doc);
    if (halt.by !== person) continue;
    const blank = documentOf({ ...halt, by: NIL, name: '', reason: '' });
    await tx.updateTable('halt').set({ doc: blank }).where('seq', '=', seq).execute();
  }
}
