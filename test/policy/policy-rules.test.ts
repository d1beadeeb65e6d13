import assert from 'node:assert/strict';
import { PolicyRules } from '../../src/policy/policy-rules.ts';
import type { Decision, Question } from '../../src/scan/decision.ts';
import type { PeopleDemand } from '../../src/scan/demand.ts';
import type { Halt } from '../../src/scan/halt.ts';
import type { RequestId, ThreadId } from '../../src/scan/ids.ts';
import type { SentScan } from '../../src/scan/limits.ts';
import type { Thread } from '../../src/scan/person.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alice, laptop } from '../support/requests.ts';
import { GROUPS } from './arbitraries.ts';
import { policyOf } from './readings.ts';

const clock = new FakeClock();
const now = clock.now();
const place = { serviceUrl: 'https://teams.example/', botId: '28:bot', botName: 'Scan Bot', tenantId: 't' };
const thread: Thread = { id: 'chat' as ThreadId, kind: 'personal', ...place, team: undefined, channel: undefined };
const anyone: PeopleDemand = { needed: 1, by: 'anyone' };
const group = `group:${GROUPS[0]!}`;

interface World {
  readonly says?: PeopleDemand;
  halt?: Halt;
  readonly sent?: readonly SentScan[];
  /** Which groups alice is in; never answers when left out. */
  readonly groups?: ReadonlySet<string> | 'unknown';
  readonly asked?: string[];
}

function rulesOf(file: object, world: World = {}): PolicyRules {
  const policy = policyOf({ rules: [], ...file });
  return new PolicyRules({
    policy: () => policy,
    says: world.says,
    clock,
    groups: {
      groupsOf: (_person, wanted) => {
        world.asked?.push(...wanted);
        return world.groups === undefined ? new Promise(() => undefined) : Promise.resolve(world.groups);
      },
    },
    store: {
      halt: () => Promise.resolve(world.halt),
      sent: (_of, since, limit) => Promise.resolve((world.sent ?? []).filter(({ at }) => at > since).slice(0, limit)),
    },
  });
}

function question(wish: Partial<Question> = {}): Question {
  return { requester: alice, device: laptop, type: 'Quick', thread, now, ...wish };
}

function decide(file: object, world: World = {}, wish: Partial<Question> = {}): Promise<Decision> {
  return rulesOf(file, world).decide(question(wish));
}

const NO_FULL = { name: 'no full', when: { type: ['Full'] }, then: { refuse: 'Quick ones only.' } };
const NO_QUICK = { name: 'no quick', when: { type: ['Quick'] }, then: { refuse: 'Full ones only.' } };
const ASKS_BOB = { name: 'more for full', when: { type: ['Full'] }, then: { approvals: 2, by: 'anyone' } };

describe('a decision', () => {
  it('is what APPROVAL says where no rule matches', async () => {
    const none = { kind: 'approvals', rule: 'default', unknown: [], room: [] };
    assert.deepEqual(await decide({}), { ...none, demands: [] });
    assert.deepEqual(await decide({}, { says: anyone }), { ...none, demands: [anyone] });
  });

  it('is that of the rule that matches, with what could not be known', async () => {
    const rules = [{ name: 'labs', when: { tag: ['Lab'] }, then: { refuse: 'No.' } }];
    const decision = await decide({ rules }, {}, { device: { ...laptop, tags: undefined } });
    assert.deepEqual(decision, {
      kind: 'refuse',
      reason: { why: 'policy', reason: 'No.', rule: 'labs', unknown: ['tag'] },
      rule: 'labs',
      unknown: ['tag'],
    });
    assert.equal((await decide({ rules })).kind, 'approvals');
  });

  it('forbids a scan of unknown type only when both types are forbidden', async () => {
    assert.equal((await decide({ rules: [NO_FULL] }, {}, { type: undefined })).kind, 'approvals');
    assert.equal((await decide({ rules: [NO_QUICK] }, {}, { type: undefined })).kind, 'approvals');
    assert.equal((await decide({ rules: [NO_FULL, NO_QUICK] }, {}, { type: undefined })).kind, 'refuse');
    assert.equal((await decide({ rules: [NO_FULL] }, {}, { type: 'Full' })).kind, 'refuse');
  });

  it('asks for a scan of unknown type what either type asks for', async () => {
    const decision = await decide({ rules: [ASKS_BOB] }, { says: anyone }, { type: undefined });
    assert.deepEqual(decision.kind === 'approvals' && [decision.rule, decision.demands], [
      'more for full',
      [{ needed: 2, by: 'anyone' }],
    ]);
  });

  it('forbids everything while scans are paused, whatever the rules allow', async () => {
    const halt: Halt = { is: 'paused', by: alice.id, name: 'Alice', at: now, reason: 'incident 7' };
    const rules = [{ name: 'all', then: { allow: true } }];
    const decision = await decide({ rules }, { halt });
    assert.deepEqual(decision.kind === 'refuse' && decision.reason, { why: 'paused', reason: 'incident 7' });
    assert.equal((await decide({ rules }, { halt: { ...halt, is: 'resumed' } })).kind, 'approvals');
  });
});

describe('a pause', () => {
  it('that comes while the groups of the requester are looked up forbids the scan', async () => {
    const world: World = {};
    const waiting = decide({ rules: [{ name: 'g', when: { requester: [group] }, then: { allow: true } }] }, world);
    await new Promise(setImmediate);
    world.halt = { is: 'paused', by: alice.id, name: 'Alice', at: now, reason: 'incident 7' };
    clock.advance(2 * SECOND);
    const decision = await waiting;
    assert.deepEqual(decision.kind === 'refuse' && decision.reason, { why: 'paused', reason: 'incident 7' });
  });
});

describe('another policy', () => {
  it('that comes while the groups of the requester are looked up is the one that decides', async () => {
    const free = policyOf({ rules: [{ name: 'g', when: { requester: [group] }, then: { allow: true } }] });
    const closed = policyOf({ rules: [{ name: 'Closed', then: { refuse: 'No.' } }] });
    let policy = free;
    const groups = {
      groupsOf: () => {
        policy = closed;
        return Promise.resolve(new Set([GROUPS[0]!]));
      },
    };
    const store = { halt: () => Promise.resolve(undefined), sent: () => Promise.resolve([]) };
    const rules = new PolicyRules({ policy: () => policy, says: undefined, groups, store, clock });
    assert.equal((await rules.decide(question())).rule, 'Closed');
  });
});

describe('a requester', () => {
  const rules = [{ name: 'interns', when: { requester: [group] }, then: { refuse: 'Not interns.' } }];

  it('is told apart by the groups that the rules name, and no others', async () => {
    const asked: string[] = [];
    const operators = [`group:${GROUPS[1]!}`];
    assert.equal((await decide({ rules, operators }, { groups: new Set(), asked })).kind, 'approvals');
    assert.deepEqual(asked, [GROUPS[0]]);
    assert.equal((await decide({ rules }, { groups: new Set([GROUPS[0]!]) })).kind, 'refuse');
    await decide({ rules: [NO_FULL], operators }, { asked });
    assert.equal(asked.length, 1);
  });

  it('counts as everything that a rule forbids when the groups are not known, nor known in time', async () => {
    const unknown = await decide({ rules }, { groups: 'unknown' });
    assert.deepEqual(unknown.kind === 'refuse' && unknown.unknown, ['requester']);
    const waiting = decide({ rules });
    await new Promise(setImmediate);
    clock.advance(2 * SECOND);
    assert.equal((await waiting).kind, 'refuse');
  });
});

describe('a limit', () => {
  const sentAt = (...ago: number[]): readonly SentScan[] =>
    ago.map((ms, place) => ({ request: `r${place}` as RequestId, at: now - ms }));

  it('of a cool-down forbids another scan of the device until it is over', async () => {
    const limits = { coolDownMinutes: 30 };
    const decision = await decide({ limits }, { sent: sentAt(10 * MINUTE) });
    assert.deepEqual(decision.kind === 'refuse' && decision.reason, { why: 'cool-down', until: now + 20 * MINUTE });
    assert.equal((await decide({ limits }, { sent: sentAt(30 * MINUTE) })).kind, 'approvals');
  });

  it('does not count what the same request has sent', async () => {
    const wish = { request: 'r0' as RequestId };
    assert.equal((await decide({ limits: { coolDownMinutes: 30 } }, { sent: sentAt(1) }, wish)).kind, 'approvals');
    const limits = { scansPerPersonAndHour: 1 };
    assert.equal((await decide({ limits }, { sent: sentAt(1, 2) }, wish)).kind, 'refuse');
  });

  it('of scans per hour forbids one more until the last that counts is an hour old', async () => {
    const limits = { scansPerPersonAndHour: 2 };
    const sent = sentAt(5 * MINUTE, 20 * MINUTE, 40 * MINUTE);
    const decision = await decide({ limits }, { sent });
    assert.deepEqual(decision.kind === 'refuse' && decision.reason, { why: 'too-many', until: now + 40 * MINUTE });
    assert.equal((await decide({ limits }, { sent: sentAt(5 * MINUTE, HOUR) })).kind, 'approvals');
  });

  it('goes along to be counted once more where the scan is sent', async () => {
    const decision = await decide({ limits: { coolDownMinutes: 30, scansPerPersonAndHour: 2, mostDevices: 9 } });
    assert.deepEqual(decision.kind === 'approvals' && [decision.room, decision.mostDevices], [
      [
        { of: { device: laptop.id }, since: now - 30 * MINUTE, most: 1 },
        { of: { person: alice.id }, since: now - HOUR, most: 2 },
      ],
      9,
    ]);
  });
});

describe('a device', () => {
  it('matters where a rule asks anything about it, and not otherwise', () => {
    const all = { device: ['*'], tag: ['x'], deviceGroup: ['x'], os: ['x'], deviceValue: ['High'], risk: ['High'] };
    for (const [name, list] of Object.entries(all)) {
      const rules = [NO_FULL, { name: 'this', when: { [name]: list }, then: { allow: true } }];
      assert.equal(rulesOf({ rules }).looksAtDevices(), true, name);
    }
    assert.equal(rulesOf({}).looksAtDevices(), false);
    assert.equal(rulesOf({ rules: [NO_FULL] }).looksAtDevices(), false);
  });
});

describe('an operator', () => {
  it('is named, or in a group that is', async () => {
    assert.equal(await rulesOf({ operators: [alice.id] }).isOperator(alice), 'yes');
    const inGroup = rulesOf({ operators: [group] }, { groups: new Set([GROUPS[0]!]) });
    assert.equal(await inGroup.isOperator(alice), 'yes');
  });

  it('is nobody else, and nobody where no rules name one', async () => {
    assert.equal(await rulesOf({ operators: [group] }, { groups: new Set() }).isOperator(alice), 'no');
    assert.equal(await rulesOf({ operators: [group] }, { groups: 'unknown' }).isOperator(alice), 'unknown');
    assert.equal(await rulesOf({}, { groups: new Set([GROUPS[0]!]) }).isOperator(alice), 'no');
  });
});

describe('what the rules say', () => {
  it('is told for each type, with what APPROVAL says in its place', async () => {
    const told = await rulesOf({ rules: [NO_FULL] }, { says: anyone }).explain(question());
    const nothing = { limits: {}, unknown: [] };
    assert.deepEqual(told, {
      Quick: { rule: undefined, asks: { kind: 'approvals', demands: [anyone] }, ...nothing },
      Full: { rule: 'no full', asks: { kind: 'refuse', reason: 'Quick ones only.' }, ...nothing },
    });
  });
});
