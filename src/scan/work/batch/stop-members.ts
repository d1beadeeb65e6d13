import type { InBatch, Stopped } from '../../batch/batch.ts';
import { canCancel } from '../../following.ts';
import { dismiss, isIn } from '../../moves.ts';
import type { ScanRequest } from '../../scan-request.ts';
import { cancelRunning } from '../cancel.ts';
import type { BatchParts } from './batch-parts.ts';

/** In one turn: then others have theirs. */
const AT_ONCE = 10;

/** What has begun and was not sent is taken back; what waits for its device is cancelled, where that was asked for. */
export async function stopMembers(
  batch: InBatch<'running'>,
  members: readonly ScanRequest[],
  parts: BatchParts,
): Promise<Stopped | undefined> {
  const { stopped } = batch.stage;
  if (stopped === undefined) return undefined;
  for (const member of members.filter((one) => isIn(one, 'approved', 'queued'))) {
    await parts.store.commit(dismiss(member, batch.requester.id, parts.clock.now()));
  }
  if (!stopped.cancels) return stopped;
  const known = new Set(stopped.asked);
  const waiting = members
    .filter(canCancel)
    .filter(({ id, stage }) => stage.scan.status === 'Pending' && !known.has(id));
  for (const member of waiting.slice(0, AT_ONCE)) {
    const result = await cancelRunning(member, member.stage.device.name, parts);
    // It passes by itself, or a sign-in mends it: the next turn tries again.
    if ('refusal' in result) break;
    known.add(member.id);
  }
  return { ...stopped, asked: [...known] };
}
