import { LRUCache } from 'lru-cache';
import type { Time } from '../scan/ids.ts';
import type { CallCount, CallLimit } from '../scan/ports.ts';
import { MINUTE } from '../scan/time.ts';

/** More places than a bot speaks in within the longest window. */
const MOST_QUOTAS = 20_000;
/** What lies further ahead was counted before the clock was set back. */
const CLOCK_SKEW = MINUTE;

interface Counted {
  /** In order, no more than the longest limit looks back to. */
  readonly times: Time[];
  pausedUntil: Time;
}

/** Counts the calls of this process alone: for a bot that shares its store with nobody. What it knew is gone after a restart. */
export class OwnCount implements CallCount {
  readonly #counted = new LRUCache<string, Counted>({ max: MOST_QUOTAS });

  take(quota: string, limits: readonly CallLimit[], now: Time): Promise<Time | undefined> {
    const { times, pausedUntil } = this.#of(quota, now);
    const opens = limits.map(({ length, most }) => (times.at(-most) ?? -Infinity) + length);
    const retryAt = Math.max(pausedUntil, ...opens);
    if (retryAt > now) return Promise.resolve(retryAt);
    times.push(Math.max(now, times.at(-1) ?? now));
    const kept = Math.max(0, ...limits.map(({ most }) => most));
    if (times.length > 2 * kept) times.splice(0, times.length - kept);
    return Promise.resolve(undefined);
  }

  pause(quota: string, until: Time): Promise<void> {
    const counted = this.#of(quota, -Infinity);
    counted.pausedUntil = Math.max(counted.pausedUntil, until);
    return Promise.resolve();
  }

  #of(quota: string, now: Time): Counted {
    const known = this.#counted.get(quota);
    const isAhead = known !== undefined && (known.times.at(-1) ?? 0) > now + CLOCK_SKEW;
    if (known !== undefined && !(isAhead && now > 0)) return known;
    const counted = { times: [], pausedUntil: 0 };
    this.#counted.set(quota, counted);
    return counted;
  }
}
