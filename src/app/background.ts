import { randomBytes } from 'node:crypto';
import type { Log } from '../log.ts';
import type { Metrics } from './metrics.ts';
import type { Claim } from '../scan/ports.ts';

/** Short enough to read out on the phone, long enough to find one line. */
export function newReference(): string {
  return randomBytes(4).toString('hex');
}

/** Faults that nobody expected: each is logged once, with the reference that people are told. */
export class Faults {
  readonly #log: Log;
  readonly #metrics: Metrics;

  constructor(log: Log, metrics: Metrics) {
    this.#log = log;
    this.#metrics = metrics;
  }

  note(where: string, fault: unknown, facts: { readonly reference?: string; readonly row?: string } = {}): string {
    const reference = facts.reference ?? newReference();
    this.#metrics.fault(where);
    this.#log.error({ ...facts, reference, where, err: fault }, 'Something unexpected happened');
    return reference;
  }

  /** In a row's work; without a claim, in taking rows at all. */
  readonly inWork = (claim: Claim | undefined, fault: unknown): string =>
    this.note(claim?.kind ?? 'engine', fault, claim === undefined ? {} : { row: claim.id });
}

/** Work that nobody waits for, kept in sight: its faults are logged, and closing waits for it. */
export class Background {
  readonly #faults: Faults;
  readonly #running = new Set<Promise<void>>();

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  readonly run = (what: string, work: Promise<unknown>): void => {
    const watched = work
      .then(() => undefined)
      .catch((fault: unknown) => {
        this.#faults.note(what, fault);
      })
      .finally(() => this.#running.delete(watched));
    this.#running.add(watched);
  };

  async settled(): Promise<void> {
    await Promise.allSettled([...this.#running]);
  }
}
