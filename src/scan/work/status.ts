import type { Errand } from '../errand.ts';
import type { ErrandResult } from './cancel.ts';
import { recordOf } from './look-before.ts';
import { oneDevice } from './one-device.ts';
import type { WorkParts } from './parts.ts';

const MOST_SCANS = 5;

/** What Defender shows of a device's scans, whoever started them, and where it may not be asked how they ended. */
export async function statusOf(errand: Errand, typed: string, parts: WorkParts): Promise<ErrandResult> {
  const found = await oneDevice(errand, typed, parts);
  if (!('device' in found)) return found;
  const { device } = found;
  const reader = { as: 'person', person: errand.person } as const;
  const looks = [parts.defender.scansOfDevice(reader, device.id), recordOf(errand.person, device, parts)] as const;
  const [scans, record] = await Promise.all(looks);
  if (!scans.ok) return { refusal: scans.refusal };
  const missing = parts.sources.missingFor(reader);
  const ends = record === undefined ? {} : { ends: record.ends };
  return { said: { say: 'status', device, scans: scans.value.slice(0, MOST_SCANS), ...ends, missing } };
}
