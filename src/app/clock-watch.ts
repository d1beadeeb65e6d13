import type { Log } from '../log.ts';
import type { Time } from '../scan/ids.ts';
import { SECOND } from '../scan/time.ts';

/** Two readings of one moment: what the clock shows, and the time that has really passed. */
export interface Moment {
  readonly shown: Time;
  readonly passed: Time;
}

const LOOK_EVERY = 10 * SECOND;
/** What the engine takes for a clock that was set. */
const WORTH_A_WORD = 30 * SECOND;

/** Tells the operator that the clock was set, or the machine slept: times in the store are off by as much. */
export class ClockWatch {
  readonly #log: Log;
  readonly #read: () => Moment;
  #last: Moment;

  constructor(log: Log, read: () => Moment = readSystem) {
    this.#log = log;
    this.#read = read;
    this.#last = read();
  }

  /** Keeps no process alive. */
  start(): void {
    setInterval(() => {
      this.look();
    }, LOOK_EVERY).unref();
  }

  look(): void {
    const { shown, passed } = this.#last;
    this.#last = this.#read();
    const jump = this.#last.shown - shown - (this.#last.passed - passed);
    if (Math.abs(jump) < WORTH_A_WORD) return;
    const facts = { seconds: Math.round(jump / SECOND) };
    this.#log.warn(facts, `The clock was set ${jump > 0 ? 'forward' : 'back'}: what waits is looked at anew`);
  }
}

function readSystem(): Moment {
  return { shown: Date.now(), passed: performance.now() };
}
