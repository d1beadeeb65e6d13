import assert from 'node:assert/strict';
import { readRequest } from '../../src/store/document.ts';
import { NIL, withoutPerson } from '../../src/store/audit/without-person.ts';
import { alice, bob, NOON, requestOf, stages } from './records.ts';

describe('a document without a person', () => {
  const declined = { by: bob, reason: 'Not on my watch' };
  const approvals = [{ by: bob, at: NOON, groups: [] }];
  const request = { ...requestOf({ stage: { ...stages.closed, declined } }), approvals };

  it('names and quotes them no more, and everybody else as before', () => {
    const text = withoutPerson(JSON.stringify(request), bob.id);
    for (const word of ['bob', 'Not on my watch', bob.teamsId]) assert.ok(!text.includes(word), word);
    const left = readRequest(text);
    assert.deepEqual(left.requester, alice);
    assert.equal(left.approvals?.[0]?.by.id, NIL);
    assert.equal(left.approvals[0].at, NOON);
  });

  it('is the same where they are not in it', () => {
    const text = JSON.stringify(requestOf());
    assert.equal(withoutPerson(text, bob.id), text);
  });
});
