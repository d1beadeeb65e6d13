import { isDeepStrictEqual } from 'node:util';
import type { InBatch } from '../../batch/batch.ts';
import { batchCard, batchMove, batchNotice } from '../../batch/batch-moves.ts';
import { tallyFrom } from '../../batch/tally.ts';
import type { Outcome } from '../../outcome.ts';
import { DONE, MOVED } from '../../outcome.ts';
import type { BatchParts } from './batch-parts.ts';

/** After the end: an alert that came late, or an end that was seen after all. */
export async function lateNews(batch: InBatch<'over'>, { store, clock }: BatchParts): Promise<Outcome> {
  const members = await store.batches.members(batch.id);
  // They are let go of after a while, and this soon after them.
  if (members.length === 0) return DONE;
  const tally = tallyFrom(batch.stage.scans, new Map(members.map((one) => [one.id, one])), true);
  if (isDeepStrictEqual(tally, batch.stage.tally)) return DONE;
  const event = { who: 'bot' as const, what: 'changed after the end', at: clock.now(), facts: { found: tally.found } };
  const told = batchNotice(batch, { say: 'batch-later', batch: batch.id });
  const isNews = tally.found > batch.stage.tally.found || tally.counts.problem > batch.stage.tally.counts.problem;
  const messages = [batchCard(batch), ...(isNews ? [{ ...told, id: `${told.id}:${batch.rev}` }] : [])];
  await store.commit(batchMove(batch, { ...batch.stage, tally }, event, messages));
  return MOVED;
}
