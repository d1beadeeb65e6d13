import { DAY, SECOND } from '../../src/scan/time.ts';
import type { Followed } from './day.ts';
import { Limits } from './limits.ts';
import { endOf, startOf } from './scans.ts';

const EVERY = 30;

/** One GET for each scan every thirty seconds, and again at its next time after a 429. */
export function usualPoller(scans: number): Followed {
  const limits = new Limits();
  const delays: number[] = [];
  const byPhase = Array.from({ length: EVERY }, () => new Set<number>());
  let started = 0;
  for (let second = 0; second < DAY / SECOND; second += 1) {
    const now = second * SECOND;
    for (; started < scans && startOf(started, scans) <= now; started += 1) byPhase[second % EVERY]?.add(started);
    const due = byPhase[second % EVERY] ?? new Set<number>();
    for (const nth of due) {
      const isSeen = limits.take(now) && endOf(nth, scans) <= now;
      if (!isSeen) continue;
      delays.push(now - endOf(nth, scans));
      due.delete(nth);
    }
  }
  return { delays, ...limits.counted };
}
