import type { DeviceId, Time } from './ids.ts';

export type ScanType = 'Quick' | 'Full';

export function readScanType(text: unknown): ScanType | undefined {
  return text === 'Quick' || text === 'Full' ? text : undefined;
}

/** What Defender tells about a device. Words are Defender's own; an empty string means that it did not say. */
export interface Device {
  readonly id: DeviceId;
  /** DNS name as Defender spells it: full or short, any case. */
  readonly name: string;
  readonly os: string;
  /** Release name such as `22H2`. */
  readonly osVersion: string;
  readonly osBuild: string;
  readonly health: string;
  readonly onboarding: string;
  /** Last full report, about once a day: tells little about being online now. */
  readonly lastSeen: Time | undefined;
  readonly risk: string;
  /** How much the device matters to its owner, such as `High`. */
  readonly value: string;
  readonly group: string;
  readonly lastIp: string;
  /** An empty list: known to have none. */
  readonly tags: readonly string[] | undefined;
  /** Set when Defender merged this row into another device. */
  readonly mergedInto: DeviceId | undefined;
}

/** Why a scan of this device may not run as hoped. Hints inform; they never block. */
export type DeviceHint = 'inactive' | 'not-onboarded' | 'os-maybe-unsupported';

export function hintsFor(device: Device): readonly DeviceHint[] {
  const hints: DeviceHint[] = [];
  if (device.health !== '' && device.health.toLowerCase() !== 'active') hints.push('inactive');
  if (device.onboarding !== '' && device.onboarding.toLowerCase() !== 'onboarded') hints.push('not-onboarded');
  if (!isListedOs(device)) hints.push('os-maybe-unsupported');
  return hints;
}

/** Windows 10 1709+ and Windows 11 are listed everywhere; macOS and Linux on Microsoft's newer page. */
function isListedOs(device: Device): boolean {
  const os = device.os.toLowerCase();
  if (os.startsWith('windows11')) return true;
  if (os.startsWith('windows10')) return !isBefore1709(device.osVersion);
  return !os.startsWith('windows') && os !== 'android' && os !== 'ios' && os !== 'other' && os !== '';
}

function isBefore1709(version: string): boolean {
  return /^\d{4}$/.test(version) && Number(version) < 1709;
}
