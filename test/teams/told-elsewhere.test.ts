import assert from 'node:assert/strict';
import type { PersonId, ThreadId } from '../../src/scan/ids.ts';
import type { Message } from '../../src/scan/message.ts';
import type { Notice } from '../../src/scan/notice.ts';
import type { Person } from '../../src/scan/person.ts';
import type { Store } from '../../src/scan/ports.ts';
import { ToldElsewhere } from '../../src/teams/told-elsewhere.ts';
import { alice, requestIn } from '../support/requests.ts';

const CHAT = 'a:chat' as ThreadId;
const bob: Person = { ...alice, id: '22222222-bbbb-4bbb-8bbb-222222222222' as PersonId };
const request = requestIn({ name: 'asked', waitsForSignIn: false, until: 0 });

function told(notice: Notice, to: Person = alice, thread = request.thread): Promise<ThreadId | undefined> {
  const store = { person: (id: PersonId) => Promise.resolve({ ...alice, id, tellIn: CHAT }) };
  const message: Message = { id: 'one', thread, to, content: { kind: 'notice', notice, mention: false } };
  return new ToldElsewhere(store as Partial<Store> as Store).placeFor(message, request);
}

describe('a notice to somebody who is told elsewhere', () => {
  it('goes there when it tells what becomes of their scan', async () => {
    assert.equal(await told({ say: 'ended', request: request.id }), CHAT);
    assert.equal(await told({ say: 'started', request: request.id }), CHAT);
  });

  it('stays where it is when it answers a question', async () => {
    assert.equal(await told({ say: 'asked-already', request: request.id }), undefined);
    assert.equal(await told({ say: 'moved-here', request: request.id }), undefined);
  });

  it('stays where it is when the scan is somebody else’s', async () => {
    assert.equal(await told({ say: 'ended', request: request.id }, bob), undefined);
  });

  it('is not sent on from anywhere but the thread of the scan', async () => {
    assert.equal(await told({ say: 'ended', request: request.id }, alice, CHAT), undefined);
  });
});
