import type { Time } from './ids.ts';
import type { Claim, Clock, Store, WorkKind } from './ports.ts';
import { MINUTE, SECOND } from './time.ts';

/**
 * What became of a claimed row: `moved` by a commit of the handler's own, `done` with, to be taken `again` later
 * (a wait, no fault), or `dead`: impossible now and later.
 */
export type Outcome =
  | { readonly is: 'moved' }
  | { readonly is: 'done' }
  | { readonly is: 'again'; readonly at: Time; readonly failed?: boolean }
  | { readonly is: 'dead'; readonly why: string };

export const MOVED: Outcome = { is: 'moved' };
export const DONE: Outcome = { is: 'done' };

export function again(at: Time): Outcome {
  return { is: 'again', at };
}

export interface Worker {
  work(claim: Claim): Promise<Outcome>;
  /** The row failed for good: tell whoever waits for it. `reference` ties the words to the log. */
  giveUp(claim: Claim, reference: string): Promise<Outcome>;
}

export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly workers: Readonly<Record<WorkKind, Worker>>;
  /** Logs an unexpected fault once and answers with its reference. */
  readonly onFault: (claim: Claim | undefined, fault: unknown) => string;
}

/** Longer than any call that a handler makes: who still holds a lease is at work. */
export const LEASE = 60 * SECOND;
const AT_ONCE = 8;
const MOST_FAILS = 8;
const LONGEST_REST = 30 * SECOND;
const SHORTEST_REST = 50;
const KINDS: readonly WorkKind[] = ['request', 'message', 'errand', 'follower', 'confirmer', 'search'];

/** Takes due rows and hands each to its worker. A row at rest costs nothing; waking is a call, a timer or a restart. */
export class Engine {
  readonly #parts: EngineParts;
  readonly #running: Record<WorkKind, Set<Promise<void>>> = {
    request: new Set(),
    message: new Set(),
    errand: new Set(),
    follower: new Set(),
    confirmer: new Set(),
    search: new Set(),
  };
  #stopped = true;
  #pump: Promise<void> | undefined;
  #wanted = false;
  /** How often in a row nothing could be taken at all. */
  #failures = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stopped = false;
    this.wake();
  }

  /** Something became due. Cheap, and safe to call at any time. */
  wake(): void {
    this.#wanted = true;
    if (this.#pump !== undefined || this.#stopped) return;
    this.#pump = this.#takeAll().finally(() => {
      this.#pump = undefined;
      // A wake that came between the last look and here must not be lost.
      if (this.#isWoken()) this.wake();
    });
  }

  /** Takes nothing more and waits for what is being worked on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    await this.#pump;
    await Promise.allSettled(KINDS.flatMap((kind) => [...this.#running[kind]]));
  }

  async #takeAll(): Promise<void> {
    try {
      while (this.#isWoken()) {
        this.#wanted = false;
        for (const kind of KINDS) await this.#take(kind);
      }
      await this.#rest();
      this.#failures = 0;
    } catch (fault) {
      this.#parts.onFault(undefined, fault);
      this.#wanted = false;
      this.#sleep(Math.min(LONGEST_REST, SECOND * 2 ** this.#failures));
      this.#failures += 1;
    }
  }

  #isWoken(): boolean {
    return this.#wanted && !this.#stopped;
  }

  async #take(kind: WorkKind): Promise<void> {
    const free = this.#freeHands(kind);
    if (free <= 0 || this.#stopped) return;
    const { store, clock } = this.#parts;
    for (const claim of await store.claim(kind, clock.now() + LEASE, free)) {
      if (this.#isWorking()) this.#run(claim);
      else await store.putBack(claim, clock.now(), false);
    }
  }

  #freeHands(kind: WorkKind): number {
    return AT_ONCE - this.#running[kind].size;
  }

  #isWorking(): boolean {
    return !this.#stopped;
  }

  #run(claim: Claim): void {
    const running = this.#running[claim.kind];
    const work = this.#work(claim)
      .catch((fault: unknown) => {
        this.#parts.onFault(claim, fault);
      })
      .finally(() => {
        running.delete(work);
        this.wake();
      });
    running.add(work);
  }

  async #work(claim: Claim): Promise<void> {
    try {
      await this.#settle(claim, await this.#parts.workers[claim.kind].work(claim));
    } catch (fault) {
      await this.#failed(claim, this.#parts.onFault(claim, fault));
    }
  }

  async #failed(claim: Claim, reference: string): Promise<void> {
    const worker = this.#parts.workers[claim.kind];
    if (claim.fails + 1 >= MOST_FAILS) return this.#settle(claim, await worker.giveUp(claim, reference));
    const backoff = Math.min(MINUTE, SECOND * 2 ** claim.fails);
    await this.#parts.store.putBack(claim, this.#parts.clock.now() + backoff, true);
  }

  async #settle(claim: Claim, outcome: Outcome): Promise<void> {
    switch (outcome.is) {
      case 'moved':
        return;
      case 'done':
        return this.#parts.store.finish(claim);
      case 'again':
        return this.#parts.store.putBack(claim, outcome.at, outcome.failed ?? false);
      case 'dead':
        return this.#parts.store.bury(claim, outcome.why);
    }
  }

  async #rest(): Promise<void> {
    if (this.#stopped) return;
    const now = this.#parts.clock.now();
    // What has no free hand is not waited for: whoever finishes wakes the engine.
    const due = await this.#parts.store.nextDue(KINDS.filter((kind) => this.#freeHands(kind) > 0));
    this.#sleep(Math.max(SHORTEST_REST, Math.min(due === undefined ? LONGEST_REST : due - now, LONGEST_REST)));
  }

  #sleep(ms: number): void {
    if (this.#stopped) return;
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.clock.after(ms, () => {
      this.wake();
    });
  }
}
