import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { PersonId, Time } from '../scan/ids.ts';
import type { FollowerId } from '../scan/ports.ts';
import type { Tables } from './tables.ts';

/*
 * Making a row due that somebody may be working on: the time then goes into `again_at` and counts once the claim
 * ends, whichever way. A follower that was buried comes back to life; requests and errands stay buried.
 */

export async function follow(tx: Kysely<Tables>, who: FollowerId, at: Time): Promise<void> {
  const insert = tx.insertInto('follower').values({ id: who, due_at: at });
  await insert.onConflict((it) => it.column('id').doNothing()).execute();
  await wakeFollower(tx, who, at);
}

/** Whoever is at work for this person may just have been told to wait for the sign-in that is here now. */
export async function signedIn(tx: Kysely<Tables>, person: PersonId, now: Time): Promise<void> {
  for (const table of ['request', 'errand'] as const) {
    const rows = tx.updateTable(table).where('person', '=', person).where('dead_at', 'is', null);
    const waiting = rows.where('waits_sign_in', '=', 1).where('lease_until', 'is', null);
    await waiting.set({ due_at: earlier('due_at', now) }).execute();
    await rows.where('lease_until', 'is not', null).set({ again_at: now }).execute();
  }
  await wakeFollower(tx, person, now);
}

async function wakeFollower(tx: Kysely<Tables>, who: FollowerId, at: Time): Promise<void> {
  const row = tx.updateTable('follower').where('id', '=', who);
  await row.where('dead_at', 'is not', null).set({ dead_at: null, dead_why: null, fails: 0 }).execute();
  await row.set({ due_at: earlier('due_at', at) }).execute();
  const taken = row.where('lease_until', 'is not', null);
  await taken.set({ again_at: earlier('again_at', at) }).execute();
}

/** The earlier of a column, which may be empty, and a time. */
export function earlier(column: 'due_at' | 'again_at', at: Time): RawBuilder<number> {
  // A cast, because a bare parameter tells PostgreSQL no type.
  const time = sql`cast(${at} as bigint)`;
  return sql<number>`case when ${sql.ref(column)} < ${time} then ${sql.ref(column)} else ${time} end`;
}
