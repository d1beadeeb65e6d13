import assert from 'node:assert/strict';
import fc from 'fast-check';
import { together } from '../../src/policy/demand.ts';
import type { Demand } from '../../src/policy/demand.ts';
import { explain, limitsText, outcomeText } from '../../src/policy/explanation.ts';
import { judge } from '../../src/policy/judge.ts';
import { groupsOfRequesters } from '../../src/policy/policy.ts';
import { settleDefault, stricter } from '../../src/policy/verdict.ts';
import type { Verdict } from '../../src/policy/verdict.ts';
import { openDemands, readParty } from '../../src/scan/demand.ts';
import type { Approver, Party } from '../../src/scan/demand.ts';
import { GROUPS, knownFacts, PEOPLE, personId, policyFile } from './arbitraries.ts';
import { factsOf, policyOf } from './readings.ts';
import { isAsStrict } from './strictness.ts';

const [ONE = personId(''), OTHER = ONE, THIRD = ONE] = PEOPLE;
const verdicts = fc.tuple(policyFile, knownFacts).map(([file, facts]) => judge(policyOf(file), facts));

function partiesOf(...texts: readonly string[]): readonly Party[] {
  return texts.map((text) => readParty(text)!);
}

function approver(id: string, groups: Approver['groups'] = new Set()): Approver {
  return { id: personId(id), groups };
}

function verdictOf(outcome: Verdict['outcome'], rule = 'it'): Verdict {
  return { rule, outcome, limits: {}, because: [{ rule, conditions: [] }] };
}

function asking(...demands: readonly Demand[]): Verdict {
  return verdictOf({ kind: 'approvals', demands });
}

describe('the stricter of two verdicts', () => {
  it('asks for all that either asks for', () => {
    fc.assert(
      fc.property(verdicts, verdicts, (one, other) => {
        const both = stricter(one, other);
        assert.ok(isAsStrict(both, one) && isAsStrict(both, other));
      }),
    );
  });

  it('does not depend on their order', () => {
    fc.assert(
      fc.property(verdicts, verdicts, (one, other) => {
        assert.ok(isAsStrict(stricter(one, other), stricter(other, one)));
      }),
    );
  });

  it('is the same verdict when both are', () => {
    fc.assert(
      fc.property(verdicts, (one) => {
        assert.deepEqual(stricter(one, one), one);
      }),
    );
  });

  it('is a refusal before two approvals, two before one, one before none', () => {
    const ladder = [
      asking(),
      asking({ needed: 1, by: 'anyone' }),
      asking({ needed: 2, by: 'anyone' }),
      verdictOf({ kind: 'refuse', reason: 'No.' }),
    ];
    for (const [place, mild] of ladder.entries()) {
      for (const strict of ladder.slice(place)) {
        assert.deepEqual(stricter(mild, strict).outcome, strict.outcome);
        assert.deepEqual(stricter(strict, mild).outcome, strict.outcome);
      }
    }
  });

  it('needs both groups of people when each verdict names another', () => {
    const [a, b] = [partiesOf(ONE), partiesOf(OTHER)];
    const both = stricter(asking({ needed: 1, by: a }), asking({ needed: 1, by: b }));
    const { outcome } = settleDefault(both, undefined);
    assert.ok(outcome.kind === 'approvals');
    assert.equal(openDemands(outcome.demands, THIRD, [approver(ONE)]).length, 1);
    assert.equal(openDemands(outcome.demands, THIRD, [approver(ONE), approver(OTHER)]).length, 0);
  });
});

describe('demands together', () => {
  it('leave out what another one implies', () => {
    const named: Demand = { needed: 1, by: partiesOf(ONE) };
    const more: Demand = { needed: 1, by: partiesOf(ONE, OTHER) };
    assert.deepEqual(together([{ needed: 1, by: 'anyone' }, more, named, named]), [named]);
    assert.deepEqual(together([{ by: 'default' }, { by: 'default' }]), [{ by: 'default' }]);
  });

  it('keep two of anyone beside one who is named', () => {
    const both: readonly Demand[] = [
      { needed: 2, by: 'anyone' },
      { needed: 1, by: partiesOf(ONE) },
    ];
    assert.deepEqual(together(both), both);
  });
});

describe('the default', () => {
  it('is put in its place', () => {
    const says: Demand = { needed: 1, by: partiesOf(ONE) };
    assert.deepEqual(settleDefault(asking({ by: 'default' }), says), asking(says));
    assert.deepEqual(settleDefault(asking({ by: 'default' }), undefined), asking());
    assert.deepEqual(settleDefault(asking({ by: 'default' }, { needed: 1, by: 'anyone' }), says), asking(says));
  });

  it('does not change a refusal', () => {
    const refusal = verdictOf({ kind: 'refuse', reason: 'No.' });
    assert.deepEqual(settleDefault(refusal, { needed: 1, by: 'anyone' }), refusal);
  });
});

describe('the groups that a policy asks about', () => {
  it('are those by which it tells requesters apart', () => {
    const [a, b, c] = GROUPS.map((id) => `group:${id}`);
    const rules = [{ name: 'it', when: { requester: [b, ONE] }, then: { approvals: 1, by: [c] } }];
    assert.deepEqual([...groupsOfRequesters(policyOf({ operators: [a], rules }))], [GROUPS[1]]);
  });
});

describe('an explanation', () => {
  it('tells the rule, what holds, what is unknown, and what else counts', () => {
    const rules = [
      { name: 'full of tier 0', when: { tag: ['Tier0'], type: ['Full'] }, then: { approvals: 1, by: [ONE] } },
      { name: 'others', when: { os: ['Ubuntu', 'Windows*'] }, then: { approvals: 2, by: 'anyone' } },
    ];
    const facts = factsOf({ type: 'Full', device: { tags: undefined } });
    assert.deepEqual(explain(judge(policyOf({ rules }), facts)), {
      rule: 'others',
      isDefault: false,
      asks: {
        kind: 'approvals',
        demands: [
          { needed: 2, by: 'anyone' },
          { needed: 1, by: partiesOf(ONE) },
        ],
      },
      limits: {},
      holds: [{ condition: 'os', known: true, entries: ['Windows*'] }],
      unknown: ['tag'],
      besides: ['full of tier 0'],
    });
  });

  it('says when no rule matches', () => {
    assert.ok(explain(judge(policyOf({ rules: [] }), factsOf())).isDefault);
  });

  it('is also told in a line', () => {
    const by = partiesOf(ONE, OTHER, `group:${GROUPS[0]!}`);
    assert.equal(outcomeText(asking({ needed: 2, by }).outcome), '2 approvals by 2 named people or 1 group');
    assert.equal(outcomeText(asking().outcome), 'allow');
    const limits = { coolDownMs: 120_000, scansPerPersonAndHour: 3, mostDevices: 4 };
    const text = '2 min between scans of the device, 3 scans per person and hour, 4 devices per request';
    assert.equal(limitsText(limits), text);
  });
});
