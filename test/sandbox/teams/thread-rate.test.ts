import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SECOND } from '../../../src/scan/time.ts';
import { ThreadRate } from '../../../src/sandbox/teams/thread-rate.ts';

describe('the rate of a thread', () => {
  const takeMany = (rate: ThreadRate, times: number, now: number): readonly (number | undefined)[] =>
    Array.from({ length: times }, () => rate.take('a', now));

  it('is seven in a second and eight in two', () => {
    const rate = new ThreadRate();
    assert.deepEqual(takeMany(rate, 8, 0).at(-1), 1);
    assert.equal(rate.take('a', SECOND), undefined);
    assert.equal(rate.take('a', SECOND), 1);
    assert.equal(rate.take('a', 2 * SECOND), undefined);
  });

  it('is counted for each thread by itself', () => {
    const rate = new ThreadRate();
    takeMany(rate, 8, 0);
    assert.equal(rate.take('b', 0), undefined);
  });

  it('never lets more than sixty through in thirty seconds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 150 }), (gaps) => {
        const rate = new ThreadRate();
        let now = 0;
        const passed: number[] = [];
        for (const gap of gaps) {
          now += gap;
          if (rate.take('a', now) === undefined) passed.push(now);
        }
        return passed.every((at) => passed.filter((other) => other > at - 30 * SECOND && other <= at).length <= 60);
      }),
    );
  });

  it('opens again when the wait that it told is over', () => {
    const rate = new ThreadRate();
    for (let now = 0; now < 60 * 260; now += 260) rate.take('a', now);
    const wait = rate.take('a', 60 * 260);
    assert.equal(rate.take('a', 60 * 260 + (wait ?? 0) * SECOND), undefined);
  });
});
