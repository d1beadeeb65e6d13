import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ThreadId, Time } from '../../src/scan/ids.ts';
import type { Claim, Store } from '../../src/scan/ports.ts';
import type { WorkKind } from '../../src/scan/work-kind.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { SECOND } from '../../src/scan/time.ts';
import { alice, errandOf, messageOf, moved, requestOf, stages } from './records.ts';
import { StillClock } from './suite.ts';
import type { OpenEmpty } from './suite.ts';

const KINDS = ['request', 'errand', 'follower', 'message'] as const;
const kind = fc.constantFrom(...KINDS);
const few = fc.nat({ max: 2 });

type Step =
  | { readonly do: 'ask' | 'say' | 'errand'; readonly which: number }
  | { readonly do: 'move'; readonly which: number; readonly behind: boolean; readonly to: keyof typeof stages }
  | { readonly do: 'follow' | 'pass'; readonly seconds: number }
  | { readonly do: 'sign-in' }
  | { readonly do: 'claim'; readonly kind: WorkKind; readonly limit: number }
  | { readonly do: 'finish' | 'fail' | 'bury'; readonly nth: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('ask', 'say', 'errand'), which: few }),
  fc.record({
    do: fc.constant('move'),
    which: few,
    behind: fc.boolean(),
    to: fc.constantFrom(...(Object.keys(stages) as (keyof typeof stages)[])),
  }),
  fc.record({ do: fc.constantFrom('follow', 'pass'), seconds: fc.nat({ max: 40 }) }),
  fc.record({ do: fc.constant('sign-in') }),
  fc.record({ do: fc.constant('claim'), kind, limit: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('claim'), kind, limit: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constantFrom('finish', 'fail', 'bury'), nth: fc.nat({ max: 5 }) }),
);

interface Lease {
  readonly claim: Claim;
  readonly until: Time;
  /** Ended, or taken away by a move. */
  over: boolean;
}

/** Does what it is told to a store, and looks each time whether the promises hold. */
class Walk {
  readonly #store: Store;
  readonly #clock: StillClock;
  readonly #requests = new Map<number, ScanRequest>();
  readonly #threadOf = new Map<string, ThreadId>();
  readonly #ended = new Set<string>();
  readonly #leases: Lease[] = [];
  #said = 0;

  constructor(store: Store, clock: StillClock) {
    this.#store = store;
    this.#clock = clock;
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'ask':
        return this.#ask(step.which);
      case 'say':
        return this.#say(step.which);
      case 'errand':
        await this.#store.commit({ errand: errandOf(`errand ${step.which}`) });
        return;
      case 'move':
        return this.#move(step);
      case 'follow':
        await this.#store.commit({ follow: { who: alice.id, at: this.#clock.time + step.seconds * SECOND } });
        return;
      case 'pass':
        this.#clock.time += step.seconds * SECOND;
        return;
      case 'sign-in':
        await this.#store.commit({ signedIn: alice.id });
        return;
      case 'claim':
        return this.#claim(step.kind, step.limit);
      case 'finish':
      case 'fail':
      case 'bury':
        return this.#end(step.do, step.nth);
    }
  }

  async #ask(which: number): Promise<void> {
    const after = requestOf({ id: `request ${which}`, askedAt: this.#clock.time });
    const isNew = !this.#requests.has(which);
    assert.equal(await this.#store.commit({ move: { before: undefined, after } }), isNew);
    if (isNew) this.#requests.set(which, after);
  }

  async #move({ which, behind, to }: Step & { readonly do: 'move' }): Promise<void> {
    const held = this.#requests.get(which);
    if (held === undefined) return;
    const before = behind ? { ...held, rev: held.rev - 1 } : held;
    const after = moved(before, stages[to]);
    assert.equal(await this.#store.commit({ move: { before, after } }), !behind);
    if (!behind) {
      this.#requests.set(which, after);
      for (const lease of this.#leases) if (lease.claim.id === after.id) lease.over = true;
    }
    assert.deepEqual(await this.#store.request(held.id), this.#requests.get(which));
  }

  async #say(which: number): Promise<void> {
    const id = String(this.#said++).padStart(6, '0');
    const thread = `thread ${which}` as ThreadId;
    this.#threadOf.set(id, thread);
    await this.#store.commit({ messages: [messageOf(id, thread)] });
  }

  async #claim(kind: WorkKind, limit: number): Promise<void> {
    const next = await this.#store.nextDue();
    const until = this.#clock.time + 20 * SECOND;
    const claims = await this.#store.claim(kind, until, limit);
    assert.ok(claims.length <= limit);
    if (claims.length > 0) assert.ok(next !== undefined && next <= this.#clock.time);
    for (const claim of claims) {
      if (kind === 'message') this.#isHead(claim.id);
      for (const lease of this.#leases) this.#isFree(lease, claim);
      this.#leases.push({ claim, until, over: false });
    }
  }

  #isHead(id: string): void {
    const thread = this.#threadOf.get(id);
    for (const [other, where] of this.#threadOf) {
      if (where === thread && other < id) assert.ok(this.#ended.has(other), `${id} overtook ${other}`);
    }
  }

  #isFree(lease: Lease, { kind, id, attempt }: Claim): void {
    if (lease.claim.kind !== kind || lease.claim.id !== id) return;
    assert.ok(lease.over || lease.until <= this.#clock.time, 'leased twice');
    // An errand may be gone and come again under the same id.
    if (kind !== 'errand') assert.ok(attempt > lease.claim.attempt, 'an old claim could still write');
    lease.over = true;
  }

  async #end(how: 'finish' | 'fail' | 'bury', nth: number): Promise<void> {
    const lease = this.#leases.at(-1 - nth);
    if (lease === undefined || (lease.over && lease.claim.kind === 'errand')) return;
    const { claim } = lease;
    if (how === 'finish') await this.#store.finish(claim);
    if (how === 'fail') await this.#store.putBack(claim, this.#clock.time + 5 * SECOND, true);
    if (how === 'bury') await this.#store.bury(claim, 'why');
    if (!lease.over && how !== 'fail' && claim.kind === 'message') this.#ended.add(claim.id);
    lease.over = true;
  }

  /** Whoever sleeps until `nextDue` misses nothing and wakes for nothing. */
  async rest(): Promise<void> {
    const next = await this.#store.nextDue();
    if (next === undefined) return;
    this.#clock.time = Math.max(this.#clock.time, next);
    const claims = await Promise.all(KINDS.map((each) => this.#store.claim(each, this.#clock.time + SECOND, 99)));
    assert.ok(claims.flat().length > 0, 'woken for nothing');
    assert.ok((await this.#store.nextDue())! > this.#clock.time, 'something due was left');
  }
}

export function describeInvariants(open: OpenEmpty, numRuns: number): void {
  it('keeps its promises whatever happens in whatever order', async function () {
    this.timeout(180_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const clock = new StillClock();
        const { store, remove } = await open(clock);
        try {
          const walk = new Walk(store, clock);
          for (const each of steps) await walk.take(each);
          await walk.rest();
        } finally {
          await remove();
        }
      }),
      { numRuns },
    );
  });
}
