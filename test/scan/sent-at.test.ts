import assert from 'node:assert/strict';
import { follow } from '../../src/scan/following.ts';
import { close, hold, intend, isIn, sendAgain } from '../../src/scan/moves.ts';
import type { In } from '../../src/scan/moves.ts';
import type { Write } from '../../src/scan/ports.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { alice, laptop, NOON, requestIn, scanOf } from '../support/requests.ts';

const LATER = NOON + 9000;

function moved(write: Write): ScanRequest {
  assert.ok(write.move);
  return write.move.after;
}

function sent(): In<'submitting'> {
  const content = { type: 'Full', comment: 'Check' } as const;
  const waits = { wait: undefined, posts: 0, lost: 0, until: LATER };
  const approved = requestIn({ name: 'approved', device: laptop, content, by: alice.id, at: NOON, ...waits });
  const after = moved(intend(approved, [], NOON + 5));
  assert.ok(isIn(after, 'submitting'));
  return after;
}

describe('a scan counts as sent', () => {
  it('from the moment at which it goes out', () => {
    assert.equal(sent().sentAt, NOON + 5);
  });

  it('as long as Defender may have taken it', () => {
    const followed = follow(sent(), scanOf(), { now: LATER, follower: alice.id, lookAt: LATER, adopted: false });
    assert.equal(moved(followed).sentAt, NOON + 5);
    assert.equal(moved(close(sent(), 'unclear', LATER)).sentAt, NOON + 5);
  });

  it('no more once Defender surely did not take it', () => {
    const refusal = { kind: 'forbidden' } as const;
    for (const write of [
      hold(sent(), { for: 'sign-in' }, LATER),
      sendAgain(sent(), LATER),
      close(sent(), 'refused', LATER, { refusal }),
    ]) {
      assert.ok(!('sentAt' in moved(write)));
    }
  });
});
