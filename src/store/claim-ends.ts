import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { batchDueAt } from '../scan/batch/batch.ts';
import type { Time } from '../scan/ids.ts';
import type { Search } from '../scan/findings.ts';
import type { Errand } from '../scan/errand.ts';
import type { Claim, Clock, Posted } from '../scan/ports.ts';
import { dueAt } from '../scan/scan-request.ts';
import { putCard } from './cards.ts';
import { documentOf, readBatch, readRequest } from './document.ts';
import { WORK_KINDS } from '../scan/work-kind.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';
import { earlier } from './wake.ts';

const FREE = { lease_until: null, again_at: null } as const;

/** How claims go on and end. All of it is fenced: nothing happens once the row was claimed anew or moved, or the claim has ended. */
export class ClaimEnds {
  readonly #db: Kysely<Tables>;
  readonly #clock: Clock;

  constructor(db: Kysely<Tables>, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  async renew(claim: Claim, until: Time): Promise<boolean> {
    const row = this.#db.updateTable(claim.kind).where(held(claim));
    const { numUpdatedRows } = await row.set({ lease_until: until }).executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async finish(claim: Claim, { card, activityId }: Posted): Promise<void> {
    const settling = { now: this.#clock.now(), activityId };
    // One statement needs no transaction around it.
    if (card === undefined && claim.kind !== 'request' && claim.kind !== 'batch') {
      await settle(this.#db, claim, settling);
      return;
    }
    await transact(this.#db, async (tx) => {
      const ended = await settle(tx, claim, settling);
      if (ended > 0n && card !== undefined) await putCard(tx, card);
    });
  }

  async putBack(claim: Claim, at: Time, failed: boolean): Promise<void> {
    const row = this.#db.updateTable(claim.kind).where(held(claim));
    await row
      .set((eb) => ({ ...FREE, due_at: earlier('again_at', at), fails: eb('fails', '+', Number(failed)) }))
      .execute();
  }

  /** A reader that is wanted again meanwhile goes on; anything else rests for good. */
  async bury(claim: Claim, why: string): Promise<void> {
    const row = this.#db.updateTable(claim.kind).where(held(claim));
    const dead = { due_at: null, dead_at: this.#clock.now(), dead_why: why };
    await row.set({ ...FREE, ...(isReader(claim) ? unlessWanted(dead) : dead) }).execute();
  }

  async keepErrand(claim: Claim, errand: Errand): Promise<void> {
    const due = errand.waitsForSignIn ? errand.until : this.#clock.now();
    const row = this.#db.updateTable('errand').where(held(claim));
    await row
      .set({ ...FREE, due_at: earlier('again_at', due), fails: 0 })
      .set({ doc: documentOf(errand), waits_sign_in: Number(errand.waitsForSignIn) })
      .execute();
  }

  async keepSearch(claim: Claim, search: Search, at: Time): Promise<void> {
    const row = this.#db.updateTable('search').where(held(claim));
    await row.set({ ...FREE, due_at: earlier('again_at', at), doc: documentOf(search), fails: 0 }).execute();
  }
}

/** A row that stands for all that one person has running: it is wanted again and again. */
function isReader({ kind }: Claim): boolean {
  return kind === 'follower' || kind === 'confirmer';
}

interface Dead {
  readonly dead_at: Time;
  readonly dead_why: string;
}

function unlessWanted({ dead_at, dead_why }: Dead): Record<'due_at' | 'dead_at', RawBuilder<number | null>> & {
  readonly dead_why: RawBuilder<string | null>;
} {
  return {
    due_at: sql.ref<number | null>('again_at'),
    dead_at: sql<number | null>`case when again_at is null then cast(${dead_at} as bigint) end`,
    dead_why: sql<string | null>`case when again_at is null then cast(${dead_why} as text) end`,
  };
}

/** For the one process that has the store to itself: whoever held a lease before it is gone. */
export async function releaseLeases(db: Kysely<Tables>): Promise<void> {
  for (const kind of WORK_KINDS) {
    await db.updateTable(kind).set(FREE).where('lease_until', 'is not', null).execute();
  }
}

interface Settling {
  readonly now: Time;
  readonly activityId: string | undefined;
}

async function settle(tx: Kysely<Tables>, claim: Claim, { now, activityId }: Settling): Promise<bigint> {
  switch (claim.kind) {
    case 'request':
      return restRequest(tx, claim, now);
    case 'batch':
      return restBatch(tx, claim, now);
    case 'errand':
    case 'search':
      return (await tx.deleteFrom(claim.kind).where(held(claim)).executeTakeFirst()).numDeletedRows;
    case 'follower':
    case 'confirmer': {
      const rest = { ...FREE, due_at: sql.ref<number | null>('again_at'), fails: 0 };
      return (await tx.updateTable(claim.kind).set(rest).where(held(claim)).executeTakeFirst()).numUpdatedRows;
    }
    case 'message': {
      const done = { ...FREE, due_at: null, done_at: now, doc: '', activity_id: activityId ?? null };
      return (await tx.updateTable('message').set(done).where(held(claim)).executeTakeFirst()).numUpdatedRows;
    }
  }
}

/** A request that was looked at and not moved waits for its next time, if one is still to come. */
async function restRequest(tx: Kysely<Tables>, claim: Claim, now: Time): Promise<bigint> {
  const row = await tx.selectFrom('request').select('doc').where(held(claim)).executeTakeFirst();
  if (row === undefined) return 0n;
  const due = dueAt(readRequest(row.doc));
  const rest = due !== undefined && due > now ? due : null;
  const update = tx.updateTable('request').where(held(claim));
  const { numUpdatedRows } = await update
    .set((eb) => ({ ...FREE, due_at: eb.fn.coalesce('again_at', eb.val(rest)), fails: 0 }))
    .executeTakeFirst();
  return numUpdatedRows;
}

/** The same for a request for many. */
async function restBatch(tx: Kysely<Tables>, claim: Claim, now: Time): Promise<bigint> {
  const row = await tx.selectFrom('batch').select('doc').where(held(claim)).executeTakeFirst();
  if (row === undefined) return 0n;
  const due = batchDueAt(readBatch(row.doc));
  const rest = due !== undefined && due > now ? due : null;
  const update = tx.updateTable('batch').where(held(claim));
  const { numUpdatedRows } = await update
    .set((eb) => ({ ...FREE, due_at: eb.fn.coalesce('again_at', eb.val(rest)), fails: 0 }))
    .executeTakeFirst();
  return numUpdatedRows;
}

function held(claim: Claim): RawBuilder<boolean> {
  return sql<boolean>`id = ${claim.id} and attempt = ${claim.attempt} and lease_until is not null`;
}
