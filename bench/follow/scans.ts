import { HOUR, MINUTE } from '../../src/scan/time.ts';
import type { Time } from '../../src/scan/ids.ts';

/** All of them are started in a working day. */
const STARTED_WITHIN = 8 * HOUR;
/** Full scans mostly: half an hour to four hours, and none as long as its neighbour. */
const SHORTEST = 30 * MINUTE;
const SPREAD = 210 * MINUTE;
/** 2³² over the golden ratio: spreads a sequence evenly. */
const GOLDEN = 0.618_033_988_75;

/** When the nth of so many scans is started, from the beginning of the day. */
export function startOf(nth: number, scans: number): Time {
  return Math.floor((nth / scans) * STARTED_WITHIN);
}

export function endOf(nth: number, scans: number): Time {
  return startOf(nth, scans) + SHORTEST + Math.floor(((nth * GOLDEN) % 1) * SPREAD);
}
