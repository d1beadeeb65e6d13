import { SECOND } from '../../src/scan/time.ts';
import type { Postgres } from '../../test/support/postgres.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Random } from '../random.ts';
import type { TimeLapse } from '../time/lapse.ts';

export interface DatabaseParts {
  readonly server: Postgres;
  readonly ledger: Ledger;
  readonly lapse: TimeLapse;
  readonly random: Random;
}

/** Kills the database server now and then, and starts it again. */
export class DatabaseLife {
  readonly #parts: DatabaseParts;
  #peace = false;
  #wakeUp: () => void = () => undefined;
  #lived: Promise<void> = Promise.resolve();

  constructor(parts: DatabaseParts) {
    this.#parts = parts;
  }

  /** `lives`: seconds, on average. */
  begin(lives: number): void {
    this.#lived = this.#live(lives);
  }

  /** Resolves when the server is up and stays so. */
  async peace(): Promise<void> {
    this.#peace = true;
    this.#wakeUp();
    await this.#lived;
  }

  async #live(lives: number): Promise<void> {
    const { server, ledger, lapse, random } = this.#parts;
    for (;;) {
      await this.#wait(random.wait(lives));
      if (this.#peace) return;
      ledger.add({ what: 'blow', at: lapse.now(), who: 'the database', how: 'killed' });
      await server.kill();
      await lapse.sleep(random.between(0, 20) * SECOND);
      await server.up();
      ledger.add({ what: 'blow', at: lapse.now(), who: 'the database', how: 'starts' });
    }
  }

  #wait(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = seconds === Infinity ? undefined : setTimeout(resolve, (seconds * SECOND) / this.#parts.lapse.pace);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#peace) this.#wakeUp();
    });
  }
}
