import type { Time } from '../ids.ts';
import type { ScanRequest } from '../scan-request.ts';
import type { Day, Shown, Weekday } from './wall-clock.ts';
import { dayAfter, WallClock, weekdayOf } from './wall-clock.ts';

/** When a scan is to run; `minute` counts from midnight. */
export type When =
  /** So long after it was asked for, whatever clocks show. */
  | { readonly is: 'at'; readonly at: Time }
  | { readonly is: 'once'; readonly day: Day; readonly minute: number }
  /** Sorted, each once. */
  | { readonly is: 'weekly'; readonly days: readonly Weekday[]; readonly minute: number };

export interface Plan {
  readonly when: When;
  /** Whose clocks count: IANA name. */
  readonly zone: string;
  /** Nothing runs after this; only of what repeats. */
  readonly until?: Time;
}

const A_WEEK = 7;

/** The first time of the plan that is later than this. */
export function nextTime({ when, zone, until = Infinity }: Plan, after: Time): Shown | undefined {
  const next = nextOf(when, zone, after);
  return next === undefined || next.at > until ? undefined : next;
}

function nextOf(when: When, zone: string, after: Time): Shown | undefined {
  switch (when.is) {
    case 'at':
      return when.at > after ? { at: when.at, is: 'once' } : undefined;
    case 'once':
      return laterThan(new WallClock(zone).when(when.day, when.minute), after);
    case 'weekly':
      return nextDay(when, new WallClock(zone), after);
  }
}

/** From the day before: a time that is left out may come after midnight. */
function nextDay({ days, minute }: Extract<When, { is: 'weekly' }>, clock: WallClock, after: Time): Shown | undefined {
  const today = clock.day(after);
  for (let ahead = -1; ahead <= A_WEEK; ahead += 1) {
    const day = dayAfter(today, ahead);
    const next = days.includes(weekdayOf(day)) ? laterThan(clock.when(day, minute), after) : undefined;
    if (next !== undefined) return next;
  }
  return undefined;
}

function laterThan(shown: Shown, after: Time): Shown | undefined {
  return shown.at > after ? shown : undefined;
}

/** How many times of the plan lie between the two, the first of them left out; no more than `most`. */
export function timesBetween(plan: Plan, after: Time, until: Time, most: number): number {
  let count = 0;
  for (let next = nextTime(plan, after); next !== undefined && next.at <= until; next = nextTime(plan, next.at)) {
    count += 1;
    if (count >= most) return count;
  }
  return count;
}

export function repeats({ when }: Plan): boolean {
  return when.is === 'weekly';
}

/** Until when it can be decided: whatever runs once, before its time. */
export function decideBy({ wanted: { plan } }: Pick<ScanRequest, 'wanted'>, now: Time, within: Time): Time {
  if (plan === undefined || repeats(plan)) return now + within;
  return Math.min(now + within, nextTime(plan, now)?.at ?? now);
}
