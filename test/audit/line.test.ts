import assert from 'node:assert/strict';
import { linesOf } from '../../src/audit/line.ts';
import type { AuditLine } from '../../src/audit/line.ts';
import { follow, observe } from '../../src/scan/following.ts';
import type { Write } from '../../src/scan/ports.ts';
import { approve, close, dismiss, intend, isIn, propose } from '../../src/scan/moves.ts';
import type { In } from '../../src/scan/moves.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Stage } from '../../src/scan/stage.ts';
import { alice, laptop, NOON, requestIn, scanOf } from '../support/requests.ts';

const asked: ScanRequest = requestIn({ name: 'asked', waitsForSignIn: false, until: NOON });
const times = { now: NOON, until: NOON + 60_000 };

function after<Name extends Stage['name']>(write: Write, name: Name): In<Name> {
  const request = write.move?.after;
  assert.ok(request !== undefined && isIn(request, name));
  return request;
}

function personal({ personal: fields }: AuditLine): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ field, text }) => [field, text]));
}

const bob = '22222222-bbbb-4bbb-8bbb-222222222222' as typeof alice.id;

function only(write: Write): AuditLine {
  const [line, ...others] = linesOf(write);
  assert.ok(line !== undefined && others.length === 0);
  return line;
}

describe('the audit of a request', () => {
  const proposal = propose(asked as In<'asked'>, laptop, undefined, times);
  const proposed = after(proposal, 'proposed');
  const approval = approve(proposed, { type: 'Full', comment: 'Check' }, alice.id, NOON);
  const sending = intend(after(approval, 'approved'), ['alice@contoso.com'], NOON);
  const facts = { now: NOON, follower: alice.id, lookAt: NOON, adopted: false };
  const accepted = follow(after(sending, 'submitting'), scanOf(), facts);

  it('says who asked for what, where, in which words', () => {
    const events = [{ request: asked.id, at: NOON, who: alice.id, what: 'asked', facts: {} }];
    const line = only({ move: { before: undefined, after: asked }, events });
    assert.deepEqual([line.who, line.what, line.facts], ['person', 'asked', { stage: 'asked' }]);
    assert.deepEqual(personal(line), {
      who: alice.id,
      name: alice.name,
      thread: asked.thread,
      typed: 'fin-laptop-07',
      comment: 'Check',
    });
  });

  it('says which device was found', () => {
    const line = only(proposal);
    assert.deepEqual([line.who, line.facts], ['bot', { stage: 'proposed', device: laptop.id }]);
    assert.deepEqual(personal(line), { deviceName: laptop.name });
  });

  it('says who approved which type with which comment', () => {
    const line = only(approval);
    assert.deepEqual([line.what, line.facts], ['approved', { stage: 'approved', device: laptop.id, type: 'Full' }]);
    assert.deepEqual(personal(line), { who: alice.id, comment: 'Check' });
  });

  it('says what went to Defender, words included', () => {
    const line = only(sending);
    assert.deepEqual([line.what, line.facts['type'], line.facts['device']], ['sent to Defender', 'Full', laptop.id]);
    assert.deepEqual(personal(line), { who: alice.id, comment: 'Check' });
  });

  it('says what Defender answered, and as whom it has the requester', () => {
    const line = only(accepted);
    assert.deepEqual([line.who, line.what], ['defender', 'accepted']);
    assert.deepEqual([line.facts['action'], line.facts['status']], [scanOf().id, 'Pending']);
    assert.deepEqual(personal(line), { account: 'alice@contoso.com' });
    const ended = observe(after(accepted, 'following'), scanOf({ status: 'Failed', errorCode: '0x80508023' }), NOON);
    assert.deepEqual(only(ended!).facts, {
      stage: 'settled',
      device: laptop.id,
      type: 'Full',
      action: scanOf().id,
      status: 'Failed',
      adopted: false,
      error: '0x80508023',
    });
  });

  it('has somebody else’s account without a person of ours to it', () => {
    const adopted = follow(after(sending, 'submitting'), scanOf({ requester: 'nina@contoso.com' }), {
      ...facts,
      adopted: true,
    });
    assert.deepEqual(only(adopted).personal, [{ field: 'account', text: 'nina@contoso.com', person: '' }]);
  });

  it('says who dismissed it, and why Defender refused', () => {
    assert.deepEqual(personal(only(dismiss(proposed, alice.id, NOON))), { who: alice.id });
    const refusal = { kind: 'forbidden', status: 403, code: 'Forbidden' } as const;
    const line = only(close(after(sending, 'submitting'), 'refused', NOON, { refusal }));
    assert.deepEqual(
      [line.facts['refusal'], line.facts['status'], line.facts['code']],
      ['forbidden', 403, 'Forbidden'],
    );
  });

  it('keeps the comment with the requester whose words it is, whoever approves and sends it', () => {
    const { move, events = [] } = sending;
    const [line] = linesOf({ ...(move && { move }), events: events.map((event) => ({ ...event, who: bob })) });
    const owners = line!.personal.map(({ field, person }) => [field, person]);
    assert.deepEqual(owners, [
      ['comment', alice.id],
      ['who', bob],
    ]);
  });

  it('has the comment that was approved, in part too', () => {
    const given = { ...proposed, approvals: [{ by: { ...alice, id: bob }, at: NOON, groups: [] }] };
    const before = after(approval, 'approved');
    const events = [{ request: asked.id, at: NOON, who: bob, what: 'approved in part', facts: {} }];
    const line = only({ move: { before, after: { ...before, approvals: given.approvals } }, events });
    assert.equal(personal(line)['comment'], 'Check');
  });

  it('keeps what an event says of people aside, with whoever said it', () => {
    const events = [
      { request: asked.id, at: NOON, who: bob, what: 'declined', facts: {}, personal: { reason: 'Not now' } },
    ];
    const [line] = linesOf({ events });
    assert.deepEqual(line!.personal, [
      { field: 'reason', text: 'Not now', person: bob },
      { field: 'who', text: bob, person: bob },
    ]);
    assert.deepEqual(line!.facts, {});
  });
});
