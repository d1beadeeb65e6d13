import type { Kysely } from 'kysely';
import type { Time } from '../scan/ids.ts';
import type { CallCount, CallLimit } from '../scan/ports.ts';
import { MINUTE } from '../scan/time.ts';
import type { Tables } from './tables.ts';
import { transact } from './transaction.ts';

/** Clocks of replicas differ a little; what lies further ahead was counted before a clock was set back. */
const CLOCK_SKEW = MINUTE;

interface Quota {
  readonly id: string;
  readonly taken: number;
  readonly taken_at: Time;
  readonly paused_until: Time;
}

/**
 * Calls, numbered in the order in which they were let through, at times that never go back: the call that a limit of
 * 95 has to wait for is the one 95 numbers ago, whichever replica made it. The row of the quota is the lock.
 */
export class SqlCallCount implements CallCount {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  take(quota: string, limits: readonly CallLimit[], now: Time): Promise<Time | undefined> {
    return transact(this.#db, async (tx) => {
      const held = await onTime(tx, await hold(tx, quota), now);
      const opens = await Promise.all(limits.map((limit) => opensAt(tx, held, limit)));
      const retryAt = Math.max(held.paused_until, ...opens);
      if (retryAt > now) return retryAt;
      await count(tx, held, Math.max(now, held.taken_at));
      return undefined;
    });
  }

  async pause(quota: string, until: Time): Promise<void> {
    await transact(this.#db, async (tx) => {
      const held = await hold(tx, quota);
      const paused_until = Math.max(held.paused_until, until);
      await tx.updateTable('quota').set({ paused_until }).where('id', '=', quota).execute();
    });
  }
}

/** From here to the end of the transaction nobody else counts on this quota. */
function hold(tx: Kysely<Tables>, id: string): Promise<Quota> {
  const insert = tx.insertInto('quota').values({ id, taken: 0, taken_at: 0, paused_until: 0 });
  return insert
    .onConflict((it) => it.column('id').doUpdateSet({ id }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Moves everything along with a clock that was set back; else it would stand in the way until the old time is reached. */
async function onTime(tx: Kysely<Tables>, held: Quota, now: Time): Promise<Quota> {
  const ahead = held.taken_at - now;
  if (ahead <= CLOCK_SKEW) return held;
  const times = { taken_at: held.taken_at - ahead, paused_until: held.paused_until - ahead };
  await tx.updateTable('quota').set(times).where('id', '=', held.id).execute();
  const calls = tx.updateTable('call').where('quota', '=', held.id);
  await calls.set((eb) => ({ at: eb('at', '-', ahead) })).execute();
  return { ...held, ...times };
}

/** There is room again when the call that was let through `most` calls ago has left the window. */
async function opensAt(tx: Kysely<Tables>, held: Quota, { length, most }: CallLimit): Promise<Time> {
  const call = tx.selectFrom('call').where('quota', '=', held.id);
  const blocking = await call
    .where('nth', '=', held.taken - most + 1)
    .select('at')
    .executeTakeFirst();
  return blocking === undefined ? -Infinity : blocking.at + length;
}

async function count(tx: Kysely<Tables>, { id, taken }: Quota, at: Time): Promise<void> {
  await tx
    .insertInto('call')
    .values({ quota: id, nth: taken + 1, at })
    .execute();
  const row = tx.updateTable('quota').where('id', '=', id);
  await row.set({ taken: taken + 1, taken_at: at }).execute();
}
