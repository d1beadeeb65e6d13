import type { Kysely } from 'kysely';
import type { Write } from '../scan/ports.ts';
import { isUndecided } from '../scan/scan-request.ts';
import { readRequest } from './document.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/**
 * Whether the person has an undecided request by the same words in the same thread. Who asks at the same moment waits
 * until this transaction is over, and then sees what it has added.
 */
export async function wasAskedBefore(
  tx: Kysely<Tables>,
  { move, unlessAskedSince }: Write,
  dialect: SqlDialect,
): Promise<boolean> {
  if (unlessAskedSince === undefined || move === undefined) return false;
  const { requester, thread, words } = move.after;
  await dialect.takeTurns(tx, [`asked by ${requester.id} in ${thread}`]);
  const recent = tx.selectFrom('request').select('doc').where('person', '=', requester.id).where('is_over', '=', 0);
  const rows = await recent.where('asked_at', '>', unlessAskedSince).execute();
  const requests = rows.map(({ doc }) => readRequest(doc));
  return requests.some((other) => other.thread === thread && other.words === words && isUndecided(other));
}
