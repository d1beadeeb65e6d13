import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** SQLSTATE of a deadlock and of a serialization failure: the engine has undone everything, and asks to try again. */
const COLLISIONS: ReadonlySet<unknown> = new Set(['40P01', '40001']);
const MOST_TRIES = 5;

/** All of the work or nothing of it. Two that stand in each other's way are no fault: one of them begins again. */
export async function transact<T>(db: Kysely<Tables>, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (tries >= MOST_TRIES || !isCollision(error)) throw error;
    }
  }
}

function isCollision(error: unknown): boolean {
  return error instanceof Error && 'code' in error && COLLISIONS.has(error.code);
}
