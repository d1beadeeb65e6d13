import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { DeviceId, RequestId } from '../../../src/scan/ids.ts';
import type { Decision } from '../../../src/scan/decision.ts';
import { decidedStage } from '../../../src/scan/decided.ts';
import { isIn } from '../../../src/scan/moves.ts';
import { answered, refused } from '../../../src/scan/refusal.ts';
import type { Plan } from '../../../src/scan/schedule/plan.ts';
import { BEGIN_WITHIN, GRACE, LOOK_AHEAD } from '../../../src/scan/schedule/scheduled.ts';
import { begin, miss, stopSchedule } from '../../../src/scan/schedule/scheduling.ts';
import type { ScanRequest } from '../../../src/scan/scan-request.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/scan/time.ts';
import { alice, channel, laptop, NOON, requestIn, scanOf } from '../../support/requests.ts';
import { quiet } from '../bench.ts';
import { Workshop } from '../workshop.ts';

/** 22:00 in Stockholm, ten hours from the noon of these tests (UTC is an hour behind). */
const TONIGHT = NOON + 9 * HOUR;
const DAILY: Plan = {
  when: { is: 'weekly', days: [1, 2, 3, 4, 5, 6, 7], minute: 22 * 60 },
  zone: 'Europe/Stockholm',
  until: NOON + 3 * DAY,
};
const ONCE: Plan = { when: { is: 'at', at: TONIGHT }, zone: 'Europe/Stockholm' };
const CONTENT = { type: 'Full', comment: 'Check' } as const;

describe('a schedule', () => {
  let shop: Workshop;

  beforeEach(async () => {
    shop = await Workshop.open();
    shop.defender.devices = answered([laptop]);
    shop.defender.starts = [answered(scanOf())];
  });

  afterEach(() => shop.close());

  const plans = async (plan: Plan, facts: Partial<ScanRequest> = {}): Promise<ScanRequest> => {
    const wanted = { device: 'fin-laptop-07', ...CONTENT, plan };
    const asked = { ...requestIn({ name: 'asked', waitsForSignIn: false, until: NOON }), wanted, ...facts };
    const stage = decidedStage(asked, { device: laptop, content: CONTENT, by: alice.id }, shop.bench.clock.now());
    const schedule = { ...asked, id: randomUUID() as RequestId, stage };
    assert(await shop.bench.store.commit({ thread: channel, move: { before: undefined, after: schedule } }));
    return schedule;
  };

  const comesTo = async (time: number): Promise<void> => {
    await shop.bench.passes(time - shop.bench.clock.now());
    for (let turns = 0; turns < 4; turns += 1) await quiet();
  };

  const begun = async (): Promise<readonly ScanRequest[]> => {
    const all = await shop.bench.store.requestsOf(alice.id, 50);
    return all.filter(({ occurrence }) => occurrence !== undefined);
  };
  const starts = (): number => shop.defender.asked.filter((one) => one.startsWith('start')).length;

  it('begins a scan at its time and not before, with what was decided, in a request of its own', async () => {
    const schedule = await plans(ONCE);
    await comesTo(TONIGHT - SECOND);
    assert.equal(starts(), 0);
    await comesTo(TONIGHT);
    const [scan] = await begun();
    assert.deepEqual(scan?.occurrence, { of: schedule.id, at: TONIGHT, until: TONIGHT + BEGIN_WITHIN });
    assert.equal(scan.stage.name, 'following');
    assert.deepEqual(isIn(scan, 'following') && scan.stage.content, CONTENT);
    assert.deepEqual([scan.requester.id, scan.thread], [schedule.requester.id, schedule.thread]);
    assert.equal(starts(), 1);
    const over = await shop.stageOf(schedule);
    assert.equal(over.name === 'closed' && over.why, 'schedule-over');
  });

  it('repeats until its last day, once each time', async () => {
    const schedule = await plans(DAILY);
    for (let days = 0; days < 5; days += 1) {
      shop.defender.starts = [answered(scanOf({ id: `a${days}` as ReturnType<typeof scanOf>['id'] }))];
      await comesTo(TONIGHT + days * DAY);
      for (const scan of await begun()) {
        if (isIn(scan, 'following')) shop.defender.scans = answered([{ ...scan.stage.scan, status: 'Failed' }]);
      }
      await comesTo(TONIGHT + days * DAY + MINUTE);
    }
    assert.deepEqual(
      (await begun()).map(({ occurrence }) => occurrence?.at).reverse(),
      [0, 1, 2].map((days) => TONIGHT + days * DAY),
    );
    assert.equal(starts(), 3);
    const over = await shop.stageOf(schedule);
    assert.equal(over.name === 'closed' && over.why, 'schedule-over');
    assert.equal(shop.said.filter((say) => say === 'schedule-over').length, 1);
  });

  it('has the requester sign in while there is time, and says so once', async () => {
    shop.defender.accounts = refused('session-revoked');
    const schedule = await plans(DAILY);
    await comesTo(TONIGHT - LOOK_AHEAD - SECOND);
    assert.deepEqual(shop.said, []);
    await comesTo(TONIGHT - LOOK_AHEAD);
    assert.deepEqual(shop.said, ['card', 'schedule-sign-in', 'sign-in']);
    shop.defender.accounts = answered(['alice@contoso.com']);
    await shop.bench.store.commit({ signedIn: alice.id });
    await comesTo(TONIGHT - MINUTE);
    assert.deepEqual(shop.said.slice(3), ['card', 'schedule-signed-in']);
    const stage = await shop.stageOf(schedule);
    assert.equal(stage.name === 'scheduled' && stage.asksSignIn, false);
    await comesTo(TONIGHT);
    assert.equal(starts(), 1);
  });

  it('begins all the same without a sign-in, waits for it for half an hour, and tells that nothing started', async () => {
    shop.defender.accounts = refused('sign-in-needed');
    shop.defender.devices = refused('sign-in-needed');
    await plans(ONCE);
    await comesTo(TONIGHT - LOOK_AHEAD);
    await comesTo(TONIGHT);
    assert.equal((await begun())[0]?.stage.name, 'approved');
    await comesTo(TONIGHT + BEGIN_WITHIN);
    const stage = (await begun())[0]?.stage;
    assert.equal(stage?.name === 'closed' && stage.why, 'sign-in-expired');
    assert.equal(shop.said.at(-1), 'ended');
    assert.equal(starts(), 0);
  });

  it('asks nobody to sign in when it is Microsoft that does not answer', async () => {
    shop.defender.accounts = refused('entra-unavailable');
    await plans(ONCE);
    await comesTo(TONIGHT - LOOK_AHEAD);
    shop.defender.accounts = answered(['alice@contoso.com']);
    await comesTo(TONIGHT);
    assert.deepEqual(shop.said.includes('sign-in'), false);
    assert.equal(starts(), 1);
  });

  it('tells what was missed, how often, and goes on with the next time', async () => {
    const schedule = await plans({ ...DAILY, until: NOON + 30 * DAY });
    await comesTo(TONIGHT + 4 * DAY + GRACE + SECOND);
    assert.deepEqual(shop.said, ['card', 'schedule-missed']);
    assert.equal((await begun()).length, 0);
    const stage = await shop.stageOf(schedule);
    assert.equal(stage.name === 'scheduled' && stage.next, TONIGHT + 5 * DAY);
    await comesTo(TONIGHT + 5 * DAY);
    assert.equal(starts(), 1);
  });

  it('closes as missed when its only time was', async () => {
    const schedule = await plans(ONCE);
    await comesTo(TONIGHT + GRACE + SECOND);
    const stage = await shop.stageOf(schedule);
    assert.equal(stage.name === 'closed' && stage.why, 'schedule-missed');
    assert.deepEqual([shop.said, starts()], [['card', 'schedule-missed'], 0]);
  });

  it('still begins what is a few minutes late', async () => {
    await plans(ONCE);
    await comesTo(TONIGHT + GRACE);
    assert.equal(starts(), 1);
  });

  it('begins nothing once it is stopped', async () => {
    const schedule = await plans(DAILY);
    assert(isIn(schedule, 'scheduled'));
    await shop.bench.store.commit(stopSchedule(schedule, alice.id, NOON));
    await comesTo(TONIGHT + DAY);
    assert.equal((await begun()).length, 0);
  });

  it('has each scan judged by the device as it is by then, and by the rules as they are', async () => {
    const seen: string[] = [];
    shop.judged = (about): Promise<Decision> => {
      seen.push(`${about.device.tags?.join() ?? ''} ${about.now - TONIGHT}`);
      return Promise.resolve({ kind: 'refuse', reason: { why: 'paused', reason: '' }, rule: 'default' });
    };
    shop.defender.devices = answered([{ ...laptop, tags: ['Payroll'] }]);
    await plans(ONCE);
    await comesTo(TONIGHT);
    const stage = (await begun())[0]?.stage;
    assert.equal(stage?.name === 'closed' && stage.why, 'not-allowed');
    assert.deepEqual(seen, ['Payroll 0']);
    assert.deepEqual([shop.said.at(-1), starts()], ['ended', 0]);
  });

  it('sends nothing for a device that the requester does not see any more', async () => {
    shop.defender.devices = answered([]);
    await plans(ONCE);
    await comesTo(TONIGHT);
    const stage = (await begun())[0]?.stage;
    assert.equal(stage?.name === 'closed' && stage.refusal?.kind, 'not-found');
    assert.equal(starts(), 0);
  });

  it('has the device scanned that is left of those that Defender has merged', async () => {
    const left = { ...laptop, id: 'b'.repeat(40) as DeviceId };
    shop.defender.devices = answered([{ ...laptop, mergedInto: left.id }]);
    shop.defender.devicesBy.set(left.id, answered([left]));
    await plans(ONCE);
    await comesTo(TONIGHT);
    const [scan] = await begun();
    assert.equal(scan?.stage.name === 'following' && scan.stage.device.id, left.id);
  });

  it('asks others once more when Defender has merged the device that they approved', async () => {
    const left = { ...laptop, id: 'b'.repeat(40) as DeviceId };
    shop.decision = { kind: 'approvals', demands: [{ needed: 1, by: 'anyone' }], rule: 'default' };
    shop.defender.devices = answered([{ ...laptop, mergedInto: left.id }]);
    shop.defender.devicesBy.set(left.id, answered([left]));
    const bob = { ...alice, id: randomUUID() as typeof alice.id };
    await plans(ONCE, { approvals: [{ by: bob, at: NOON, groups: [] }] });
    await comesTo(TONIGHT);
    const stage = (await begun())[0]?.stage;
    assert.equal(stage?.name === 'awaiting' && stage.device.id, left.id);
    assert.equal(stage?.name === 'awaiting' && stage.until, TONIGHT + BEGIN_WITHIN);
    assert.equal(starts(), 0);
  });

  it('lets a scan wait for another one of the device for half an hour, and drops it then', async () => {
    await shop.follows();
    await plans(ONCE);
    await comesTo(TONIGHT);
    const stage = (await begun())[0]?.stage;
    assert.equal(stage?.name === 'queued' && stage.until, TONIGHT + BEGIN_WITHIN);
    await comesTo(TONIGHT + BEGIN_WITHIN);
    const dropped = (await begun())[0]?.stage;
    assert.equal(dropped?.name === 'closed' && dropped.why, 'expired');
  });

  it('asks others once more where the rules ask for more than was approved', async () => {
    shop.decision = { kind: 'approvals', demands: [{ needed: 1, by: 'anyone' }], rule: 'default' };
    await plans(ONCE);
    await comesTo(TONIGHT);
    assert.equal((await begun())[0]?.stage.name, 'awaiting');
    assert.equal(starts(), 0);
  });

  it('takes along who approved it', async () => {
    shop.decision = { kind: 'approvals', demands: [{ needed: 1, by: 'anyone' }], rule: 'default' };
    const bob = { ...alice, id: randomUUID() as typeof alice.id };
    await plans(ONCE, { approvals: [{ by: bob, at: NOON, groups: [] }] });
    await comesTo(TONIGHT);
    assert.equal((await begun())[0]?.stage.name, 'following');
  });

  it('is judged by where it was asked for, wherever it goes on', async () => {
    const schedule = await plans(ONCE);
    assert(isIn(schedule, 'scheduled'));
    const askedIn = '19:secret@thread.tacv2' as typeof schedule.thread;
    const { begins } = begin({ ...schedule, askedIn }, 'one' as RequestId, TONIGHT);
    assert.equal(begins?.askedIn, askedIn);
  });

  it('writes down what it began and what it missed, with the times', async () => {
    const schedule = await plans({ ...DAILY, until: NOON + 30 * DAY });
    assert(isIn(schedule, 'scheduled'));
    const told = [begin(schedule, 'one' as RequestId, TONIGHT), miss(schedule, TONIGHT + DAY + HOUR)].flatMap(
      ({ events = [] }) => events.map(({ request, what, facts }) => [request, what, facts['time'], facts['count']]),
    );
    assert.deepEqual(told, [
      [schedule.id, 'schedule ran', TONIGHT, undefined],
      ['one', 'begun by a schedule', TONIGHT, undefined],
      [schedule.id, 'schedule missed', TONIGHT, 2],
    ]);
  });
});
