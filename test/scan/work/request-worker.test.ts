import assert from 'node:assert/strict';
import type { Decision } from '../../../src/scan/decision.ts';
import type { ActionId, RequestId } from '../../../src/scan/ids.ts';
import { START_WITHIN } from '../../../src/scan/decided.ts';
import { approve, LONGEST_CALL, LOOKS } from '../../../src/scan/moves.ts';
import { answered, refused } from '../../../src/scan/refusal.ts';
import type { ScanRequest } from '../../../src/scan/scan-request.ts';
import type { Approved, Closed, Following, Proposed, Stage } from '../../../src/scan/stage.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/scan/time.ts';
import { alice, laptop, NOON, requestIn, scanOf, submitting } from '../../support/requests.ts';
import type { ScriptedDefender } from '../scripted-defender.ts';
import { Workshop } from '../workshop.ts';

const FIRST_LOOK = LONGEST_CALL + LOOKS[0];

function approved(facts: Partial<Approved> = {}): Approved {
  const content = { type: 'Full', comment: 'Check' } as const;
  const counts = { wait: undefined, posts: 0, lost: 0, until: NOON + START_WITHIN };
  return { name: 'approved', device: laptop, content, by: alice.id, at: NOON, ...counts, ...facts };
}

const sentMeanwhile: ScanRequest = {
  ...requestIn({ ...submitting(), lookAt: NOON + HOUR }),
  id: '0f0f0f0f-0000-4000-8000-00000000000f' as RequestId,
  sentAt: NOON,
};

describe('a decided scan', () => {
  let shop: Workshop;

  beforeEach(async () => {
    shop = await Workshop.open();
  });

  afterEach(() => shop.close());

  const starts = (): number => shop.defender.asked.filter((call) => call.startsWith('start')).length;

  it('has its own time to start, however late it was decided', () => {
    const stage: Proposed = { name: 'proposed', device: laptop, busy: undefined, until: NOON + SECOND };
    const write = approve(requestIn(stage), { type: 'Full', comment: 'Check' }, alice.id, NOON);
    assert.equal((write.move?.after.stage as Approved).until, NOON + START_WITHIN);
  });

  it('is not sent once its time is over, and says so', async () => {
    const request = await shop.put(approved({ wait: { for: 'defender', until: NOON + 3 * HOUR } }));
    await shop.bench.passes(START_WITHIN);
    assert.deepEqual([(await shop.stageOf(request)).name, starts()], ['closed', 0]);
    assert.equal(((await shop.stageOf(request)) as Closed).why, 'expired');
    assert.deepEqual(shop.said, ['card', 'ended']);
  });

  it('is not sent when another one took the last room after it was judged, and is judged again', async () => {
    const room = [{ of: { device: laptop.id }, since: NOON - HOUR, most: 1 }];
    const rulings: Decision[] = [
      { kind: 'approvals', demands: [], rule: 'default', room },
      { kind: 'refuse', rule: 'default', reason: { why: 'cool-down', until: NOON + HOUR } },
    ];
    shop.judged = async () => {
      const ruling = rulings.shift();
      assert(ruling !== undefined);
      if (rulings.length === 1) await shop.bench.store.commit({ move: { before: undefined, after: sentMeanwhile } });
      return ruling;
    };
    const request = await shop.put(approved());
    await shop.bench.passes(0);
    assert.deepEqual([((await shop.stageOf(request)) as Closed).why, starts()], ['not-allowed', 0]);
  });

  it('is not sent when scans were paused after it was judged, and is judged again', async () => {
    const reason = { why: 'paused', reason: 'an incident' } as const;
    const rulings: Decision[] = [
      { kind: 'approvals', demands: [], rule: 'default' },
      { kind: 'refuse', rule: 'default', reason },
    ];
    const halt = { is: 'paused', by: alice.id, name: 'Alice', at: NOON, reason: 'an incident' } as const;
    shop.judged = async () => {
      const ruling = rulings.shift();
      assert(ruling !== undefined);
      if (rulings.length === 1) await shop.bench.store.commit({ halt });
      return ruling;
    };
    const request = await shop.put(approved());
    await shop.bench.passes(0);
    assert.deepEqual([((await shop.stageOf(request)) as Closed).noScan, starts()], [reason, 0]);
  });

  describe('under rules that look at devices', () => {
    beforeEach(() => {
      shop.looks = true;
      shop.judged = ({ device: { tags = [] } }) => {
        const reason = { why: 'policy', reason: 'No.', rule: 'Tier 0', unknown: [] } as const;
        if (tags.includes('Tier0')) return Promise.resolve({ kind: 'refuse', rule: 'Tier 0', reason });
        return Promise.resolve({ kind: 'approvals', demands: [], rule: 'default' });
      };
    });

    const stageAfter = async (devices: ScriptedDefender['devices']): Promise<Stage> => {
      shop.defender.devices = devices;
      const request = await shop.put(approved());
      await shop.bench.passes(0);
      assert.equal(starts(), 0);
      return shop.stageOf(request);
    };

    it('is judged by the device as Defender shows it to the requester by then', async () => {
      const stage = await stageAfter(answered([{ ...laptop, tags: ['Tier0'] }]));
      assert.equal((stage as Closed).why, 'not-allowed');
    });

    it('is not sent while Defender does not show it', async () => {
      const later = await stageAfter(refused('throttled', { retryAt: NOON + MINUTE }));
      assert.deepEqual((later as Approved).wait, { for: 'defender', until: NOON + MINUTE });
      shop.defender.devices = answered([laptop]);
      await shop.bench.passes(MINUTE);
      assert.equal(starts(), 1);
    });

    it('is not sent once Defender does not know it any more', async () => {
      const stage = await stageAfter(answered([]));
      assert.deepEqual((stage as Closed).refusal, { kind: 'not-found' });
    });

    it('waits for a sign-in when only that is missing', async () => {
      const stage = await stageAfter(refused('sign-in-needed'));
      assert.deepEqual((stage as Approved).wait, { for: 'sign-in' });
    });
  });

  it('waits for Defender, then goes out', async () => {
    shop.defender.starts = [refused('throttled', { retryAt: NOON + MINUTE }), answered(scanOf())];
    const request = await shop.put(approved());
    await shop.bench.passes(MINUTE - SECOND);
    assert.deepEqual((await shop.stageOf(request)).name, 'approved');
    assert.equal(starts(), 1);
    await shop.bench.passes(SECOND);
    assert.equal((await shop.stageOf(request)).name, 'following');
    assert.equal(starts(), 2);
  });

  it('is not kept waiting for a time at which nothing will be sent any more', async () => {
    shop.defender.starts = [refused('throttled', { retryAt: NOON + START_WITHIN })];
    const request = await shop.put(approved());
    await shop.bench.passes(0);
    const stage = (await shop.stageOf(request)) as Closed;
    assert.deepEqual([stage.why, stage.refusal?.retryAt], ['refused', NOON + START_WITHIN]);
  });

  it('is not sent for ever', async () => {
    shop.defender.starts = [refused('throttled', { retryAt: NOON })];
    const request = await shop.put(approved());
    for (let turns = 0; turns < 60; turns += 1) await shop.bench.passes(SECOND);
    assert.equal(starts(), 20);
    assert.equal(((await shop.stageOf(request)) as Closed).why, 'refused');
  });

  it('waits for a sign-in, asked for again after one that did not do, and goes out after it', async () => {
    shop.defender.accounts = refused('sign-in-needed');
    shop.defender.starts = [answered(scanOf())];
    const request = await shop.put(approved());
    await shop.bench.passes(MINUTE);
    assert.deepEqual([shop.said, starts()], [['card', 'sign-in'], 0]);
    await shop.bench.store.commit({ signedIn: alice.id });
    await shop.bench.passes(MINUTE);
    assert.deepEqual([shop.said, starts()], [['card', 'sign-in', 'sign-in'], 0]);
    shop.defender.accounts = answered(['alice@contoso.com']);
    await shop.bench.store.commit({ signedIn: alice.id });
    await shop.bench.passes(0);
    assert.equal((await shop.stageOf(request)).name, 'following');
  });

  it('is given up after a fault of ours, and the requester reads the reference', async () => {
    shop.defender.accounts = undefined as never;
    const request = await shop.put(approved());
    for (let second = 0; second < 200; second += 1) await shop.bench.passes(SECOND);
    const stage = (await shop.stageOf(request)) as Closed;
    assert.deepEqual([stage.why, stage.reference], ['unexpected', 'fault-8']);
    assert.equal(shop.bench.faults.length, 8);
    assert.deepEqual(shop.said, ['card', 'ended']);
  });
});

describe('a start whose outcome is unknown', () => {
  let shop: Workshop;

  beforeEach(async () => {
    shop = await Workshop.open();
  });

  afterEach(() => shop.close());

  const starts = (): number => shop.defender.asked.filter((call) => call.startsWith('start')).length;
  const looks = (): number => shop.defender.asked.filter((call) => call.startsWith('device')).length;

  it('is looked up 2, 5 and 10 seconds after its time, and then sent once more', async () => {
    await shop.put(approved());
    await shop.bench.passes(0);
    const seen: number[] = [];
    for (let second = 1; second <= 20; second += 1) {
      const before = looks();
      await shop.bench.passes(SECOND);
      if (looks() > before) seen.push(second);
      assert.equal(starts(), second === 20 ? 2 : 1);
    }
    assert.deepEqual(seen, [12, 15, 20]);
  });

  it('is not sent again while the first may be on its way, however far the clock jumps ahead', async () => {
    let end = (): void => undefined;
    const scripted = shop.defender.startScan.bind(shop.defender);
    shop.defender.startScan = async (...wish) => {
      const answer = await scripted(...wish);
      if (starts() === 1) await new Promise<void>((resolve) => (end = resolve));
      return answer;
    };
    await shop.put(approved());
    await shop.bench.passes(0);
    shop.bench.clock.jump(HOUR);
    for (let second = 1; second <= LONGEST_CALL / SECOND + 2; second += 1) {
      await shop.bench.passes(SECOND);
      assert.equal(starts(), 1, `after ${second} seconds`);
    }
    end();
  });

  it('is told to the requester when it happens twice, with what Defender said', async () => {
    const refusal = { kind: 'failed', status: 500, target: 'e3b0c442' } as const;
    shop.defender.starts = [{ ok: false, refusal }];
    const request = await shop.put(approved());
    for (let second = 0; second < 60; second += 1) await shop.bench.passes(SECOND);
    const stage = (await shop.stageOf(request)) as Closed;
    assert.deepEqual([stage.why, stage.refusal, starts()], ['refused', refusal, 2]);
  });

  it('is sent once more even when Defender had made it wait before', async () => {
    const later = refused('throttled', { retryAt: NOON });
    shop.defender.starts = [later, later, later, refused('no-answer'), answered(scanOf({ createdAt: NOON }))];
    const request = await shop.put(approved());
    for (let second = 0; second < 60; second += 1) await shop.bench.passes(SECOND);
    assert.equal((await shop.stageOf(request)).name, 'following');
    assert.equal(starts(), 5);
  });

  it('follows what it finds, and sends nothing', async () => {
    shop.defender.scans = answered([scanOf({ status: 'Pending' })]);
    const request = await shop.put(submitting());
    await shop.bench.passes(FIRST_LOOK);
    const stage = (await shop.stageOf(request)) as Following;
    assert.deepEqual([stage.name, stage.adopted, starts()], ['following', false, 0]);
    assert.deepEqual(shop.said, ['card', 'accepted']);
  });

  it('is over when what it finds is over, and both is told', async () => {
    shop.defender.scans = answered([scanOf({ status: 'Succeeded' })]);
    const request = await shop.put(submitting());
    await shop.bench.passes(FIRST_LOOK);
    assert.equal((await shop.stageOf(request)).name, 'settled');
    assert.deepEqual(shop.said, ['card', 'accepted', 'card', 'card', 'ended']);
  });

  it('does not take the scan of an earlier request for its own, however alike they are', async () => {
    const earlier = scanOf({ status: 'Succeeded', createdAt: NOON - MINUTE });
    const known = { device: laptop, content: { type: 'Full', comment: 'Check' } as const, scan: earlier };
    await shop.put({ name: 'settled', ...known, adopted: false, since: NOON - MINUTE, at: NOON });
    shop.defender.scans = answered([earlier]);
    shop.defender.starts = [answered(scanOf({ id: 'later' as ActionId }))];
    const request = await shop.put(submitting());
    for (let second = 0; second < 25; second += 1) await shop.bench.passes(SECOND);
    assert.equal(starts(), 1);
    assert.equal(((await shop.stageOf(request)) as Following).scan.id, 'later');
  });

  it('follows the earlier one as an adopted one when that still runs', async () => {
    await shop.put(await shop.stageOf(await shop.follows()));
    shop.defender.scans = answered([scanOf()]);
    const request = await shop.put(submitting());
    await shop.bench.passes(FIRST_LOOK);
    assert.equal(((await shop.stageOf(request)) as Following).adopted, true);
  });

  it('is repeated by nobody while it cannot be looked up, and the requester decides in the end', async () => {
    shop.defender.scans = refused('no-answer');
    const request = await shop.put(submitting());
    for (let minute = 0; minute < 59; minute += 1) await shop.bench.passes(MINUTE);
    assert.equal((await shop.stageOf(request)).name, 'submitting');
    await shop.bench.passes(2 * MINUTE);
    assert.equal(((await shop.stageOf(request)) as Closed).why, 'unclear');
    assert.equal(starts(), 0);
    assert.deepEqual(shop.said, ['card', 'ended']);
  });

  it('is unclear at once when nobody lets us look', async () => {
    shop.defender.scans = refused('forbidden', { status: 403 });
    const request = await shop.put(submitting());
    await shop.bench.passes(FIRST_LOOK);
    assert.equal(((await shop.stageOf(request)) as Closed).why, 'unclear');
    assert.equal(starts(), 0);
  });

  it('asks once for the sign-in that looking needs, and goes on after it', async () => {
    shop.defender.scans = refused('session-revoked');
    const request = await shop.put(submitting());
    await shop.bench.passes(5 * MINUTE);
    await shop.bench.passes(5 * MINUTE);
    assert.deepEqual(shop.said, ['sign-in']);
    shop.defender.scans = answered([scanOf()]);
    await shop.bench.passes(MINUTE);
    assert.equal((await shop.stageOf(request)).name, 'following');
  });

  it('is unclear, not failed, after a fault of ours, and the requester reads the reference', async () => {
    shop.defender.scans = undefined as never;
    const request = await shop.put(submitting());
    for (let second = 0; second < 200; second += 1) await shop.bench.passes(SECOND);
    const stage = (await shop.stageOf(request)) as Closed;
    assert.deepEqual([stage.why, stage.reference], ['unclear', 'fault-8']);
  });

  it('looks with the app’s right where that reads the states', async () => {
    shop.start({ statusReader: 'application' });
    await shop.put(submitting());
    await shop.bench.passes(FIRST_LOOK);
    assert.deepEqual(shop.defender.asked, ['device application']);
  });

  for (const [what, scans] of [
    ['the running one', [scanOf({ requester: 'bob@contoso.com', status: 'InProgress' })]],
    ['nothing that runs', []],
  ] as const) {
    it(`of “already running” is told by ${what}`, async () => {
      shop.defender.starts = [refused('already-running'), answered(scanOf())];
      shop.defender.scans = answered(scans);
      const request = await shop.put(approved());
      await shop.bench.passes(0);
      const isFound = scans.length > 0;
      assert.equal((await shop.stageOf(request)).name, isFound ? 'following' : 'approved');
      await shop.bench.passes(30 * SECOND);
      assert.equal((await shop.stageOf(request)).name, 'following');
      assert.equal(starts(), isFound ? 1 : 2);
    });
  }
});
