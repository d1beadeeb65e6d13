import type { Kysely } from 'kysely';
import { isBatchUndecided } from '../scan/batch/batch.ts';
import type { Write } from '../scan/ports.ts';
import { isUndecided } from '../scan/scan-request.ts';
import { readBatch, readRequest } from './document.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/**
 * Whether the person has an undecided request by the same words in the same thread. Who asks at the same moment waits
 * until this transaction is over, and then sees what it has added.
 */
export async function wasAskedBefore(
  tx: Kysely<Tables>,
  { move, batch, unlessAskedSince }: Write,
  dialect: SqlDialect,
): Promise<boolean> {
  const asked = move?.after ?? batch?.after;
  if (unlessAskedSince === undefined || asked === undefined) return false;
  const { requester, thread, words } = asked;
  await dialect.takeTurns(tx, [`asked by ${requester.id} in ${thread}`]);
  const recent = tx.selectFrom('request').select('doc').where('person', '=', requester.id).where('is_over', '=', 0);
  const rows = await recent.where('asked_at', '>', unlessAskedSince).execute();
  const requests = rows.map(({ doc }) => readRequest(doc)).filter(isUndecided);
  const open = tx.selectFrom('batch').select('doc').where('person', '=', requester.id).where('is_over', '=', 0);
  const lists = (await open.execute())
    .map(({ doc }) => readBatch(doc))
    .filter((list) => list.askedAt > unlessAskedSince && isBatchUndecided(list));
  return [...requests, ...lists].some((other) => other.thread === thread && other.words === words);
}
