import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StoreCallBudget } from '../../src/defender/call-budget.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { MemoryCallBudget } from '../defender/memory-call-budget.ts';
import { NOON } from './records.ts';
import { StillClock } from './suite.ts';
import type { OnBench, OpenEmpty } from './suite.ts';

const API = 'list-scans';
const FEW = [{ length: MINUTE, most: 3 }];

/** Mostly so quick that a minute does not hold all of them, now and then a long rest. */
const gap = fc.oneof(
  { weight: 60, arbitrary: fc.nat({ max: 300 }) },
  { weight: 1, arbitrary: fc.nat({ max: MINUTE }) },
);
const call = fc.record({ gap, reserve: fc.boolean(), api: fc.constantFrom(API, 'start-scan') });

export function describeCallCount(onBench: OnBench, open: OpenEmpty): void {
  describe('a count of calls', () => {
    it('lets through exactly what a plain list of all calls lets through', async () => {
      const { store, remove } = await open(new StillClock());
      let now = NOON;
      let refused = 0;
      try {
        await fc.assert(
          fc.asyncProperty(fc.array(call, { minLength: 250, maxLength: 350 }), async (calls) => {
            // Everything of the run before has left every window.
            now += 2 * HOUR;
            const [plain, budget] = [new MemoryCallBudget(), new StoreCallBudget(store.calls)];
            for (const { gap, reserve, api } of calls) {
              now += gap;
              const allowance = plain.take(api, { reserve }, now);
              assert.deepEqual(await budget.take(api, { reserve }, now), allowance);
              if (!allowance.ok) refused += 1;
            }
          }),
          { numRuns: 4 },
        );
        assert.ok(refused > 0);
      } finally {
        await remove();
      }
    });

    it(
      'counts callers that come at once one after the other',
      onBench(async ({ store }) => {
        const asked = Array.from({ length: 20 }, () => store.calls.take('q', FEW, NOON));
        const answers = await Promise.all(asked);
        assert.equal(answers.filter((retryAt) => retryAt === undefined).length, 3);
        assert.deepEqual(new Set(answers), new Set([undefined, NOON + MINUTE]));
      }),
    );

    it(
      'waits for the limit that opens last',
      onBench(async ({ store }) => {
        const limits = [...FEW, { length: HOUR, most: 4 }];
        for (const at of [0, 1, 2]) assert.equal(await store.calls.take('q', limits, NOON + at), undefined);
        assert.equal(await store.calls.take('q', limits, NOON + 3), NOON + MINUTE);
        assert.equal(await store.calls.take('q', limits, NOON + MINUTE), undefined);
        assert.equal(await store.calls.take('q', limits, NOON + MINUTE + 2), NOON + HOUR);
      }),
    );

    it(
      'is paused until the latest time that anybody was told, for that quota alone',
      onBench(async ({ store }) => {
        await store.calls.pause('q', NOON + MINUTE);
        await store.calls.pause('q', NOON + SECOND);
        assert.equal(await store.calls.take('q', FEW, NOON), NOON + MINUTE);
        assert.equal(await store.calls.take('other', FEW, NOON), undefined);
        assert.equal(await store.calls.take('q', FEW, NOON + MINUTE), undefined);
      }),
    );

    it(
      'takes a clock of another replica that is a little ahead for its own',
      onBench(async ({ store }) => {
        for (const at of [9 * SECOND, 0, 0]) assert.equal(await store.calls.take('q', FEW, NOON + at), undefined);
        const later = NOON + 9 * SECOND + MINUTE;
        assert.equal(await store.calls.take('q', FEW, NOON), later);
        assert.equal(await store.calls.take('q', [{ length: MINUTE, most: 1 }], NOON), later);
      }),
    );

    it(
      'goes on as before when the clock is set back by hours',
      onBench(async ({ store }) => {
        for (let nth = 0; nth < 3; nth += 1) await store.calls.take('q', FEW, NOON);
        await store.calls.pause('q', NOON + 2 * MINUTE);
        const earlier = NOON - 5 * HOUR;
        assert.equal(await store.calls.take('q', FEW, earlier), earlier + 2 * MINUTE);
        assert.equal(await store.calls.take('q', FEW, earlier + 2 * MINUTE), undefined);
      }),
    );

    it(
      'is kept for a day',
      onBench(async ({ store, clock }) => {
        await store.calls.take('q', FEW, NOON);
        clock.time = NOON + 24 * HOUR;
        assert.equal(await store.sweep(), 0);
        clock.time += 1;
        assert.equal(await store.sweep(), 2, 'the call, and the quota that nobody uses');
        assert.equal(await store.calls.take('q', FEW, clock.time), undefined);
      }),
    );
  });
}
