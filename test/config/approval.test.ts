import assert from 'node:assert/strict';
import { readApproval } from '../../src/config/approval.ts';
import { Environment } from '../../src/config/environment.ts';
import { isAmong } from '../../src/scan/demand.ts';
import type { PeopleDemand } from '../../src/scan/demand.ts';
import { readPersonId } from '../../src/scan/ids.ts';

const PERSON = '11111111-AAAA-4aaa-8aaa-111111111111';
const GROUP = '99999999-bbbb-4bbb-8bbb-999999999999';

interface Reading {
  readonly demand: PeopleDemand | undefined;
  readonly faults: readonly string[];
}

function reading(values: Readonly<Record<string, string>>): Reading {
  const env = new Environment(values);
  const demand = readApproval(env);
  return { demand, faults: env.faults.map(({ variable }) => variable) };
}

describe('who must approve', () => {
  it('is nobody but the requester by default', () => {
    assert.deepEqual(reading({}), { demand: undefined, faults: [] });
    assert.deepEqual(reading({ APPROVAL: 'requester' }), { demand: undefined, faults: [] });
  });

  it('is anybody else of the conversation', () => {
    assert.deepEqual(reading({ APPROVAL: 'second-person' }), { demand: { needed: 1, by: 'anyone' }, faults: [] });
  });

  it('is one of those on the list, people or groups', () => {
    const { demand, faults } = reading({ APPROVAL: 'approvers', APPROVERS: `${PERSON}, group:${GROUP}` });
    assert.deepEqual(faults, []);
    const by = [
      { kind: 'person', id: PERSON.toLowerCase() },
      { kind: 'group', id: GROUP },
    ];
    assert.deepEqual(demand, { needed: 1, by });
  });

  it('is never everybody when the list is empty', () => {
    for (const list of [{}, { APPROVERS: '' }, { APPROVERS: ' , ' }]) {
      const { demand, faults } = reading({ APPROVAL: 'approvers', ...list });
      assert.deepEqual(faults, ['APPROVERS']);
      assert.ok(demand !== undefined && demand.by !== 'anyone');
      assert.ok(!isAmong(demand.by, { id: readPersonId(PERSON), groups: new Set() }));
    }
  });

  it('is not guessed from an entry that is no id', () => {
    for (const entry of ['alice@contoso.com', 'group:SOC', '*', `${PERSON};${GROUP}`]) {
      const { faults } = reading({ APPROVAL: 'approvers', APPROVERS: `${PERSON},${entry}` });
      assert.deepEqual(faults, ['APPROVERS'], entry);
    }
  });

  it('is not a list that nothing asks', () => {
    for (const mode of ['requester', 'second-person']) {
      assert.deepEqual(reading({ APPROVAL: mode, APPROVERS: PERSON }).faults, ['APPROVERS']);
    }
    assert.deepEqual(reading({ APPROVERS: PERSON }).faults, ['APPROVERS']);
  });
});
