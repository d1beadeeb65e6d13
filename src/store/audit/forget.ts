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
  if (found.length === 0) return;
  const ids = found.map(({ id }) => id).join(', ');
  throw new CommandRefused(`Nothing was forgotten: this person has something under way (${ids}). Wait for its end.`);
}

async function dropRequests(tx: Kysely<Tables>, person: PersonId, parts: Parts): Promise<number> {
  const single = await tx.selectFrom('request').select('id').where('person', '=', person).execute();
  const many = await tx.selectFrom('batch').select('id').where('person', '=', person).execute();
  return letGo(
    tx,
    [...single, ...many].map(({ id }) => id as RequestId),
    parts,
  );
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
