import type { Clock } from '../../src/scan/ports.ts';
import type { Time } from '../../src/scan/ids.ts';

interface Alarm {
  at: Time;
  readonly ms: number;
  readonly call: () => void;
}

/** Time that passes when a test says so. Starts at the real time, which certificates and MSAL go by. */
export class FakeClock implements Clock {
  #now: Time;
  readonly #alarms = new Set<Alarm>();
  readonly #looks = new Set<() => void>();

  constructor(start: Time = Date.now()) {
    this.#now = start;
  }

  now(): Time {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    const alarm = { at: this.#now + ms, ms, call };
    this.#alarms.add(alarm);
    for (const look of [...this.#looks]) look();
    return () => {
      this.#alarms.delete(alarm);
    };
  }

  /** Resolves once somebody waits for exactly so long. */
  isWaitedFor(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (![...this.#alarms].some((alarm) => alarm.ms === ms)) return;
        this.#looks.delete(look);
        resolve();
      };
      this.#looks.add(look);
      look();
    });
  }

  /** Set to another time by somebody: alarms ring after as long a time as before. */
  jump(ms: number): void {
    this.#now += ms;
    for (const alarm of this.#alarms) alarm.at += ms;
  }

  /** Lets time pass; whatever was to ring meanwhile rings in its order. */
  advance(ms: number): void {
    const target = this.#now + ms;
    for (let next = this.#next(target); next !== undefined; next = this.#next(target)) {
      this.#now = Math.max(this.#now, next.at);
      this.#alarms.delete(next);
      next.call();
    }
    this.#now = target;
  }

  #next(until: Time): Alarm | undefined {
    return [...this.#alarms].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  }
}
