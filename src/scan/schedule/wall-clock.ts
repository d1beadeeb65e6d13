import type { Time } from '../ids.ts';

/** Monday is 1, Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A day on a calendar, wherever that hangs. */
export interface Day {
  readonly year: number;
  /** January is 1. */
  readonly month: number;
  readonly day: number;
}

/** When a clock on the wall shows a time of a day. */
export interface Shown {
  readonly at: Time;
  /** `left-out`: the clock is put forward over it, and shows a later time then. `twice`: it comes again after this one. */
  readonly is: 'once' | 'left-out' | 'twice';
}

const DAY_LENGTH = 24 * 60 * 60 * 1000;
const MINUTE_LENGTH = 60 * 1000;

/** A clock on the wall of one zone of the IANA database. */
export class WallClock {
  readonly #format: Intl.DateTimeFormat;

  /** Throws for a zone that nobody knows: see `isZone`. */
  constructor(zone: string) {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    this.#format = new Intl.DateTimeFormat('en-US', {
      ...parts,
      second: 'numeric',
      hourCycle: 'h23',
      calendar: 'gregory',
      numberingSystem: 'latn',
      timeZone: zone,
    });
  }

  day(at: Time): Day {
    const shown = new Date(this.#shownAt(at));
    return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
  }

  /** Minutes after midnight. */
  minute(at: Time): number {
    const shown = new Date(this.#shownAt(at));
    return shown.getUTCHours() * 60 + shown.getUTCMinutes();
  }

  /**
   * A time that is left out is read by the clock as it went before, so it is as much later as the clock is put forward;
   * of one that comes twice the first counts. The same as in calendars (RFC 5545).
   */
  when(day: Day, minute: number): Shown {
    const shown = utcOf(day) + minute * MINUTE_LENGTH;
    const before = this.#ahead(shown - DAY_LENGTH);
    const after = this.#ahead(shown + DAY_LENGTH);
    const candidates = [shown - before, shown - after].filter((at) => this.#shownAt(at) === shown);
    if (candidates.length === 0) return { at: shown - before, is: 'left-out' };
    return { at: Math.min(...candidates), is: new Set(candidates).size > 1 ? 'twice' : 'once' };
  }

  #ahead(at: Time): number {
    return this.#shownAt(at) - at;
  }

  /** What the clock shows, as if it hung in Greenwich. */
  #shownAt(at: Time): number {
    const parts = new Map(this.#format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const rest = ((at % 1000) + 1000) % 1000;
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) + rest;
  }
}

/** A name from the zone database. Offsets such as +01:00 know no summer time and are not taken. */
export function isZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export function dayAfter(day: Day, days: number): Day {
  const later = new Date(utcOf(day) + days * DAY_LENGTH);
  return { year: later.getUTCFullYear(), month: later.getUTCMonth() + 1, day: later.getUTCDate() };
}

export function weekdayOf(day: Day): Weekday {
  const fromSunday = new Date(utcOf(day)).getUTCDay();
  return (fromSunday === 0 ? 7 : fromSunday) as Weekday;
}

/** Not the 31st of June. */
export function isDay(day: Day): boolean {
  const { year, month, day: date } = dayAfter(day, 0);
  return year === day.year && month === day.month && date === day.day;
}

/** Whether one comes before the other; the same is neither. */
export function isBefore(one: Day, other: Day): boolean {
  return utcOf(one) < utcOf(other);
}

function utcOf({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day);
}
