import assert from 'node:assert/strict';
import { ApproverCheck } from '../../src/scan/approver-check.ts';
import type { Decision, Question } from '../../src/scan/decision.ts';
import type { PeopleDemand } from '../../src/scan/demand.ts';
import { ScanDesk } from '../../src/scan/desk.ts';
import type { PersonId, RequestId } from '../../src/scan/ids.ts';
import type { Person } from '../../src/scan/person.ts';
import type { Presence } from '../../src/scan/ports.ts';
import type { Pressed } from '../../src/scan/press.ts';
import { answered } from '../../src/scan/refusal.ts';
import type { Answer } from '../../src/scan/refusal.ts';
import type { Device } from '../../src/scan/device.ts';
import { Rules } from '../../src/scan/rules.ts';
import type { Awaiting } from '../../src/scan/approval.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { HOUR, SECOND } from '../../src/scan/time.ts';
import { alice, channel, laptop, NOON, requestIn } from '../support/requests.ts';
import { Bench } from './bench.ts';

const [bob, carol] = ['b', 'c'].map((one): Person => ({
  ...alice,
  id: `${one.repeat(8)}-0000-4000-8000-000000000000` as PersonId,
  name: `${one}.`,
  teamsId: `29:${one}`,
})) as [Person, Person];
const GROUP = 'dddddddd-0000-4000-8000-000000000000';
const TWO: PeopleDemand = { needed: 2, by: 'anyone' };
const ONE: PeopleDemand = { needed: 1, by: 'anyone' };
const OF_GROUP: PeopleDemand = { needed: 1, by: [{ kind: 'group', id: GROUP }] };

function approvals(...demands: readonly PeopleDemand[]): Decision {
  return { kind: 'approvals', demands, rule: 'it' };
}

describe('approvals', () => {
  let bench: Bench;
  let desk: ScanDesk;
  let decision: Decision;
  let judged: (question: Question) => Decision;
  let looks: boolean;
  let groups: ReadonlySet<string> | 'unknown';
  let presence: Presence;
  let sight: Promise<Answer<readonly Device[]>>;
  let sought: () => void;

  beforeEach(async () => {
    bench = await Bench.open();
    [decision, groups, presence, sight] = [approvals(TWO), new Set(), 'member', Promise.resolve(answered([laptop]))];
    [judged, looks, sought] = [() => decision, false, () => undefined];
    const { store, clock } = bench;
    const rules = new Rules({
      store,
      clock,
      judge: { decide: (question) => Promise.resolve(judged(question)), looksAtDevices: () => looks },
    });
    const check = new ApproverCheck({
      roster: { presenceOf: () => Promise.resolve(presence) },
      groups: { groupsOf: () => Promise.resolve(groups) },
      defender: {
        findDevices: () => {
          sought();
          return sight;
        },
      },
      clock,
    });
    const settings = { decideWithin: HOUR, newId: () => 'x' as RequestId };
    desk = new ScanDesk({ store, clock, settings, rules, check });
  });
  afterEach(() => bench.close());

  const awaits = async (...demands: readonly PeopleDemand[]): Promise<ScanRequest> => {
    const stage: Awaiting = {
      name: 'awaiting',
      device: laptop,
      content: { type: 'Full', comment: 'Check' },
      busy: undefined,
      demands,
      askedOf: [],
      changedAt: undefined,
      remindAt: NOON + HOUR / 2,
      until: NOON + HOUR,
    };
    const request = requestIn(stage);
    assert(await bench.store.commit({ thread: channel, move: { before: undefined, after: request } }));
    return request;
  };
  const now = async ({ id }: ScanRequest): Promise<ScanRequest> => {
    const request = await bench.store.request(id);
    assert(request !== undefined);
    return request;
  };
  const presses = async (person: Person, verb: string, request: ScanRequest, more: object = {}): Promise<Pressed> => {
    const values = { request: request.id, rev: (await now(request)).rev, ...more };
    const press = { person, thread: channel, verb, values, once: '', before: bench.clock.now() + SECOND };
    return desk.press(press, () => Promise.resolve('yes'));
  };
  const why = (pressed: Pressed): string => (pressed.answer === 'refuse' ? pressed.why.why : pressed.answer);
  const stageName = async (request: ScanRequest): Promise<string> => (await now(request)).stage.name;

  it('that need two people are complete with two, and no sooner', async () => {
    const request = await awaits(TWO);
    await presses(bob, 'approve', request);
    assert.equal(await stageName(request), 'awaiting');
    await presses(carol, 'approve', request);
    assert.equal(await stageName(request), 'approved');
    assert.deepEqual(
      (await now(request)).approvals?.map(({ by }) => by.id),
      [bob.id, carol.id],
    );
  });

  it('are not given twice by one person', async () => {
    const request = await awaits(TWO);
    await presses(bob, 'approve', request);
    assert.equal(why(await presses(bob, 'approve', request)), 'already-approved');
    assert.equal(await stageName(request), 'awaiting');
  });

  it('count no more after a correction', async () => {
    const request = await awaits(TWO);
    await presses(bob, 'approve', request);
    await presses(alice, 'change', request, { scanType: 'Quick', comment: 'Check' });
    await presses(carol, 'approve', request);
    assert.equal(await stageName(request), 'awaiting');
    await presses(bob, 'approve', request);
    assert.equal(await stageName(request), 'approved');
  });

  it('stay when the requester presses Change and changes nothing', async () => {
    const request = await awaits(TWO);
    await presses(bob, 'approve', request);
    const { rev } = await now(request);
    await presses(alice, 'change', request, { scanType: 'Full', comment: 'Check' });
    assert.equal((await now(request)).rev, rev);
  });

  it('are not enough once the rules ask for more', async () => {
    const request = await awaits(ONE);
    decision = approvals(ONE, OF_GROUP);
    await presses(bob, 'approve', request);
    assert.equal(await stageName(request), 'awaiting');
    groups = new Set([GROUP]);
    await presses(bob, 'approve', request);
    assert.equal(await stageName(request), 'approved');
  });

  it('are as many as were asked for, though the rules ask for less by now', async () => {
    const request = await awaits(TWO);
    decision = approvals();
    await presses(bob, 'approve', request);
    assert.equal(await stageName(request), 'awaiting');
  });

  it('change nothing while the rules let nothing start', async () => {
    const request = await awaits(ONE);
    decision = { kind: 'refuse', reason: { why: 'paused', reason: 'exercise' }, rule: 'it' };
    assert.equal(why(await presses(bob, 'approve', request)), 'not-allowed');
    assert.equal(why(await presses(alice, 'change', request, { scanType: 'Quick', comment: 'x' })), 'not-allowed');
    assert.equal(await stageName(request), 'awaiting');
  });

  it('can be refused while the rules let nothing start', async () => {
    const request = await awaits(ONE);
    decision = { kind: 'refuse', reason: { why: 'paused', reason: 'exercise' }, rule: 'it' };
    await presses(bob, 'decline', request);
    const { stage } = await now(request);
    assert.deepEqual([stage.name, stage.name === 'closed' && stage.why], ['closed', 'declined']);
  });

  it('never start a scan by a correction', async () => {
    const request = await awaits(ONE);
    decision = approvals();
    await presses(alice, 'change', request, { scanType: 'Quick', comment: 'Check' });
    const { stage } = await now(request);
    assert(stage.name === 'awaiting');
    assert.deepEqual(stage.demands, [ONE]);
  });

  it('that a card announced are not dropped by its press: it is drawn anew, and pressed again', async () => {
    const stage = { name: 'proposed', device: laptop, busy: undefined, asks: 'approval', until: NOON + HOUR } as const;
    const request = requestIn(stage);
    assert(await bench.store.commit({ thread: channel, move: { before: undefined, after: request } }));
    decision = approvals();
    const content = { scanType: 'Full', comment: 'Check' };
    await presses(alice, 'run', request, content);
    const drawn = (await now(request)).stage;
    assert.deepEqual([drawn.name, 'asks' in drawn], ['proposed', false]);
    await presses(alice, 'run', request, content);
    assert.equal(await stageName(request), 'approved');
  });

  const FLAWS: Readonly<Record<string, () => void>> = {
    'not-in-thread': () => (presence = 'absent'),
    'not-checked': () => (presence = 'unknown'),
    guest: () => (presence = 'guest'),
    'device-not-seen': () => {
      sight = Promise.resolve(answered([]));
    },
  };
  for (const [flaw, spoil] of Object.entries(FLAWS)) {
    for (const verb of ['approve', 'decline']) {
      it(`are not counted when it is found: ${flaw} (${verb})`, async () => {
        const request = await awaits(ONE);
        spoil();
        assert.equal(why(await presses(bob, verb, request)), flaw);
        assert.equal(await stageName(request), 'awaiting');
      });
    }
  }

  it('count for the device as the approver sees it now', async () => {
    const tagged = { ...laptop, tags: ['Tier0'] };
    const closed: Decision = { kind: 'refuse', reason: { why: 'paused', reason: 'x' }, rule: 'it' };
    judged = ({ device }) => (device.tags?.length === 0 ? approvals(ONE) : decision);
    [looks, sight] = [true, Promise.resolve(answered([tagged]))];
    const request = await awaits(ONE);
    decision = closed;
    assert.equal(why(await presses(bob, 'approve', request)), 'not-allowed');
    decision = approvals(TWO);
    await presses(bob, 'approve', request);
    assert.equal(await stageName(request), 'awaiting');
    await presses(carol, 'approve', request);
    assert.equal(await stageName(request), 'approved');
  });

  it('are not counted after the time that a press has', async () => {
    const request = await awaits(ONE);
    sight = new Promise(() => undefined);
    const isSought = new Promise<void>((resolve) => {
      sought = resolve;
    });
    const pressed = presses(bob, 'approve', request);
    await isSought;
    bench.clock.advance(SECOND);
    assert.equal(why(await pressed), 'not-checked');
  });

  it('are not counted after the time that the request has', async () => {
    const request = await awaits(ONE);
    bench.clock.advance(HOUR);
    assert.equal(why(await presses(bob, 'approve', request)), 'over');
  });

  for (const demand of [ONE, TWO, OF_GROUP]) {
    it(`are not given by the requester (${JSON.stringify(demand)})`, async () => {
      const request = await awaits(demand);
      groups = new Set([GROUP]);
      for (const verb of ['approve', 'decline']) assert.equal(why(await presses(alice, verb, request)), 'own-request');
      assert.equal(await stageName(request), 'awaiting');
    });
  }
});
