import type { Clock } from '../scan/ports.ts';

/** setTimeout counts in 32 bits: a longer wait would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, Math.min(ms, LONGEST_TIMER));
    return () => {
      clearTimeout(timer);
    };
  },
};
