import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judge } from '../../src/policy/judge.ts';
import { MINUTE } from '../../src/scan/time.ts';
import { forgotten, GROUPS, knownFacts, PEOPLE, policyFile } from './arbitraries.ts';
import { factsOf, policyOf } from './readings.ts';
import { isAsStrict } from './strictness.ts';

const ALLOW = { allow: true };
const REFUSE = { refuse: 'Not here.' };
const TWO = { approvals: 2, by: 'anyone' };

/** A policy of one rule of the name `it`. */
function ruleOf(when: object, then: object = REFUSE): ReturnType<typeof policyOf> {
  return policyOf({ rules: [{ name: 'it', when, then }] });
}

describe('a policy', () => {
  it('lets the first rule that matches decide', () => {
    const rules = [
      { name: 'servers', when: { os: ['*Server*'] }, then: TWO },
      { name: 'all', then: ALLOW },
      { name: 'never', then: REFUSE },
    ];
    const policy = policyOf({ rules });
    assert.equal(judge(policy, factsOf({ device: { os: 'WindowsServer2022' } })).rule, 'servers');
    assert.equal(judge(policy, factsOf()).rule, 'all');
    assert.deepEqual(judge(policy, factsOf()).outcome, { kind: 'approvals', demands: [] });
  });

  it('leaves it to the default where no rule matches', () => {
    const verdict = judge(ruleOf({ os: ['Ubuntu'] }), factsOf());
    assert.equal(verdict.rule, 'default');
    assert.deepEqual(verdict.outcome, { kind: 'approvals', demands: [{ by: 'default' }] });
    assert.deepEqual(judge(policyOf({ rules: [] }), factsOf()), verdict);
  });

  it('needs all conditions of a rule and one entry of each', () => {
    const policy = ruleOf({ os: ['Ubuntu', 'Windows11'], risk: ['High'] });
    assert.equal(judge(policy, factsOf({ device: { risk: 'High' } })).rule, 'it');
    assert.equal(judge(policy, factsOf({ device: { risk: 'Low' } })).rule, 'default');
  });

  for (const [condition, entry, facts] of [
    ['device', 'FIN-*', factsOf({ device: { name: 'fin-07' } })],
    ['tag', 'tier*', factsOf({ device: { tags: ['lab', 'Tier0'] } })],
    ['deviceGroup', 'servers *', factsOf({ device: { group: 'Servers (EU)' } })],
    ['os', 'windowsserver*', factsOf({ device: { os: 'WindowsServer2022' } })],
    ['deviceValue', 'High', factsOf({ device: { value: 'high' } })],
    ['risk', 'Medium', factsOf({ device: { risk: 'Medium' } })],
    ['type', 'Full', factsOf({ type: 'Full' })],
    ['requester', PEOPLE[1], factsOf({ requester: { id: PEOPLE[1]! } })],
    ['requester', `group:${GROUPS[0]!.toUpperCase()}`, factsOf({ requester: { groups: new Set([GROUPS[0]!]) } })],
    ['channel', '19:soc', factsOf({ channel: { id: '19:soc' } })],
    ['time', { days: ['Fri'], zone: 'UTC' }, factsOf({ now: Date.UTC(2026, 10, 20) })],
  ] as const) {
    it(`matches by ${condition} and not otherwise (${JSON.stringify(entry)})`, () => {
      const policy = ruleOf({ [condition]: [entry] });
      assert.equal(judge(policy, facts).rule, 'it');
      assert.equal(judge(policy, factsOf({ device: { name: 'x', group: 'x' } })).rule, 'default');
    });
  }

  it('takes ids of groups in any case, so that no spelling escapes a rule', () => {
    const policy = ruleOf({ requester: [`group:${GROUPS[0]!}`] });
    const groups = new Set([GROUPS[0]!.toUpperCase()]);
    assert.equal(judge(policy, factsOf({ requester: { groups } })).rule, 'it');
  });

  it('gives a rule the limits of the whole policy where it has none of its own', () => {
    const then = { allow: true, coolDownMinutes: 5 };
    const limits = { coolDownMinutes: 60, mostDevices: 10 };
    const policy = policyOf({ limits, rules: [{ name: 'laptops', when: { os: ['Windows11'] }, then }] });
    assert.deepEqual(judge(policy, factsOf()).limits, { coolDownMs: 5 * MINUTE, mostDevices: 10 });
    const other = judge(policy, factsOf({ device: { os: 'Ubuntu' } }));
    assert.deepEqual(other.limits, { coolDownMs: 60 * MINUTE, mostDevices: 10 });
  });
});

describe('a fact that cannot be known', () => {
  const unknowns = {
    device: [{ device: ['*'] }, factsOf({ device: { name: undefined } })],
    tag: [{ tag: ['x'] }, factsOf({ device: { tags: undefined } })],
    deviceGroup: [{ deviceGroup: ['x'] }, factsOf({ device: { group: '' } })],
    os: [{ os: ['x'] }, factsOf({ device: { os: undefined } })],
    deviceValue: [{ deviceValue: ['Low'] }, factsOf({ device: { value: undefined } })],
    risk: [{ risk: ['High'] }, factsOf({ device: { risk: 'Catastrophic' } })],
    type: [{ type: ['Full'] }, factsOf({ type: undefined })],
    requester: [{ requester: [`group:${GROUPS[0]!}`] }, factsOf({ requester: { groups: 'unknown' } })],
    'a requester': [{ requester: [PEOPLE[0]] }, factsOf({ requester: { id: undefined } })],
    channel: [{ channel: ['19:soc'] }, factsOf({ channel: 'unknown' })],
  } as const;

  for (const [what, [when, facts]] of Object.entries(unknowns)) {
    it(`does not make a permissive rule match: ${what}`, () => {
      const verdict = judge(ruleOf(when, ALLOW), facts);
      assert.equal(verdict.rule, 'default');
      assert.deepEqual(verdict.outcome, { kind: 'approvals', demands: [{ by: 'default' }] });
    });

    it(`makes a restrictive rule match: ${what}`, () => {
      const rules = [
        { name: 'it', when, then: REFUSE },
        { name: 'others', then: ALLOW },
      ];
      const verdict = judge(policyOf({ rules }), facts);
      assert.equal(verdict.rule, 'it');
      assert.deepEqual(verdict.outcome, { kind: 'refuse', reason: 'Not here.' });
      assert.deepEqual(
        verdict.because[0]?.conditions.map(({ known }) => known),
        [false],
      );
    });
  }

  it('does not matter to a rule of which another condition does not hold', () => {
    const facts = factsOf({ device: { tags: undefined, os: 'Ubuntu' } });
    assert.equal(judge(ruleOf({ tag: ['Tier0'], os: ['Windows*'] }), facts).rule, 'default');
  });

  it('does not matter after a rule that surely matches', () => {
    const rules = [
      { name: 'all', then: ALLOW },
      { name: 'tier 0', when: { tag: ['Tier0'] }, then: REFUSE },
    ];
    assert.equal(judge(policyOf({ rules }), factsOf({ device: { tags: undefined } })).rule, 'all');
  });

  it('adds up what several rules ask for', () => {
    const rules = [
      { name: 'tier 0', when: { tag: ['Tier0'] }, then: { approvals: 1, by: [PEOPLE[1]], coolDownMinutes: 60 } },
      { name: 'kiosks', when: { tag: ['Kiosk'] }, then: ALLOW },
      { name: 'others', then: { ...TWO, coolDownMinutes: 5 } },
    ];
    const verdict = judge(policyOf({ rules }), factsOf({ device: { tags: undefined } }));
    assert.equal(verdict.rule, 'others');
    assert.deepEqual(verdict.outcome, {
      kind: 'approvals',
      demands: [
        { needed: 2, by: 'anyone' },
        { needed: 1, by: [{ kind: 'person', id: PEOPLE[1] }] },
      ],
    });
    assert.equal(verdict.limits.coolDownMs, 60 * MINUTE);
    assert.deepEqual(
      verdict.because.map(({ rule }) => rule),
      ['others', 'tier 0'],
    );
  });

  it('never makes a verdict milder, however many facts are missing', () => {
    fc.assert(
      fc.property(policyFile, forgotten, (file, { known, less, least }) => {
        const policy = policyOf(file);
        const [sharp, blurred, blind] = [known, less, least].map((facts) => judge(policy, facts));
        assert.ok(isAsStrict(blurred!, sharp!), 'with some of them missing');
        assert.ok(isAsStrict(blind!, blurred!), 'with more of them missing');
      }),
      { numRuns: 1500 },
    );
  });
});

describe('a policy with every fact known', () => {
  it('answers as its first matching rule says, whatever stands below', () => {
    fc.assert(
      fc.property(policyFile, knownFacts, (file, facts) => {
        const policy = policyOf(file);
        const { rule, outcome, limits } = judge(policy, facts);
        const place = policy.rules.findIndex(({ name }) => name === rule);
        const upToIt = { ...policy, rules: place < 0 ? policy.rules : policy.rules.slice(0, place + 1) };
        assert.deepEqual(judge(upToIt, facts), judge(policy, facts));
        if (place >= 0) assert.deepEqual({ outcome, limits }, pick(policy.rules[place]!));
      }),
    );
  });
});

function pick({ outcome, limits }: ReturnType<typeof policyOf>['rules'][number]): object {
  return { outcome, limits };
}
