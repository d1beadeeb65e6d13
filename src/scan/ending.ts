import type { DefenderScan } from './defender-scan.ts';
import type { ScanType } from './device.ts';
import type { Estimate } from './estimate.ts';
import type { DeviceId, Time } from './ids.ts';
import { HOUR, MINUTE } from './time.ts';

/*
 * How the scan itself ended, apart from Defender's machine action. `Succeeded` there most likely means no more than
 * that the device took the command: it has been seen after seconds for scans of hours.
 *
 *   Succeeded            ──> unconfirmed ──> confirmed | never-confirmed
 *   TimeOut, Cancelled, Failed ──> did-not-run
 */
export type Ending =
  | {
      readonly is: 'unconfirmed';
      /** When the device took the scan, as far as Defender showed: what ended before that is another scan. */
      readonly from: Time;
      /** Until then the end is looked for. */
      readonly until: Time;
      /** The requester has the notice already: nothing here could show the end when Defender said `Succeeded`. */
      readonly told: boolean;
    }
  | {
      readonly is: 'confirmed';
      readonly outcome: EndOutcome;
      readonly from: Time;
      /** When the device finished, by its own word. */
      readonly at: Time;
      readonly by: EndingSource;
      /** As the device names it; empty when it does not. */
      readonly errorCode: string;
      /** False when a scheduled scan could be mistaken for this one. */
      readonly sure: boolean;
    }
  | { readonly is: 'never-confirmed'; readonly from: Time }
  | { readonly is: 'did-not-run'; readonly why: 'TimeOut' | 'Cancelled' | 'Failed' };

/** What the device says about a scan that is over. */
export type EndOutcome = 'completed' | 'cancelled' | 'failed';

/** Where an end can be seen: Defender's record of the device, or its hunting events. */
export type EndingSource = 'device-record' | 'hunting';

export type Unconfirmed = Extract<Ending, { is: 'unconfirmed' }>;
export type Confirmed = Extract<Ending, { is: 'confirmed' }>;

/** The end of one antivirus scan of a device, as a source shows it. Which command started it no source says. */
export interface ScanEnd {
  readonly device: DeviceId;
  readonly type: ScanType;
  readonly outcome: EndOutcome;
  readonly at: Time;
  readonly errorCode: string;
}

/** A sleeping device's scan times out after three days and some minutes; a scan that was taken does not run longer. */
export const CONFIRM_WITHIN = 72 * HOUR + 15 * MINUTE;
/** Around the moment in which Defender writes `Succeeded`. */
const NEAR = MINUTE;

/** The ending that goes with Defender's last word for the action. `from`: when the device took it, if that was seen. */
export function endingAtResult(scan: DefenderScan, from: Time | undefined, now: Time): Ending {
  switch (scan.status) {
    case 'TimeOut':
    case 'Cancelled':
    case 'Failed':
      return { is: 'did-not-run', why: scan.status };
    case 'Succeeded':
    case 'Pending':
    case 'InProgress':
    case 'Unknown':
      return { is: 'unconfirmed', from: from ?? scan.createdAt, until: now + CONFIRM_WITHIN, told: false };
  }
}

/** The scan that was sent, and how long ones like it have taken. */
export interface Sent {
  readonly scan: DefenderScan;
  readonly estimate?: Estimate | undefined;
}

/** What hunting shows: all ends since the device took the scan. One alone can hardly be another scan. */
export function confirmedByEvents(ending: Unconfirmed, sent: Sent, ends: readonly ScanEnd[]): Ending {
  const later = ends.filter((end) => end.at > ending.from).toSorted((one, other) => one.at - other.at);
  // Where `Succeeded` comes early, the scan cannot have ended before it.
  const end = later.find(({ at }) => at >= sent.scan.updatedAt - NEAR) ?? later.at(-1);
  if (end === undefined) return ending;
  const sure = later.length === 1 && isPlausible(end.at - ending.from, sent.estimate);
  return confirmed(ending, end, { by: 'hunting', sure });
}

/** Far sooner than ever before, it is more likely a scan that was under way already. */
function isPlausible(took: Time, estimate: Estimate | undefined): boolean {
  return estimate === undefined || took >= estimate.shortest / 2;
}

/** What the device's record shows: the last end only, whichever scan that was. */
export function confirmedByRecord(ending: Unconfirmed, end: ScanEnd | undefined): Ending {
  if (end === undefined || end.at <= ending.from) return ending;
  return confirmed(ending, end, { by: 'device-record', sure: false });
}

function confirmed(ending: Unconfirmed, end: ScanEnd, seen: Pick<Confirmed, 'by' | 'sure'>): Confirmed {
  const { outcome, at, errorCode } = end;
  return { is: 'confirmed', outcome, from: ending.from, at, errorCode, ...seen };
}

/** How many devices one hour of looking can cover: 20 to a call, within what is ours of a thousand calls an hour. */
const DEVICES_AN_HOUR = 12_000;

/** Of the time since the device took the scan, the share that may pass between two looks. */
const PATIENCE = 1 / 8;
const LONGEST_PAUSE = HOUR;

export interface Looking {
  readonly now: Time;
  /** How many ends are looked for, for everybody together. */
  readonly open: number;
  /** The shortest time between two looks. */
  readonly every: Time;
}

/** When to look again for an end: often while it may come any minute, slower with age and with the number of others. */
export function nextLook(ending: Unconfirmed, { now, open, every }: Looking): Time {
  const byNumber = (open / DEVICES_AN_HOUR) * HOUR;
  const byAge = Math.min(LONGEST_PAUSE, (now - ending.from) * PATIENCE);
  return Math.min(ending.until, now + Math.max(every, byNumber, byAge));
}
