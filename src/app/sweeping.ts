import type { Log } from '../log.ts';
import type { Clock } from '../scan/ports.ts';
import type { Background } from './background.ts';
import { Hourly } from './hourly.ts';

export interface SweepingParts {
  readonly store: { sweep(): Promise<number> };
  readonly clock: Clock;
  readonly log: Log;
  readonly background: Background;
}

/** Has the store let go of what is past its time, at the start and then every hour. */
export class Sweeping {
  readonly #parts: SweepingParts;
  readonly #hourly: Hourly;

  constructor(parts: SweepingParts) {
    const { clock, background } = parts;
    this.#parts = parts;
    this.#hourly = new Hourly({ clock, background, what: 'sweep', work: () => this.#sweep() });
  }

  start(): void {
    this.#hourly.start();
  }

  stop(): void {
    this.#hourly.stop();
  }

  async #sweep(): Promise<void> {
    const rows = await this.#parts.store.sweep();
    if (rows > 0) this.#parts.log.info({ rows }, 'What is past its time is gone from the store');
  }
}
