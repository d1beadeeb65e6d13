import type { ScanType } from './device.ts';
import type { DeviceId, RequestId, Time } from './ids.ts';

/** How long one scan took, from the device taking it to its confirmed end. */
export interface ScanTime {
  readonly request: RequestId;
  readonly device: DeviceId;
  readonly os: string;
  readonly type: ScanType;
  readonly at: Time;
  readonly took: Time;
}

/** How long earlier scans of this type took, on this device or on others of its system. */
export interface Estimate {
  readonly of: 'device' | 'os';
  readonly count: number;
  readonly shortest: Time;
  readonly longest: Time;
}

export const LATEST_OF_DEVICE = 3;
export const LATEST_OF_OS = 20;
/** One scan of another device says nothing about this one. */
const FEWEST_OF_OS = 3;

/** The device's own history counts first. Without any nothing is claimed. */
export function estimateFrom(ofDevice: readonly Time[], ofOs: readonly Time[]): Estimate | undefined {
  if (ofDevice.length > 0) return rangeOf('device', ofDevice);
  return ofOs.length < FEWEST_OF_OS ? undefined : rangeOf('os', ofOs);
}

function rangeOf(of: Estimate['of'], times: readonly Time[]): Estimate {
  return { of, count: times.length, shortest: Math.min(...times), longest: Math.max(...times) };
}
