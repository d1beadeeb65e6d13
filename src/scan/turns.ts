import type { Time } from './ids.ts';
import { HOUR } from './time.ts';

const MANY = 1000;

/**
 * Whoever finds no room gets a turn of their own, one after the other: woken all at the moment when there is room for
 * one, all others would ask in vain, and again, until nothing else is done any more.
 */
export class Turns {
  readonly #gap: Time;
  readonly #latest = new Map<string, Time>();

  constructor(gap: Time) {
    this.#gap = gap;
  }

  /** When to come back for what has room for the next one at `from`. */
  next(what: string, from: Time, now: Time): Time {
    const latest = this.#latest.get(what);
    // Turns that lie too far ahead were given under a clock that has been set back.
    const isUsed = latest !== undefined && latest >= from && latest < from + HOUR;
    const turn = isUsed ? latest + this.#gap : from;
    this.#latest.set(what, turn);
    if (this.#latest.size > MANY) this.#forget(now);
    return turn;
  }

  #forget(now: Time): void {
    for (const [what, latest] of this.#latest) if (latest < now) this.#latest.delete(what);
  }
}
