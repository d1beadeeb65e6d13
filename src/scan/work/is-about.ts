import type { ScanRequest } from '../scan-request.ts';
import { deviceOf } from '../scan-request.ts';

/** Whether the request is about the device that somebody typed: its id, its name in full, or what comes before the first dot. */
export function isAbout(request: ScanRequest, typed: string): boolean {
  const wanted = typed.toLowerCase();
  const device = deviceOf(request);
  if (device === undefined) return request.wanted.device.toLowerCase() === wanted;
  const name = device.name.toLowerCase();
  return device.id === wanted || name === wanted || name.split('.')[0] === wanted;
}
