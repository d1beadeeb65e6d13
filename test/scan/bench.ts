import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome, Worker } from '../../src/scan/outcome.ts';
import { Engine } from '../../src/scan/engine.ts';
import { DONE } from '../../src/scan/outcome.ts';
import type { Claim, Store } from '../../src/scan/ports.ts';
import type { WorkKind } from '../../src/scan/work-kind.ts';
import { wakingStore } from '../../src/app/waking-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { NOON } from '../support/requests.ts';

/** The embedded store on a disk, under a clock of our own. */
export class Bench {
  readonly clock: FakeClock;
  /** Wakes the engine after each commit. */
  readonly store: Store;
  readonly faults: unknown[] = [];
  readonly #dir: string;
  #engine: Engine | undefined;

  private constructor(store: Store, dir: string, clock: FakeClock) {
    this.store = wakingStore(store, () => this.#engine?.wake());
    this.#dir = dir;
    this.clock = clock;
  }

  static async open(): Promise<Bench> {
    const dir = mkdtempSync(join(tmpdir(), 'scan-bench-'));
    const clock = new FakeClock(NOON);
    const store = await openStore({ dataDir: dir, clock, log: { warn: () => undefined } });
    return new Bench(store, dir, clock);
  }

  /** Kinds without a worker are done at once. */
  engine(workers: Partial<Record<WorkKind, Worker>>, store: Store = this.store): Engine {
    const all = { ...everyKind(workerOf(() => Promise.resolve(DONE))), ...workers };
    const onFault = (_claim: Claim | undefined, fault: unknown): string => `fault-${this.faults.push(fault)}`;
    this.#engine = new Engine({ store, clock: this.clock, workers: all, onFault });
    this.#engine.start();
    return this.#engine;
  }

  async close(): Promise<void> {
    await this.#engine?.stop();
    await this.store.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** Lets time pass and everything happen that is due by then. */
  async passes(ms: number): Promise<void> {
    this.clock.advance(ms);
    await quiet();
  }
}

export function everyKind(worker: Worker): Record<WorkKind, Worker> {
  return {
    request: worker,
    message: worker,
    errand: worker,
    follower: worker,
    confirmer: worker,
    search: worker,
    batch: worker,
  };
}

export function workerOf(work: (claim: Claim) => Promise<Outcome>, giveUp: Worker['giveUp'] = neverGivenUp): Worker {
  return { work, giveUp };
}

function neverGivenUp(claim: Claim): Promise<Outcome> {
  return Promise.reject(new Error(`${claim.kind} ${claim.id} was given up`));
}

/** Until all that needs no clock and no network has happened. */
export async function quiet(): Promise<void> {
  for (let turns = 0; turns < 30; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Something that handlers meet at: they wait until it is opened. */
export class Gate {
  readonly #waiting: (() => void)[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  pass(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Lets the one pass that has waited longest. */
  open(): void {
    const first = this.#waiting.shift();
    assert(first !== undefined, 'nobody waits here');
    first();
  }
}
