import type { Device, ScanType } from './device.ts';
import type { AvMode, AvRecord } from './ending-sources.ts';
import type { Time } from './ids.ts';
import type { ScanRequest } from './scan-request.ts';
import { unconfirmedEnding } from './ending-of.ts';
import { DAY, HOUR } from './time.ts';

/** What was known of a device when a scan of it was asked for. What nobody could say in time is left out. */
export interface Preflight {
  readonly at: Time;
  readonly mode?: AvMode;
  /** Set when they are old. */
  readonly signaturesFrom?: Time;
  /** The last scan that ran to its end there, a short time ago. */
  readonly recent?: { readonly type: ScanType; readonly at: Time };
  /** A scan that the device took, and whose end nobody has seen. */
  readonly open?: { readonly type: ScanType; readonly from: Time };
}

/** So long ago, a scan of the same type is not worth a word. */
const RECENT = 12 * HOUR;
/** Signatures come several times a day; Defender itself calls older ones out of date. */
const OLD_SIGNATURES = 3 * DAY;
/** Defender hears in full from a device about once a day: after two, it was not there for a while. */
const AWAY = 2 * DAY;

export interface Known {
  readonly now: Time;
  /** The type that was asked for; without one, both count. */
  readonly type: ScanType | undefined;
  readonly record: AvRecord | undefined;
  /** Requests about the device whose end is looked for. */
  readonly open: readonly ScanRequest[];
}

export function preflight({ now, type, record, open }: Known): Preflight {
  const recent = record?.ends
    .filter((end) => end.outcome === 'completed' && (type === undefined || end.type === type))
    .filter(({ at }) => at <= now && now - at < RECENT)
    .toSorted((one, other) => other.at - one.at)[0];
  const running = openScan(open);
  return {
    at: now,
    ...(record && { mode: record.mode }),
    ...(record && hasOldSignatures(record, now) && { signaturesFrom: record.signaturesFrom }),
    ...(recent && { recent: { type: recent.type, at: recent.at } }),
    ...(running && { open: running }),
  };
}

function hasOldSignatures(record: AvRecord, now: Time): record is AvRecord & { readonly signaturesFrom: Time } {
  const { signaturesUpToDate, signaturesFrom } = record;
  return signaturesUpToDate !== true && signaturesFrom !== undefined && now - signaturesFrom >= OLD_SIGNATURES;
}

function openScan([newest]: readonly ScanRequest[]): Preflight['open'] {
  if (newest?.stage.name !== 'settled') return undefined;
  const { scan, content } = newest.stage;
  const ending = unconfirmedEnding(newest);
  return ending && { type: scan.type ?? content.type, from: ending.from };
}

/** When a scan would start, as far as Defender's last report tells: nobody knows whether a device is on now. */
export function startsWhen({ health, lastSeen }: Device, now: Time): 'soon' | 'when-it-wakes' | undefined {
  if (lastSeen === undefined) return undefined;
  const isActive = health === '' || health.toLowerCase() === 'active';
  return isActive && now - lastSeen < AWAY ? 'soon' : 'when-it-wakes';
}
