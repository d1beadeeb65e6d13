import type { Wanted, ScanRequest } from './scan-request.ts';
import { contentOf, deviceOf, isOver } from './scan-request.ts';

/** What somebody wants who would have the same scan once more: of that device and type, for a reason of their own. */
export function sameAgain(request: ScanRequest): Wanted | undefined {
  const device = deviceOf(request);
  if (device === undefined || !isOver(request)) return undefined;
  return { device: device.id, type: contentOf(request)?.type ?? request.wanted.type, comment: undefined };
}
