import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { OwnCount } from '../../src/teams/own-count.ts';
import { TEAMS_PACE } from '../../src/teams/paced-sender.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const FEW = [{ length: MINUTE, most: 3 }];

describe('a count of messages that one process keeps', () => {
  it('never lets through more than any limit allows, and never makes anybody wait longer than that takes', async () => {
    const gap = fc.oneof(
      { weight: 20, arbitrary: fc.nat({ max: 900 }) },
      { weight: 1, arbitrary: fc.nat({ max: HOUR }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(gap, { minLength: 200, maxLength: 400 }), async (gaps) => {
        const count = new OwnCount();
        const sent: number[] = [];
        let now = NOON;
        for (const ms of gaps) {
          now += ms;
          const isFull = TEAMS_PACE.some(({ length, most }) => sent.filter((at) => at > now - length).length >= most);
          const retryAt = await count.take('a', TEAMS_PACE, now);
          assert.equal(retryAt !== undefined, isFull);
          if (retryAt === undefined) sent.push(now);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is paused until the latest time that anybody was told, for that place alone', async () => {
    const count = new OwnCount();
    await count.pause('a', NOON + MINUTE);
    await count.pause('a', NOON + SECOND);
    assert.equal(await count.take('a', FEW, NOON), NOON + MINUTE);
    assert.equal(await count.take('b', FEW, NOON), undefined);
    assert.equal(await count.take('a', FEW, NOON + MINUTE), undefined);
  });

  it('begins anew when the clock is set back by hours', async () => {
    const count = new OwnCount();
    for (let nth = 0; nth < 3; nth += 1) await count.take('a', FEW, NOON);
    assert.equal(await count.take('a', FEW, NOON), NOON + MINUTE);
    assert.equal(await count.take('a', FEW, NOON - 5 * HOUR), undefined);
  });
});
