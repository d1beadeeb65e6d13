import type { Log } from '../log.ts';
import type { Clock } from '../scan/ports.ts';
import { HOUR } from '../scan/time.ts';
import type { Background } from './background.ts';

export interface SweepingParts {
  readonly store: { sweep(): Promise<number> };
  readonly clock: Clock;
  readonly log: Log;
  readonly background: Background;
}

const EVERY = HOUR;

/** Has the store let go of what is past its time, at the start and then every hour. */
export class Sweeping {
  readonly #parts: SweepingParts;
  #cancelNext: () => void = () => undefined;
  #stopped = false;

  constructor(parts: SweepingParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#parts.background.run('sweep', this.#sweep());
    this.#cancelNext = this.#parts.clock.after(EVERY, () => {
      if (!this.#stopped) this.start();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelNext();
  }

  async #sweep(): Promise<void> {
    const rows = await this.#parts.store.sweep();
    if (rows > 0) this.#parts.log.info({ rows }, 'What is past its time is gone from the store');
  }
}
