import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemoryCallBudget } from '../../src/defender/call-budget.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';

const API = 'list-scans';

/** Takes at the given times; answers those that were let through. */
function taken(gaps: readonly number[], reserve: (index: number) => boolean): readonly number[] {
  const budget = new MemoryCallBudget();
  let now = 0;
  return gaps.flatMap((gap, index) => {
    now += gap;
    return budget.take(API, { reserve: reserve(index) }, now).ok ? [now] : [];
  });
}

function mostWithin(times: readonly number[], length: number): number {
  return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + length).length));
}

const GAPS = fc.array(fc.integer({ min: 0, max: 2 * SECOND }), { minLength: 50, maxLength: 400 });

describe('the call budget', () => {
  it('never lets more than 95 calls through within any minute', () => {
    fc.assert(
      fc.property(GAPS, (gaps) => {
        assert(
          mostWithin(
            taken(gaps, () => true),
            MINUTE,
          ) <= 95,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('never lets more than 1,425 calls through within any hour', () => {
    const times = taken(new Array<number>(6000).fill(SECOND), () => true);
    assert.equal(mostWithin(times, HOUR), 1425);
  });

  it('keeps a fifth for people’s own actions', () => {
    const budget = new MemoryCallBudget();
    const count = (reserve: boolean): number => {
      let calls = 0;
      while (budget.take(API, { reserve }, 0).ok) calls += 1;
      return calls;
    };
    assert.equal(count(false), 76);
    assert.equal(count(true), 19);
  });

  it('never lets following use the reserve', () => {
    fc.assert(
      fc.property(GAPS, (gaps) => {
        assert(
          mostWithin(
            taken(gaps, () => false),
            MINUTE,
          ) <= 76,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('names the earliest time at which there is room', () => {
    fc.assert(
      fc.property(GAPS, fc.boolean(), (gaps, reserve) => {
        const budget = new MemoryCallBudget();
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const allowance = budget.take(API, { reserve }, now);
          if (allowance.ok) continue;
          assert(allowance.retryAt > now);
          assert(!budget.take(API, { reserve }, allowance.retryAt - 1).ok);
          now = allowance.retryAt;
          assert(budget.take(API, { reserve }, now).ok);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('counts each API on its own', () => {
    const budget = new MemoryCallBudget();
    while (budget.take(API, { reserve: true }, 0).ok);
    assert(budget.take('start-scan', { reserve: true }, 0).ok);
  });

  it('heeds what Defender says, for everybody, and only for that API', () => {
    const budget = new MemoryCallBudget();
    budget.heed(API, 30 * SECOND);
    budget.heed(API, 10 * SECOND);
    assert.deepEqual(budget.take(API, { reserve: true }, 0), { ok: false, retryAt: 30 * SECOND });
    assert(budget.take('start-scan', { reserve: true }, 0).ok);
    assert(budget.take(API, { reserve: true }, 30 * SECOND).ok);
  });
});
