import type { Batch, BatchClosedWhy, BatchWanted } from './batch.ts';

/** What ended without a scan because of people or time, and not because of what was asked for. */
const MAY_GO_BETTER: ReadonlySet<BatchClosedWhy> = new Set([
  'dismissed',
  'signed-out',
  'withdrawn',
  'declined',
  'not-approved',
  'expired',
  'sign-in-expired',
]);

/** The same list once more, looked up anew, for a reason of its own; `undefined` as long as it is not over. */
export function sameManyAgain({ wanted, stage }: Batch): BatchWanted | undefined {
  const isOver = stage.name === 'over' || (stage.name === 'closed' && MAY_GO_BETTER.has(stage.why));
  if (!isOver) return undefined;
  return { devices: wanted.devices, type: stage.content?.type ?? wanted.type, comment: undefined };
}
