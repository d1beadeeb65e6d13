import type { Time } from '../../scan/ids.ts';
import { HOUR, SECOND } from '../../scan/time.ts';

/** What one bot may send or update in one thread. */
const LIMITS = [
  { calls: 7, within: SECOND },
  { calls: 8, within: 2 * SECOND },
  { calls: 60, within: 30 * SECOND },
  { calls: 1800, within: HOUR },
];

/** Counts calls per thread. */
export class ThreadRate {
  readonly #calls = new Map<string, readonly Time[]>();

  /** Counts this call, or answers how many seconds to wait instead. */
  take(thread: string, now: Time): number | undefined {
    const calls = (this.#calls.get(thread) ?? []).filter((at) => now - at < HOUR);
    const waits = LIMITS.map((limit) => {
      const nth = calls.at(-limit.calls);
      return nth === undefined ? 0 : nth + limit.within - now;
    });
    const longest = Math.max(...waits);
    this.#calls.set(thread, longest > 0 ? calls : [...calls, now]);
    return longest > 0 ? Math.ceil(longest / SECOND) : undefined;
  }
}
