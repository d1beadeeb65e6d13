import assert from 'node:assert/strict';
import { mayApprove, openDemands, readParty } from '../../src/scan/demand.ts';
import type { Approver, Party, PeopleDemand } from '../../src/scan/demand.ts';
import { readPersonId } from '../../src/scan/ids.ts';
import type { PersonId } from '../../src/scan/ids.ts';

const [ONE, OTHER, THIRD] = [1, 2, 3].map((n) => personId(`0000000${n}-0000-4000-8000-000000000000`)) as [
  PersonId,
  PersonId,
  PersonId,
];
const GROUP = 'aaaaaaaa-0000-4000-8000-000000000000';

function personId(text: string): PersonId {
  const id = readPersonId(text);
  assert.ok(id !== undefined);
  return id;
}

function approver(id: PersonId, groups: Approver['groups'] = new Set()): Approver {
  return { id, groups };
}

function parties(...texts: readonly string[]): readonly Party[] {
  return texts.map((text) => {
    const party = readParty(text);
    assert.ok(party !== undefined);
    return party;
  });
}

describe('an approval that is needed', () => {
  const demands: readonly PeopleDemand[] = [{ needed: 2, by: 'anyone' }];

  it('is not given by the requester', () => {
    assert.equal(openDemands(demands, ONE, [approver(ONE), approver(OTHER)]).length, 1);
    assert.equal(openDemands(demands, THIRD, [approver(ONE), approver(OTHER)]).length, 0);
  });

  it('is not given twice by one person', () => {
    assert.equal(openDemands(demands, ONE, [approver(OTHER), approver(OTHER)]).length, 1);
  });

  it('is given by whoever is named, and by nobody else', () => {
    assert.ok(mayApprove({ needed: 1, by: parties(ONE) }, approver(ONE)));
    assert.ok(!mayApprove({ needed: 1, by: parties(ONE) }, approver(OTHER)));
  });

  it('is given by nobody when nobody is named', () => {
    assert.ok(!mayApprove({ needed: 1, by: [] }, approver(ONE)));
  });

  it('is given through a group, unless the groups cannot be known', () => {
    const demand: PeopleDemand = { needed: 1, by: parties(`group:${GROUP}`) };
    assert.ok(mayApprove(demand, approver(ONE, new Set([GROUP]))));
    assert.ok(mayApprove(demand, approver(ONE, new Set([GROUP.toUpperCase()]))));
    assert.ok(!mayApprove(demand, approver(ONE, new Set([ONE]))));
    assert.ok(!mayApprove(demand, approver(ONE, 'unknown')));
  });
});

describe('a person or a group', () => {
  it('is read from an object id, in whatever case', () => {
    assert.deepEqual(readParty(ONE.toUpperCase()), { kind: 'person', id: ONE });
    assert.deepEqual(readParty(`group:${GROUP.toUpperCase()}`), { kind: 'group', id: GROUP });
  });

  it('is not read from anything else', () => {
    for (const text of ['', 'everybody', '*', 'group:', 'group:*', `user:${ONE}`, ` ${ONE}`]) {
      assert.equal(readParty(text), undefined);
    }
  });
});
