import type { Kysely } from 'kysely';
import type { Time } from '../scan/ids.ts';
import type { Tables } from './tables.ts';

/** Writes and reads one row; throws when either fails. */
export async function beat(db: Kysely<Tables>, at: Time): Promise<void> {
  const insert = db.insertInto('pulse').values({ id: 1, at });
  await insert.onConflict((it) => it.column('id').doUpdateSet({ at })).execute();
  const row = await db.selectFrom('pulse').select('at').where('id', '=', 1).executeTakeFirst();
  if (row === undefined) throw new Error('The store does not hold what was just written.');
}
