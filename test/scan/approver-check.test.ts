import assert from 'node:assert/strict';
import { ApproverCheck } from '../../src/scan/approver-check.ts';
import type { PeopleDemand } from '../../src/scan/demand.ts';
import type { ThreadId } from '../../src/scan/ids.ts';
import type { Person, Thread } from '../../src/scan/person.ts';
import type { Presence } from '../../src/scan/ports.ts';
import { answered } from '../../src/scan/refusal.ts';
import { SECOND } from '../../src/scan/time.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alice, channel, laptop } from '../support/requests.ts';

const bob: Person = { ...alice, id: 'bbbbbbbb-0000-4000-8000-000000000000' as Person['id'], name: 'Bob' };
const chat: Thread = { ...channel, id: 'a:bob' as ThreadId, kind: 'personal' };
const NAMED: PeopleDemand = { needed: 1, by: [{ kind: 'person', id: bob.id }] };
const ANYONE: PeopleDemand = { needed: 1, by: 'anyone' };

interface Known {
  readonly inChannel: Presence;
  readonly inChat?: Presence;
}

/** What becomes of Bob's yes, pressed in his own chat, to what was asked in a channel. */
async function standing(
  demand: PeopleDemand,
  { inChannel, inChat = 'unknown' }: Known,
  thread: Thread = channel,
): Promise<string> {
  const clock = new FakeClock();
  const check = new ApproverCheck({
    roster: { presenceOf: (_person, { id }) => Promise.resolve(id === chat.id ? inChat : inChannel) },
    groups: { groupsOf: () => Promise.resolve(new Set()) },
    defender: { findDevices: () => Promise.resolve(answered([laptop])) },
    clock,
  });
  const before = clock.now() + SECOND;
  const found = await check.standing({
    person: bob,
    thread,
    pressedIn: chat,
    device: laptop,
    demands: [demand],
    before,
  });
  return found.is === 'flawed' ? found.flaw : found.is;
}

describe('an approver', () => {
  it('who is named is known to Teams as no guest, in the thread or where they press', async () => {
    assert.equal(await standing(NAMED, { inChannel: 'member' }), 'approver');
    assert.equal(await standing(NAMED, { inChannel: 'absent', inChat: 'member' }), 'approver');
  });

  it('who is named is nobody of whom Teams does not say so', async () => {
    assert.equal(await standing(NAMED, { inChannel: 'guest', inChat: 'member' }), 'guest');
    assert.equal(await standing(NAMED, { inChannel: 'unknown', inChat: 'member' }), 'not-checked');
    assert.equal(await standing(NAMED, { inChannel: 'absent', inChat: 'guest' }), 'guest');
    for (const inChat of ['absent', 'unknown'] as const) {
      assert.equal(await standing(NAMED, { inChannel: 'absent', inChat }), 'not-checked');
    }
  });

  it('who is named is not looked for in the chat of the requester alone', async () => {
    const own: Thread = { ...channel, id: 'a:alice' as ThreadId, kind: 'personal' };
    assert.equal(await standing(NAMED, { inChannel: 'unknown', inChat: 'member' }, own), 'approver');
    assert.equal(await standing(NAMED, { inChannel: 'unknown', inChat: 'guest' }, own), 'guest');
    assert.equal(await standing(ANYONE, { inChannel: 'unknown', inChat: 'member' }, own), 'not-in-thread');
  });

  it('who is anyone is in the thread, wherever they press', async () => {
    assert.equal(await standing(ANYONE, { inChannel: 'member' }), 'approver');
    assert.equal(await standing(ANYONE, { inChannel: 'absent', inChat: 'member' }), 'not-in-thread');
    assert.equal(await standing(ANYONE, { inChannel: 'unknown', inChat: 'member' }), 'not-checked');
  });
});
