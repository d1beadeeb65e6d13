import type { ScanType } from './device.ts';
import type { DeviceId, RequestId, Time } from './ids.ts';
import type { FollowerId } from './ports.ts';
import type { ScanRequest } from './scan-request.ts';

/** What the store knows of scans whose end is looked for, and of how long scans took. */
export interface EndingStore {
  /** Requests whose end is to be looked for now, those that have waited longest first. */
  due(who: FollowerId, now: Time, limit: number): Promise<readonly ScanRequest[]>;
  /** When the next look for this person, or for everybody, is due. */
  next(who: FollowerId): Promise<Time | undefined>;
  /** Whose ends are looked for: everybody with at least one. */
  readers(): Promise<readonly FollowerId[]>;
  /** How many ends are looked for, for everybody together. */
  count(): Promise<number>;
  /** No look before `at`. */
  later(requests: readonly RequestId[], at: Time): Promise<void>;
  /** Requests about this device whose end is not known yet, newest first. */
  openFor(device: DeviceId): Promise<readonly ScanRequest[]>;
  /** How long the latest scans of this type took on the device. */
  timesOfDevice(device: DeviceId, type: ScanType, limit: number): Promise<readonly Time[]>;
  timesOfSystem(os: string, type: ScanType, limit: number): Promise<readonly Time[]>;
}
