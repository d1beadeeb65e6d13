import type { Ending, Unconfirmed } from './ending.ts';
import type { Estimate } from './estimate.ts';
import type { ScanRequest } from './scan-request.ts';
import type { Settled } from './stage.ts';

/** How the scan of a settled request ended. Of an old `Succeeded` nobody has looked for the end. */
export function endingOf(stage: Settled): Ending {
  const { ending, scan } = stage;
  if (ending !== undefined) return ending;
  const { status } = scan;
  if (status === 'TimeOut' || status === 'Cancelled' || status === 'Failed') return { is: 'did-not-run', why: status };
  return { is: 'never-confirmed', from: scan.createdAt };
}

/** The ending that is still looked for. */
export function unconfirmedEnding({ stage }: ScanRequest): Unconfirmed | undefined {
  if (stage.name !== 'settled') return undefined;
  const ending = endingOf(stage);
  return ending.is === 'unconfirmed' ? ending : undefined;
}

/** How long the scan may take, as long as its end is not known. */
export function estimateOf(request: ScanRequest): Estimate | undefined {
  const { stage } = request;
  if (stage.name === 'following') return stage.estimate;
  return stage.name === 'settled' && unconfirmedEnding(request) !== undefined ? stage.estimate : undefined;
}
