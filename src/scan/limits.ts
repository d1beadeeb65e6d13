import type { DeviceId, PersonId, RequestId, Time } from './ids.ts';

/** Whose scans are counted. */
export type Counted = { readonly device: DeviceId } | { readonly person: PersonId };

/** No more than `most` scans of a device, or by a person, sent to Defender after `since`. */
export interface ScanLimit {
  readonly of: Counted;
  readonly since: Time;
  readonly most: number;
}

/** A scan that was sent to Defender and not turned away. */
export interface SentScan {
  readonly request: RequestId;
  readonly at: Time;
}

/** What a rule limits; what is not set is not limited. */
export interface RuleLimits {
  /** Between two scans of the same device. */
  readonly coolDownMs?: number;
  readonly scansPerPersonAndHour?: number;
  /** In one request. */
  readonly mostDevices?: number;
}
