import type { Time } from '../ids.ts';
import { DAY } from '../time.ts';
import type { Plan, When } from './plan.ts';
import { nextTime } from './plan.ts';
import type { Day, Weekday } from './wall-clock.ts';
import { dayAfter, isBefore, isDay, isZone, WallClock, weekdayOf } from './wall-clock.ts';

/** A day as people name it. */
export type TypedDay =
  /** Today is 0. */
  | { readonly is: 'ahead'; readonly days: number }
  /** What comes after midnight is the next day's. */
  | { readonly is: 'tonight' }
  | { readonly is: 'weekday'; readonly day: Weekday; readonly inNextWeek: boolean }
  | { readonly is: 'date'; readonly year: number | undefined; readonly month: number; readonly day: number };

/** When a scan is to run, as somebody typed it; minutes after midnight. */
export type TypedWhen =
  | { readonly is: 'in'; readonly ms: number }
  | { readonly is: 'once'; readonly day: TypedDay | undefined; readonly minute: number }
  | { readonly is: 'weekly'; readonly days: readonly Weekday[]; readonly minute: number };

/** `no-time`: a day without an hour, or nothing at all. `unclear`: more than is understood here. `many`: for several devices. */
export type WhenFault = 'no-time' | 'unclear' | 'past' | 'too-far' | 'many';

export type PlanRead = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly fault: WhenFault };

/** Nobody remembers for longer what they once decided, nor do approvers. */
export const LONGEST_PLAN = 180 * DAY;
/** Of a night, what is before this hour lies after midnight. */
const NIGHT_ENDS = 6 * 60;

/** What was typed, by the clock of whoever typed it. */
export function readPlan(typed: TypedWhen, asked: { readonly now: Time; readonly timeZone: string }): PlanRead {
  const zone = isZone(asked.timeZone) ? asked.timeZone : 'UTC';
  const { now } = asked;
  const when = whenOf(typed, new WallClock(zone), now);
  if (when === undefined) return { ok: false, fault: 'unclear' };
  const plan: Plan = { when, zone, ...(when.is === 'weekly' && { until: now + LONGEST_PLAN }) };
  const first = nextTime(plan, now);
  if (first === undefined) return { ok: false, fault: 'past' };
  return first.at > now + LONGEST_PLAN ? { ok: false, fault: 'too-far' } : { ok: true, plan };
}

function whenOf(typed: TypedWhen, clock: WallClock, now: Time): When | undefined {
  switch (typed.is) {
    case 'in':
      return { is: 'at', at: now + typed.ms };
    case 'weekly':
      return { is: 'weekly', days: [...new Set(typed.days)].sort(), minute: typed.minute };
    case 'once': {
      const day = dayOf(typed, clock, now);
      return day === undefined ? undefined : { is: 'once', day, minute: typed.minute };
    }
  }
}

function dayOf({ day, minute }: Extract<TypedWhen, { is: 'once' }>, clock: WallClock, now: Time): Day | undefined {
  const today = clock.day(now);
  const isAhead = clock.when(today, minute).at > now;
  switch (day?.is) {
    case undefined:
      return isAhead ? today : dayAfter(today, 1);
    case 'ahead':
      return dayAfter(today, day.days);
    case 'tonight':
      return minute < NIGHT_ENDS && clock.minute(now) >= NIGHT_ENDS ? dayAfter(today, 1) : today;
    case 'weekday':
      return day.inNextWeek ? dayAfter(today, 7 + day.day - weekdayOf(today)) : nextWeekday(today, day.day, isAhead);
    case 'date':
      return dateOf(day, today);
  }
}

function nextWeekday(today: Day, wanted: Weekday, isAhead: boolean): Day {
  const days = (wanted - weekdayOf(today) + 7) % 7;
  return dayAfter(today, days === 0 && !isAhead ? 7 : days);
}

/** Without a year, the next such day. */
function dateOf({ year, month, day }: Extract<TypedDay, { is: 'date' }>, today: Day): Day | undefined {
  const named = { year: year ?? today.year, month, day };
  const date = year === undefined && isBefore(named, today) ? { ...named, year: today.year + 1 } : named;
  return isDay(date) ? date : undefined;
}
