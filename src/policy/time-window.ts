import type { Time } from '../scan/ids.ts';

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Day = (typeof DAYS)[number];

/**
 * Hours of the clock on the wall of a zone. When `to` is not after `from` the window runs over midnight and belongs
 * to the day on which it begins.
 */
export interface TimeWindow {
  readonly days: readonly Day[];
  /** Minutes after midnight: the first inside. */
  readonly from: number;
  /** Minutes after midnight, up to 1440: the first outside. */
  readonly to: number;
  /** IANA name. */
  readonly zone: string;
}

interface WallClock {
  readonly day: Day;
  readonly minute: number;
}

/** Only what the clock on the wall shows counts: an hour that comes twice is inside twice, one left out never is. */
export function isOpen(window: TimeWindow, now: Time): boolean {
  const { day, minute } = wallClock(window.zone, now);
  const today = window.days.includes(day);
  if (window.from < window.to) return today && minute >= window.from && minute < window.to;
  return (today && minute >= window.from) || (window.days.includes(dayBefore(day)) && minute < window.to);
}

/** `HH:MM` as minutes after midnight; what it must look like is checked by whoever reads it. */
export function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

export function windowText({ days, from, to, zone }: TimeWindow): string {
  const onDays = days.length === DAYS.length ? 'every day' : days.join(' ');
  return `${onDays} ${clockText(from)}-${clockText(to)} ${zone}`;
}

function clockText(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function wallClock(zone: string, now: Time): WallClock {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(clock.formatToParts(now).map(({ type, value }) => [type, value]));
  const day = DAYS.find((known) => known === parts.get('weekday'));
  if (day === undefined) throw new Error(`The weekday in ${zone} could not be told.`);
  return { day, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

function dayBefore(day: Day): Day {
  return DAYS[(DAYS.indexOf(day) + DAYS.length - 1) % DAYS.length] ?? day;
}
