import type { NoScan } from '../decision.ts';
import type { Device } from '../device.ts';
import type { RequestId } from '../ids.ts';
import type { DeviceSource } from './source.ts';

/** A scan that will be a request of its own. Its id is known before, so that it can begin only once. */
export interface PlannedScan {
  readonly id: RequestId;
  readonly device: Device;
}

/** Several devices have the name that was typed. */
export interface Ambiguous {
  readonly typed: string;
  readonly among: readonly Device[];
}

export interface RefusedDevice {
  readonly device: Device;
  readonly noScan: NoScan;
}

/** A scan runs there already, ours or another one. */
export interface BusyDevice {
  readonly device: Device;
  readonly who: string;
}

/** What was asked for and will not be scanned, and why. */
export interface LeftOut {
  readonly ambiguous: readonly Ambiguous[];
  readonly refused: readonly RefusedDevice[];
  readonly busy: readonly BusyDevice[];
  /** Not there, or not for this person: the same words, so that nobody can probe for devices. */
  readonly unknown: readonly string[];
  /** Tags, groups, alerts and incidents that lead to no device. */
  readonly empty: readonly DeviceSource[];
  /** Alerts and incidents that this person may not read, or that could not be read now. */
  readonly unreadable: readonly DeviceSource[];
  /** Devices that were named more than once. */
  readonly twice: number;
}

export const NOTHING_LEFT_OUT: LeftOut = {
  ambiguous: [],
  refused: [],
  busy: [],
  unknown: [],
  empty: [],
  unreadable: [],
  twice: 0,
};

/** What a preview shows. */
export interface Plan {
  readonly scans: readonly PlannedScan[];
  /** Of these, the devices that were not there for a while. */
  readonly asleep: readonly string[];
  readonly leftOut: LeftOut;
  /** As many devices as the rules allow in one request; set when these are more. */
  readonly most?: number;
  /** How long all of them take to go out. */
  readonly minutes: number;
  /** Whether others must approve, or only for one of the scan types. */
  readonly asks?: 'approval' | 'depends';
}

/** Everybody else's single scans have their share of Defender's quota as well. */
export const STARTS_A_MINUTE = 40;
export const STARTS_AN_HOUR = 800;

/** How long so many scans take to go out. `anHour`: as many as the rules allow one person. */
export function minutesFor(count: number, anHour = Infinity): number {
  const hours = Math.floor(Math.max(0, count - 1) / Math.min(STARTS_AN_HOUR, anHour));
  const rest = count - hours * Math.min(STARTS_AN_HOUR, anHour);
  return hours * 60 + Math.ceil(rest / STARTS_A_MINUTE);
}
