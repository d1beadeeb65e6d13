import type { Time } from './ids.ts';
import type { Claim, Clock, Store } from './ports.ts';
import { MINUTE, SECOND } from './time.ts';

/** After a death its rows are free again this much later, at most. */
export const LEASE = 20 * SECOND;
/** Two renewals may fail before a lease is over. */
const RENEW_EVERY = 6 * SECOND;
/** Far longer than all calls of any handler together: what takes longer hangs, and is left to others. */
export const LONGEST_WORK = 20 * MINUTE;

interface Held {
  readonly since: Time;
  until: Time;
}

export interface LeaseParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly onFault: (claim: Claim | undefined, fault: unknown) => string;
}

/** Keeps what is being worked on: short leases, renewed as long as the work goes on, so that no handler outlasts its own. */
export class Leases {
  readonly #parts: LeaseParts;
  readonly #held = new Map<Claim, Held>();
  #isTicking = false;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
  }

  /** While `work` goes on the row stays with whoever has taken it. */
  async during(claim: Claim, until: Time, work: () => Promise<void>): Promise<void> {
    this.#held.set(claim, { since: this.#parts.clock.now(), until });
    this.#tick();
    try {
      await work();
    } finally {
      this.#held.delete(claim);
    }
  }

  /** When others may take the row, as far as is known here. */
  end(claim: Claim): Time {
    return this.#held.get(claim)?.until ?? 0;
  }

  #tick(): void {
    if (this.#isTicking || this.#held.size === 0) return;
    this.#isTicking = true;
    this.#parts.clock.after(RENEW_EVERY, () => {
      this.#isTicking = false;
      this.#tick();
      void this.#renewAll();
    });
  }

  async #renewAll(): Promise<void> {
    try {
      for (const [claim, held] of this.#held) await this.#renew(claim, held);
    } catch (fault) {
      // The next turn tries again; until then the leases last.
      this.#parts.onFault(undefined, fault);
    }
  }

  async #renew(claim: Claim, held: Held): Promise<void> {
    const { store, clock } = this.#parts;
    const until = clock.now() + LEASE;
    if (clock.now() - held.since > LONGEST_WORK) return;
    if (await store.renew(claim, until)) held.until = until;
  }
}
