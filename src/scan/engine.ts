import type { Time } from './ids.ts';
import { LEASE, Leases } from './leases.ts';
import { writeOutcome } from './outcome.ts';
import type { Outcome, Worker } from './outcome.ts';
import type { Claim, Clock, Store } from './ports.ts';
import { WORK_KINDS } from './work-kind.ts';
import type { WorkKind } from './work-kind.ts';
import { MINUTE, SECOND } from './time.ts';

export interface EngineParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly workers: Readonly<Record<WorkKind, Worker>>;
  /** Logs an unexpected fault once and answers with its reference. */
  readonly onFault: (claim: Claim | undefined, fault: unknown) => string;
}

const AT_ONCE = 8;
/** A look holds everything that one person follows; Defender's quota leaves room for hardly more than one a second. */
const LOOKS_AT_ONCE = 3;
const MOST_FAILS = 8;
/** Also how late it is noticed, at most, that a row is free again. */
const LONGEST_REST = 10 * SECOND;
const SHORTEST_REST = 50;
/** A clock that is set right by less does no harm. */
const CLOCK_SKEW = 30 * SECOND;
/** Between two tries to write down what became of a row. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 2 * SECOND;
/** What people wait to read goes before what makes more of it. */
const TAKEN_IN_TURN = [...new Set<WorkKind>(['request', 'message', ...WORK_KINDS])];

/** Takes due rows and hands each to its worker. A row at rest costs nothing; waking is a call, a timer or a restart. */
export class Engine {
  readonly #parts: EngineParts;
  readonly #leases: Leases;
  readonly #running: Record<WorkKind, Set<Promise<void>>> = {
    request: new Set(),
    message: new Set(),
    errand: new Set(),
    follower: new Set(),
    confirmer: new Set(),
    search: new Set(),
    batch: new Set(),
  };
  #stopped = true;
  #pump: Promise<void> | undefined;
  #wanted = false;
  #hasLooked = false;
  #latest: Time = 0;
  /** How often in a row nothing could be taken at all. */
  #failures = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#leases = new Leases(parts);
  }

  /** What waited for a start of the process was looked for, and is under way as far as there are hands. */
  get hasLooked(): boolean {
    return this.#hasLooked;
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
    await Promise.allSettled(WORK_KINDS.flatMap((kind) => [...this.#running[kind]]));
  }

  async #takeAll(): Promise<void> {
    try {
      let looked: Time = 0;
      let next: Time | undefined;
      while (this.#isWoken()) {
        this.#wanted = false;
        looked = await this.#lookAtClock();
        next = await this.#takeDue(looked);
        this.#hasLooked = true;
      }
      this.#rest(looked, next);
      this.#failures = 0;
    } catch (fault) {
      this.#parts.onFault(undefined, fault);
      this.#wanted = false;
      this.#sleep(Math.min(LONGEST_REST, SECOND * 2 ** this.#failures));
      this.#failures += 1;
    }
  }

  /** Answers when the next row becomes due. Most kinds rest most of the time, and a claim is a write even when it takes nothing. */
  async #takeDue(now: Time): Promise<Time | undefined> {
    const times = await this.#parts.store.dueTimes(this.#freeKinds());
    const due = TAKEN_IN_TURN.filter((kind) => (times.get(kind) ?? Infinity) <= now);
    for (const kind of due) await this.#take(kind);
    // What has no free hand is not waited for: whoever finishes wakes the engine.
    return due.length === 0 ? earliest(times) : this.#parts.store.nextDue(this.#freeKinds());
  }

  #freeKinds(): readonly WorkKind[] {
    return TAKEN_IN_TURN.filter((kind) => this.#freeHands(kind) > 0);
  }

  /** Times that were set by a clock that has been set back since would be waited for in vain. */
  async #lookAtClock(): Promise<Time> {
    const now = this.#parts.clock.now();
    if (now < this.#latest - CLOCK_SKEW) await this.#parts.store.reconsider();
    this.#latest = now;
    return now;
  }

  #isWoken(): boolean {
    return this.#wanted && !this.#stopped;
  }

  async #take(kind: WorkKind): Promise<void> {
    const free = this.#freeHands(kind);
    if (free <= 0 || this.#stopped) return;
    const { store, clock } = this.#parts;
    const until = clock.now() + LEASE;
    for (const claim of await store.claim(kind, until, free)) {
      if (this.#isWorking()) this.#run(claim, until);
      else await store.putBack(claim, clock.now(), false);
    }
  }

  #freeHands(kind: WorkKind): number {
    return (kind === 'follower' ? LOOKS_AT_ONCE : AT_ONCE) - this.#running[kind].size;
  }

  #isWorking(): boolean {
    return !this.#stopped;
  }

  #run(claim: Claim, until: Time): void {
    const running = this.#running[claim.kind];
    const work = this.#leases
      .during(claim, until, () => this.#work(claim))
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
    await this.#settle(claim, await this.#outcome(claim));
  }

  async #outcome(claim: Claim): Promise<Outcome> {
    const { workers, clock, onFault } = this.#parts;
    const worker = workers[claim.kind];
    try {
      return await worker.work(claim);
    } catch (fault) {
      const reference = onFault(claim, fault);
      if (claim.fails + 1 >= MOST_FAILS) return worker.giveUp(claim, reference);
      return { is: 'again', at: clock.now() + Math.min(MINUTE, SECOND * 2 ** claim.fails), failed: true };
    }
  }

  /** What was done outside is done: while the row is held, a store that is away is no reason to do it again. */
  async #settle(claim: Claim, outcome: Outcome): Promise<void> {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      try {
        await writeOutcome(this.#parts.store, claim, outcome);
        return;
      } catch (fault) {
        const isLate = this.#parts.clock.now() + pause >= this.#leases.end(claim);
        if (isLate || this.#stopped) throw fault;
        await new Promise<void>((resolve) => this.#parts.clock.after(pause, resolve));
      }
    }
  }

  #rest(looked: Time, due: Time | undefined): void {
    if (this.#stopped) return;
    const now = this.#parts.clock.now();
    // It became due while others were taken.
    if (due !== undefined && due > looked && due <= now) this.#wanted = true;
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

function earliest(times: ReadonlyMap<WorkKind, Time>): Time | undefined {
  return times.size === 0 ? undefined : Math.min(...times.values());
}
