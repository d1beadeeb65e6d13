import type { Clock } from '../scan/ports.ts';
import { HOUR } from '../scan/time.ts';
import type { Background } from './background.ts';

export interface HourlyParts {
  readonly clock: Clock;
  readonly background: Background;
  /** What faults of the work are noted under. */
  readonly what: string;
  readonly work: () => Promise<void>;
}

/** Work that is done at the start and then every hour. */
export class Hourly {
  readonly #parts: HourlyParts;
  #stopped = false;
  #cancelNext: () => void = () => undefined;

  constructor(parts: HourlyParts) {
    this.#parts = parts;
  }

  start(): void {
    const { clock, background, what, work } = this.#parts;
    background.run(what, work());
    this.#cancelNext = clock.after(HOUR, () => {
      if (!this.#stopped) this.start();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelNext();
  }
}
