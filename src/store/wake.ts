import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { BatchId, DeviceId, PersonId, Time } from '../scan/ids.ts';
import type { FollowerId } from '../scan/ports.ts';
import type { Tables } from './tables.ts';

/*
 * Making a row due that somebody may be working on: the time then goes into `again_at` and counts once the claim
 * ends, whichever way. A follower that was buried comes back to life; requests and errands stay buried.
 */

type Reading = 'follower' | 'confirmer';

export async function follow(tx: Kysely<Tables>, kind: Reading, who: FollowerId, at: Time): Promise<void> {
  const insert = tx.insertInto(kind).values({ id: who, due_at: at });
  await insert.onConflict((it) => it.column('id').doNothing()).execute();
  await wakeReader(tx, kind, who, at);
}

/**
 * Whoever is at work for this person may just have been told to wait for the sign-in that is here now. One statement,
 * so that a row that is put back to wait meanwhile is seen on one side of it or on the other.
 */
export async function signedIn(tx: Kysely<Tables>, person: PersonId, now: Time): Promise<void> {
  for (const table of ['request', 'errand', 'batch'] as const) {
    await tx
      .updateTable(table)
      .set({ due_at: unlessTaken(earlier('due_at', now)), again_at: ifTaken(timeOf(now)) })
      .where('person', '=', person)
      .where('dead_at', 'is', null)
      .where((eb) => eb.or([eb('waits_sign_in', '=', 1), eb('lease_until', 'is not', null)]))
      .execute();
  }
  for (const kind of ['follower', 'confirmer'] as const) await wakeReader(tx, kind, person, now);
}

async function wakeReader(tx: Kysely<Tables>, kind: Reading, who: FollowerId, at: Time): Promise<void> {
  await tx
    .updateTable(kind)
    .set({ due_at: earlier('due_at', at), again_at: ifTaken(earlier('again_at', at)) })
    .set({ fails: sql<number>`case when dead_at is null then fails else 0 end`, dead_at: null, dead_why: null })
    .where('id', '=', who)
    .execute();
}

/** Whoever waits for this device looks whether it is their turn. */
export async function wakeQueued(tx: Kysely<Tables>, device: DeviceId, now: Time): Promise<void> {
  await tx
    .updateTable('request')
    .set({ due_at: unlessTaken(earlier('due_at', now)), again_at: ifTaken(timeOf(now)) })
    .where('device', '=', device)
    .where('stage', '=', 'queued')
    .where('is_over', '=', 0)
    .where('dead_at', 'is', null)
    .execute();
}

/** Whoever is at work on a request for many looks once more afterwards; one that rests looks then. */
export async function wakeBatchAt(tx: Kysely<Tables>, id: BatchId, at: Time): Promise<void> {
  const isTaken = sql<boolean>`lease_until is not null and (again_at is null or again_at > ${timeOf(at)})`;
  const rests = sql<boolean>`lease_until is null and (due_at is null or due_at > ${timeOf(at)})`;
  await tx
    .updateTable('batch')
    .set({ due_at: unlessTaken(timeOf(at)), again_at: ifTaken(timeOf(at)) })
    .where('id', '=', id)
    .where('dead_at', 'is', null)
    // Mostly it is awake already: then nothing is written, and nobody waits for anybody.
    .where(sql<boolean>`((${isTaken}) or (${rests}))`)
    .execute();
}

/** Messages that waited for long, or whose sending will turn out to have been in vain. */
export async function wakeTaken(tx: Kysely<Tables>, ids: readonly string[], now: Time): Promise<void> {
  await tx
    .updateTable('message')
    .set({ due_at: unlessTaken(timeOf(now)), again_at: ifTaken(timeOf(now)) })
    .where('id', 'in', ids)
    .where('due_at', 'is not', null)
    .execute();
}

function ifTaken(at: RawBuilder<number>): RawBuilder<number | null> {
  return sql<number | null>`case when lease_until is not null then ${at} else again_at end`;
}

function unlessTaken(at: RawBuilder<number>): RawBuilder<number | null> {
  return sql<number | null>`case when lease_until is null then ${at} else due_at end`;
}

/** The earlier of a column, which may be empty, and a time. */
export function earlier(column: 'due_at' | 'again_at', at: Time): RawBuilder<number> {
  const time = timeOf(at);
  return sql<number>`case when ${sql.ref(column)} < ${time} then ${sql.ref(column)} else ${time} end`;
}

/** A cast, because a bare parameter tells PostgreSQL no type. */
function timeOf(at: Time): RawBuilder<number> {
  return sql<number>`cast(${at} as bigint)`;
}
