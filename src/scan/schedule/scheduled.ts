import type { Device } from '../device.ts';
import type { PersonId, RequestId, Time } from '../ids.ts';
import type { Content } from '../stage.ts';
import { MINUTE } from '../time.ts';

/** Decided: at its times it begins scans, each a request of its own. */
export interface Scheduled {
  readonly name: 'scheduled';
  readonly device: Device;
  readonly content: Content;
  readonly by: PersonId;
  /** When it was decided. */
  readonly at: Time;
  /** The next of its times. */
  readonly next: Time;
  /** The clock is put forward over the named time, or shows it twice. */
  readonly oddly?: 'left-out' | 'twice';
  /** The requester was told that their sign-in will be needed. */
  readonly asksSignIn: boolean;
  /** How many scans it has begun. */
  readonly begun: number;
}

/** What a scan belongs to that a schedule has begun. */
export interface Occurrence {
  readonly of: RequestId;
  /** Its time; it begins a little later. */
  readonly at: Time;
  /** Not sent to Defender by then, it is not sent at all. */
  readonly until: Time;
}

/** So long before its time it is looked whether the requester is signed in. */
export const LOOK_AHEAD = 30 * MINUTE;
/** Whoever was away for longer than this has missed a time: it is told, and not made up for. */
export const GRACE = 15 * MINUTE;
/** For so long after its time a scan may wait: for a sign-in, for Defender, for another scan of the device. */
export const BEGIN_WITHIN = 30 * MINUTE;

/** When the schedule wants to be looked at. */
export function lookAtSchedule({ next, asksSignIn }: Scheduled): Time {
  return asksSignIn ? next : next - LOOK_AHEAD;
}
