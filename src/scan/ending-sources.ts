import type { ScanEnd } from './ending.ts';
import type { DeviceId, Time } from './ids.ts';
import type { Reader } from './ports.ts';
import type { Answer } from './refusal.ts';

/** `unknown` for a word that Defender does not document. */
export type AvMode = 'active' | 'passive' | 'disabled' | 'edr-blocked' | 'passive-audit' | 'unknown';

/** What Defender has on record of a device's antivirus. It may be hours old. */
export interface AvRecord {
  readonly device: DeviceId;
  readonly mode: AvMode;
  readonly signaturesUpToDate: boolean | undefined;
  readonly signaturesFrom: Time | undefined;
  /** The last Quick and the last Full scan, whoever started them. */
  readonly ends: readonly ScanEnd[];
}

/** What can be asked about the ends of scans. Each of the two may be missing in a tenant. */
export interface EndingSources {
  /** A device without a record is left out. No more devices than `DEVICES_PER_RECORD_CALL`. */
  records(reader: Reader, devices: readonly DeviceId[]): Promise<Answer<readonly AvRecord[]>>;
  /** All ends since then of scans on these devices; Windows only. */
  events(reader: Reader, devices: readonly DeviceId[], since: Time): Promise<Answer<readonly ScanEnd[]>>;
}

/** So that the filter stays within what OData servers take in one address. */
export const DEVICES_PER_RECORD_CALL = 20;
