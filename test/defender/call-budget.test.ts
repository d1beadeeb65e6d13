import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { StoreCallBudget } from '../../src/defender/call-budget.ts';
import type { DefenderApi } from '../../src/defender/call-budget.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { KeptStore } from '../../src/store/kept-store.ts';
import { FakeClock } from '../support/fake-clock.ts';

const API = 'list-scans';
const GAPS = fc.array(fc.integer({ min: 0, max: SECOND }), { minLength: 150, maxLength: 300 });

function mostWithin(times: readonly number[], length: number): number {
  return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + length).length));
}

describe('the call budget', () => {
  let dir: string;
  let store: KeptStore;
  let budget: StoreCallBudget;
  /** Always beyond every window of what was asked before. */
  let start = 0;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'budget-'));
    store = await openStore({ dataDir: dir, clock: new FakeClock(), log: { warn: () => undefined } });
    budget = new StoreCallBudget(store.calls);
  });

  beforeEach(nextTime);

  after(async () => {
    await store.close();
    rmSync(dir, { recursive: true });
  });

  function nextTime(): void {
    start += 100 * HOUR;
  }

  async function isLetThrough(api: DefenderApi, reserve: boolean, now: number): Promise<boolean> {
    return (await budget.take(api, { reserve }, now)).ok;
  }

  /** Takes at the given times; answers those that were let through. */
  async function taken(gaps: readonly number[], reserve: boolean): Promise<readonly number[]> {
    nextTime();
    const times: number[] = [];
    let now = start;
    for (const gap of gaps) {
      now += gap;
      if (await isLetThrough(API, reserve, now)) times.push(now);
    }
    return times;
  }

  it('never lets more than 95 calls through within any minute', async () => {
    await fc.assert(
      fc.asyncProperty(GAPS, async (gaps) => {
        assert.ok(mostWithin(await taken(gaps, true), MINUTE) <= 95);
      }),
      { numRuns: 10 },
    );
    const rush = await taken(new Array<number>(300).fill(SECOND / 2), true);
    assert.equal(mostWithin(rush, MINUTE), 95);
  });

  it('never lets more than 1,425 calls through within any hour', async () => {
    const times = await taken([...new Array<number>(1500).fill(SECOND), HOUR - 1450 * SECOND, 0, 0], true);
    assert.equal(mostWithin(times, HOUR), 1425);
    assert.ok(times.length > 1425);
  });

  it('keeps a fifth for people’s own actions', async () => {
    const count = async (reserve: boolean): Promise<number> => {
      let calls = 0;
      while (await isLetThrough(API, reserve, start)) calls += 1;
      return calls;
    };
    assert.equal(await count(false), 76);
    assert.equal(await count(true), 19);
  });

  it('never lets following use the reserve', async () => {
    const rush = await taken(new Array<number>(300).fill(SECOND / 2), false);
    assert.equal(mostWithin(rush, MINUTE), 76);
    assert.equal(mostWithin(await taken(new Array<number>(1200).fill(SECOND), false), HOUR), 1140);
  });

  it('names the earliest time at which there is room', async () => {
    await fc.assert(
      fc.asyncProperty(GAPS, fc.boolean(), async (gaps, reserve) => {
        nextTime();
        let now = start;
        for (const gap of gaps) {
          now += gap;
          const allowance = await budget.take(API, { reserve }, now);
          if (allowance.ok) continue;
          assert.ok(allowance.retryAt > now);
          assert.ok(!(await isLetThrough(API, reserve, allowance.retryAt - 1)));
          now = allowance.retryAt;
          assert.ok(await isLetThrough(API, reserve, now));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('counts each API on its own', async () => {
    while (await isLetThrough(API, true, start));
    assert.ok(await isLetThrough('start-scan', true, start));
  });

  it('heeds what Defender says, for everybody, and only for that API', async () => {
    await budget.heed(API, start + 30 * SECOND);
    await budget.heed(API, start + 10 * SECOND);
    const another = new StoreCallBudget(store.calls);
    const refused = { ok: false, retryAt: start + 30 * SECOND };
    assert.deepEqual(await another.take(API, { reserve: true }, start), refused);
    assert.ok(await isLetThrough('start-scan', true, start));
    assert.ok(await isLetThrough(API, true, start + 30 * SECOND));
  });

  it('is no budget while it cannot be counted: the call is not made', async () => {
    const fault = new Error('no database');
    const count = { take: () => Promise.reject(fault), pause: () => Promise.reject(fault) };
    await assert.rejects(new StoreCallBudget(count).take(API, { reserve: true }, start), fault);
  });
});
