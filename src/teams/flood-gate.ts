import { LRUCache } from 'lru-cache';
import type { Time } from '../scan/ids.ts';
import type { Clock } from '../scan/ports.ts';
import { MINUTE, SECOND } from '../scan/time.ts';

/** `tell`: too much, and it is time to say so; `drop`: too much, and it was said. */
export type Admission = 'take' | 'tell' | 'drop';

export interface Rate {
  /** How many at once after a rest. */
  readonly burst: number;
  /** Then one more in each of these. */
  readonly every: Time;
}

/** Far above what people type, far below what costs others their turn. */
export const PERSON_RATE: Rate = { burst: 60, every: SECOND };
export const THREAD_RATE: Rate = { burst: 120, every: SECOND / 2 };

const REMEMBERED = 10_000;

interface Bucket {
  readonly left: number;
  readonly at: Time;
  readonly toldAt: Time | undefined;
}

/** Slows whoever sends too much, each alone. Forgets the least active first, so that many strangers cost no memory. */
export class FloodGate {
  readonly #clock: Clock;
  readonly #buckets = new LRUCache<string, Bucket>({ max: REMEMBERED });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one thing sent by this person into this thread. */
  admit(person: string, thread: string): Admission {
    const own = this.#take(`person ${person}`, PERSON_RATE);
    if (own !== 'take') return own;
    return this.#take(`thread ${thread}`, THREAD_RATE);
  }

  #take(key: string, rate: Rate): Admission {
    const now = this.#clock.now();
    const before = this.#buckets.get(key) ?? { left: rate.burst, at: now, toldAt: undefined };
    const left = Math.min(rate.burst, before.left + Math.max(0, now - before.at) / rate.every);
    if (left >= 1) {
      this.#buckets.set(key, { left: left - 1, at: now, toldAt: before.toldAt });
      return 'take';
    }
    const tell = before.toldAt === undefined || now - before.toldAt >= MINUTE;
    this.#buckets.set(key, { left, at: now, toldAt: tell ? now : before.toldAt });
    return tell ? 'tell' : 'drop';
  }
}
