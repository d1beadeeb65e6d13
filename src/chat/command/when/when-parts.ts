import type { TypedDay } from '../../../scan/schedule/typed-when.ts';
import type { Weekday } from '../../../scan/schedule/wall-clock.ts';
import type { WhenToken } from './when-tokens.ts';
import type { Part } from './when-words.ts';

/** What a few words of a time mean together. */
export type WhenMeaning =
  /** A clock only beside a day: `22.00` may be anything else. */
  | { readonly is: 'by-day'; readonly minute: number }
  | { readonly is: 'clock'; readonly minute: number; readonly part?: Part }
  | { readonly is: 'part'; readonly part: Part }
  | { readonly is: 'day'; readonly day: TypedDay; readonly part?: Part }
  | { readonly is: 'weekday'; readonly day: Weekday; readonly form: 'full' | 'short' | 'every' }
  | { readonly is: 'weekdays'; readonly days: readonly Weekday[]; readonly part?: Part }
  | { readonly is: 'from-now'; readonly ms: number }
  | { readonly is: 'every' | 'to' | 'link' | 'next-week' | 'later' | 'unclear' };

export interface WhenPart {
  readonly meaning: WhenMeaning;
  readonly start: number;
  readonly end: number;
  /** How many tokens it takes. */
  readonly length: number;
}

type Is = WhenToken['role']['is'];
type Read = (tokens: readonly WhenToken[]) => WhenMeaning | undefined;

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const LONGEST_AHEAD = 366;
const ONE: readonly Is[] = ['number', 'an'];
/** Some languages have one word for both. */
const HOURS: readonly Is[] = ['hours', 'oclock'];
const MINUTES: readonly Is[] = ['minutes', 'minute-mark'];
const HALF_HOUR: WhenMeaning = { is: 'from-now', ms: HOUR / 2 };

/** What tokens that stand side by side mean, the longer shapes first. */
const SHAPES: readonly (readonly [shape: readonly (readonly Is[])[], read: Read])[] = [
  [[['from-now'], ONE, HOURS], ([, count]) => fromNow(count, HOUR)],
  [[['from-now'], ONE, MINUTES], ([, count]) => fromNow(count, MINUTE)],
  [[['from-now'], ONE, ['days']], ([, count]) => ahead(count)],
  [[['from-now'], ONE, ['weeks']], ([, count]) => ahead(count, 7)],
  [[['from-now'], ['half-hour']], () => HALF_HOUR],
  [[ONE, HOURS, ['after-that']], ([count]) => fromNow(count, HOUR)],
  [[ONE, MINUTES, ['after-that']], ([count]) => fromNow(count, MINUTE)],
  [[ONE, ['days'], ['after-that']], ([count]) => ahead(count)],
  [[ONE, ['weeks'], ['after-that']], ([count]) => ahead(count, 7)],
  [[['half-hour'], ['after-that']], () => HALF_HOUR],
  [[['number'], ['date-mark'], ['month'], ['number']], ([day, , month, year]) => dated(day, month, year)],
  [[['number'], ['month'], ['number']], ([day, month, year]) => dated(day, month, year)],
  [[['month'], ['number'], ['date-mark'], ['number']], ([month, day, , year]) => dated(day, month, year)],
  [[['month'], ['number'], ['number']], ([month, day, year]) => dated(day, month, year)],
  [[['number'], ['date-mark'], ['month']], ([day, , month]) => dated(day, month)],
  [[['month'], ['number'], ['date-mark']], ([month, day]) => dated(day, month)],
  [[['number'], ['month']], ([day, month]) => dated(day, month)],
  [[['month'], ['number']], ([month, day]) => dated(day, month)],
  [[['half-past'], ['number']], ([, hour]) => hourly(hour, 30)],
  [[['half-to'], ['number']], ([, hour]) => hourly(hour, -30)],
  [[['quarter-past'], ['number']], ([, hour]) => hourly(hour, 15)],
  [[['quarter-to'], ['number']], ([, hour]) => hourly(hour, -15)],
  [[['number'], ['oclock'], ['number'], ['minute-mark']], ([hour, , minutes]) => hourly(hour, numberOf(minutes))],
  [[['number'], ['oclock'], ['number']], ([hour, , minutes]) => hourly(hour, numberOf(minutes))],
  [[['number'], ['oclock'], ['and-half']], ([hour]) => hourly(hour, 30)],
  [[['number'], ['oclock']], ([hour]) => onTheHour(hour)],
  [[['limit'], ['clock', 'dotted', 'number']], () => ({ is: 'unclear' })],
  [[['number'], ['part']], ([hour, part]) => withPart(onTheHour(hour), part)],
  [[['at'], ['number'], ['oclock'], ['number']], ([, hour, , minutes]) => hourly(hour, numberOf(minutes))],
  [[['at'], ['number'], ['oclock'], ['and-half']], ([, hour]) => hourly(hour, 30)],
  [[['at'], ['number'], ['oclock']], ([, hour]) => onTheHour(hour)],
  [[['at'], ['number']], ([, hour]) => onTheHour(hour)],
  [[['at'], ['dotted']], ([, clock]) => clockIn(clock)],
  [[['dotted'], ['part']], ([clock, part]) => withPart(clockIn(clock), part)],
  [[['dotted', 'clock'], ['oclock']], ([clock]) => clockIn(clock)],
  [[['clock']], ([clock]) => clockIn(clock)],
];

/** The part of a time that begins with the first of these tokens, all of which stand side by side. */
export function whenPartIn(tokens: readonly WhenToken[]): WhenPart | undefined {
  for (const [shape, read] of SHAPES) {
    const run = tokens.slice(0, shape.length);
    const fits = run.length === shape.length && shape.every((roles, at) => isOf(run[at], roles));
    const meaning = fits ? read(run) : undefined;
    if (meaning !== undefined) return partOf(run, meaning);
  }
  const [token] = tokens;
  const meaning = token && alone(token);
  return token && meaning && partOf([token], meaning);
}

function alone({ role }: WhenToken): WhenMeaning | undefined {
  if (role.is === 'day' || role.is === 'weekday' || role.is === 'weekdays' || role.is === 'part') return role;
  if (role.is === 'at' || role.is === 'on' || role.is === 'and') return { is: 'link' };
  if (role.is === 'dotted') return { is: 'by-day', minute: role.minute };
  const said = SAID.find((is) => is === role.is);
  return said && { is: said };
}

const SAID = ['every', 'to', 'next-week', 'later', 'unclear'] as const;

function partOf(run: readonly WhenToken[], meaning: WhenMeaning): WhenPart {
  return { meaning, start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0, length: run.length };
}

function isOf(token: WhenToken | undefined, roles: readonly Is[]): boolean {
  return token !== undefined && roles.includes(token.role.is);
}

function numberOf(token: WhenToken | undefined): number {
  if (token?.role.is === 'number') return token.role.number;
  return token?.role.is === 'an' ? 1 : NaN;
}

function fromNow(count: WhenToken | undefined, unit: number): WhenMeaning | undefined {
  const ms = numberOf(count) * unit;
  return ms > 0 ? { is: 'from-now', ms } : undefined;
}

function ahead(count: WhenToken | undefined, length = 1): WhenMeaning | undefined {
  const days = numberOf(count) * length;
  return days > 0 && days <= LONGEST_AHEAD ? { is: 'day', day: { is: 'ahead', days } } : undefined;
}

function dated(day: WhenToken | undefined, month: WhenToken | undefined, year?: WhenToken): WhenMeaning | undefined {
  if (month?.role.is !== 'month' || (year !== undefined && year.digits !== 4)) return undefined;
  const named = year === undefined ? undefined : numberOf(year);
  const date = { is: 'date', year: named, month: month.role.month, day: numberOf(day) } as const;
  return date.day >= 1 && date.day <= 31 ? { is: 'day', day: date } : undefined;
}

/** `2200` after a word for it, and `22`. */
function onTheHour(hour: WhenToken | undefined): WhenMeaning | undefined {
  const number = numberOf(hour);
  return hour?.digits === 4 ? minuteOf(Math.floor(number / 100), number % 100) : minuteOf(number, 0);
}

/** `half tien`: minutes may be counted to the hour. */
function hourly(hour: WhenToken | undefined, minutes: number): WhenMeaning | undefined {
  const number = numberOf(hour);
  return minutes < 0 ? minuteOf((number + 23) % 24, 60 + minutes) : minuteOf(number, minutes);
}

function minuteOf(hour: number, minute: number): WhenMeaning | undefined {
  const isTime = hour >= 0 && (hour < 24 || (hour === 24 && minute === 0)) && minute >= 0 && minute < 60;
  return isTime ? { is: 'clock', minute: (hour % 24) * 60 + minute } : undefined;
}

function clockIn(token: WhenToken | undefined): WhenMeaning | undefined {
  const role = token?.role;
  return role?.is === 'clock' || role?.is === 'dotted' ? { is: 'clock', minute: role.minute } : undefined;
}

function withPart(clock: WhenMeaning | undefined, part: WhenToken | undefined): WhenMeaning | undefined {
  if (clock?.is !== 'clock') return undefined;
  return part?.role.is === 'part' ? { ...clock, part: part.role.part } : clock;
}
