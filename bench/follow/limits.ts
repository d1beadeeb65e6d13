import type { Time } from '../../src/scan/ids.ts';
import { HOUR, MINUTE } from '../../src/scan/time.ts';

const WINDOWS = [
  { length: MINUTE, most: 100 },
  { length: HOUR, most: 1500 },
];

/** Defender's limits on one API: 100 calls a minute and 1500 an hour, whoever calls. */
export class Limits {
  readonly #taken: Time[] = [];
  readonly #from = WINDOWS.map(() => 0);
  #refused = 0;
  #mostPerMinute = 0;

  /** Whether a call at this time is answered; else it gets a 429. */
  take(now: Time): boolean {
    const open = WINDOWS.map(({ length }, nth) => this.#within(nth, now - length));
    const isRefused = WINDOWS.some(({ most }, nth) => (open[nth] ?? 0) >= most);
    if (isRefused) this.#refused += 1;
    else this.#taken.push(now);
    this.#mostPerMinute = Math.max(this.#mostPerMinute, (open[0] ?? 0) + Number(!isRefused));
    return !isRefused;
  }

  #within(nth: number, since: Time): number {
    let from = this.#from[nth] ?? 0;
    while ((this.#taken[from] ?? Infinity) <= since) from += 1;
    this.#from[nth] = from;
    return this.#taken.length - from;
  }

  get counted(): { readonly calls: number; readonly mostPerMinute: number; readonly refused: number } {
    return { calls: this.#taken.length, mostPerMinute: this.#mostPerMinute, refused: this.#refused };
  }
}
