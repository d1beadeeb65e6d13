import { DAY } from '../duration.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const complete = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });

/** As short as it can be said: 14:05, Tue 17:42, 3 Oct. */
export function when(at: number, now = Date.now()): string {
  if (isSameDay(at, now)) return clock.format(at);
  return now - at < 6 * DAY ? dayAndClock.format(at) : date.format(at);
}

export function toTheSecond(at: number): string {
  return clockWithSeconds.format(at);
}

export function inFull(at: number): string {
  return complete.format(at);
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
