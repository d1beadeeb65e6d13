import { askedOf } from '../../asked-of.ts';
import type { InBatch } from '../../batch/batch.ts';
import { askBatchApproval, begin, closeBatch, preview } from '../../batch/batch-moves.ts';
import type { Outcome } from '../../outcome.ts';
import { commit } from '../parts.ts';
import type { BatchParts } from './batch-parts.ts';
import { makePlan } from './make-plan.ts';

/** Type and comment stand: what the rules say now of each device decides about all of them at once. */
export async function decideBatch(batch: InBatch<'deciding'>, parts: BatchParts): Promise<Outcome> {
  const { store, clock, settings } = parts;
  const { plan: shown, content, until, corrected } = batch.stage;
  const judged = await makePlan(batch, { ...shown, type: content.type }, parts);
  const { plan } = judged;
  const demands = judged.demands.length === 0 ? (corrected?.demands ?? []) : judged.demands;
  const now = clock.now();
  if (plan.most !== undefined) return commit(store, preview(batch, plan, { now, until }));
  const { scans, leftOut } = plan;
  if (scans.length === 0) {
    const noScan = leftOut.refused[0]?.noScan;
    return commit(store, closeBatch(batch, 'not-allowed', now, noScan === undefined ? {} : { noScan }));
  }
  if (demands.length === 0) return commit(store, begin(batch, { scans, leftOut }, batch.requester.id, now));
  const thread = await store.thread(batch.thread);
  if (thread?.kind === 'personal' && demands.some(({ by }) => by === 'anyone')) {
    return commit(store, closeBatch(batch, 'nobody-to-approve', now));
  }
  const asking = { demands, askedOf: await askedOf(demands, batch.requester.id, store), now };
  const times = { until: corrected === undefined ? now + settings.decideWithin : until };
  return commit(store, askBatchApproval(batch, { scans, leftOut }, { ...asking, ...times }));
}
