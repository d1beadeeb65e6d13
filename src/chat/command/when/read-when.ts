import type { TypedDay, TypedWhen, WhenFault } from '../../../scan/schedule/typed-when.ts';
import type { Weekday } from '../../../scan/schedule/wall-clock.ts';
import type { WhenMeaning } from './when-parts.ts';
import type { WhenSpan } from './when-spans.ts';
import type { Part } from './when-words.ts';

export type WhenRead = { readonly when: TypedWhen } | { readonly fault: WhenFault };

type Of<Is extends WhenMeaning['is']> = Extract<WhenMeaning, { is: Is }>;

const HALF_DAY = 12 * 60;
/** In the night, hours from here on are those of the evening. */
const NIGHT_BEGINS = 6 * 60;

/** All that a text says about the time, together. What contradicts itself, or is more than one time, is unclear. */
export function readWhen(spans: readonly WhenSpan[]): WhenRead {
  const meanings = spans.flatMap((span) => span.meanings);
  const spanOfTime = only(meanings, 'from-now');
  const days = daysIn(spans);
  const clocks = clocksIn(spans);
  if (meanings.some(({ is }) => is === 'unclear')) return { fault: 'unclear' };
  if (spanOfTime.length > 0) return aheadBy(spanOfTime, clocks.length + days.length);
  const [clock, ...others] = clocks;
  if (clock === undefined) return { fault: 'no-time' };
  if (others.length > 0) return { fault: 'unclear' };
  const minute = clock;
  if (meanings.some(isRepeating)) return days.length === 0 ? { fault: 'unclear' } : weekly(days, meanings, minute);
  const named = namedDay(meanings, days);
  return named === 'unclear' ? { fault: 'unclear' } : { when: { is: 'once', day: named, minute } };
}

function aheadBy([span, ...others]: readonly Of<'from-now'>[], rest: number): WhenRead {
  if (span === undefined || others.length > 0 || rest > 0) return { fault: 'unclear' };
  return { when: { is: 'in', ms: span.ms } };
}

/** `every monday`, but not `every monday on the 24th`. */
function weekly(days: readonly Weekday[], meanings: readonly WhenMeaning[], minute: number): WhenRead {
  const isDated = only(meanings, 'day').length > 0;
  return isDated ? { fault: 'unclear' } : { when: { is: 'weekly', days, minute } };
}

function isRepeating(meaning: WhenMeaning): boolean {
  if (meaning.is === 'weekday') return meaning.form === 'every';
  return meaning.is === 'every' || meaning.is === 'weekdays';
}

/** Beside a date the name of its day says nothing new. */
function namedDay(meanings: readonly WhenMeaning[], weekdays: readonly Weekday[]): TypedDay | undefined | 'unclear' {
  const named = only(meanings, 'day').map(({ day }) => day);
  const exact = named.filter((day) => day.is !== 'ahead' || day.days > 0);
  if (exact.length > 1 || weekdays.length > 1) return 'unclear';
  const [weekday] = weekdays;
  const inNextWeek = meanings.some(({ is }) => is === 'next-week');
  if (weekday === undefined) return inNextWeek ? 'unclear' : (exact[0] ?? named[0]);
  return exact[0] ?? { is: 'weekday', day: weekday, inNextWeek };
}

/** Hours of twelve become hours of the day. Several that are the same are one. */
function clocksIn(spans: readonly WhenSpan[]): readonly number[] {
  const meanings = spans.flatMap((span) => span.meanings);
  const part = partIn(meanings);
  const hasDay = meanings.some(({ is }) => is === 'day' || is === 'weekday' || is === 'weekdays');
  const loose = hasDay ? only(meanings, 'by-day') : [];
  const clocks = [
    ...only(meanings, 'clock').map(({ minute, part: own }) => inPart(minute, own ?? part)),
    ...loose.map(({ minute }) => inPart(minute, part)),
  ];
  return [...new Set(clocks)];
}

function partIn(meanings: readonly WhenMeaning[]): Part | undefined {
  const parts = meanings.map((meaning) => ('part' in meaning ? meaning.part : undefined));
  return parts.findLast((part) => part !== undefined);
}

/** `12 am` is midnight, `12 pm` noon, and `tonight at 12` midnight again. */
function inPart(minute: number, part: Part | undefined): number {
  const isTwelve = minute >= HALF_DAY && minute < HALF_DAY + 60;
  switch (part) {
    case undefined:
      return minute;
    case 'morning':
      return isTwelve ? minute - HALF_DAY : minute;
    case 'evening':
      return minute < HALF_DAY && minute > 0 ? minute + HALF_DAY : minute;
    case 'night':
      if (isTwelve) return minute - HALF_DAY;
      return minute >= NIGHT_BEGINS && minute < HALF_DAY ? minute + HALF_DAY : minute;
  }
}

/** Of `monday to friday` those between as well. */
function daysIn(spans: readonly WhenSpan[]): readonly Weekday[] {
  const days = spans.flatMap(({ meanings }) => meanings.flatMap((meaning, index) => daysAt(meanings, meaning, index)));
  const all = only(
    spans.flatMap(({ meanings }) => meanings),
    'weekdays',
  ).flatMap((meaning) => meaning.days);
  // `every day, monday to friday` is not every day.
  return [...new Set(days.length > 0 ? days : all)];
}

function daysAt(meanings: readonly WhenMeaning[], meaning: WhenMeaning, index: number): readonly Weekday[] {
  if (meaning.is !== 'weekday') return [];
  const [link, first] = [meanings[index - 1], meanings[index - 2]];
  if (link?.is !== 'to' || first?.is !== 'weekday') return [meaning.day];
  return between(first.day, meaning.day);
}

function between(first: Weekday, last: Weekday): readonly Weekday[] {
  const length = (last - first + 7) % 7;
  return Array.from({ length: length + 1 }, (_, index) => (((first - 1 + index) % 7) + 1) as Weekday);
}

function only<Is extends WhenMeaning['is']>(meanings: readonly WhenMeaning[], is: Is): readonly Of<Is>[] {
  return meanings.filter((meaning): meaning is Of<Is> => meaning.is === is);
}
