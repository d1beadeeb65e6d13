import assert from 'node:assert/strict';
import { approvedStage, START_WITHIN } from '../../src/scan/decided.ts';
import type { RequestId } from '../../src/scan/ids.ts';
import { isIn } from '../../src/scan/moves.ts';
import type { Write } from '../../src/scan/ports.ts';
import type { Holder } from '../../src/scan/queued.ts';
import { leaveQueue, QUEUE_WITHIN, queueBehind } from '../../src/scan/queueing.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Stage } from '../../src/scan/stage.ts';
import { HOUR, MINUTE } from '../../src/scan/time.ts';
import { alice, laptop, NOON, requestIn } from '../support/requests.ts';

const other: Holder = { request: 'other' as RequestId, requester: 'Bob', type: 'Full' };
const choice = { device: laptop, content: { type: 'Full', comment: 'Check' }, by: alice.id } as const;
const asked = requestIn({ name: 'asked', waitsForSignIn: false, until: NOON });
const decided = { ...asked, stage: approvedStage(asked, choice, NOON) };

describe('a decided scan that waits behind another', () => {
  it('waits a day', () => {
    assert.equal(untilOf(queues(decided, NOON)), NOON + QUEUE_WITHIN);
  });

  it('has no more than that day, however often it comes to wait', () => {
    const late = NOON + QUEUE_WITHIN - MINUTE;
    const free = leaves(queues(decided, NOON), late);
    assert.equal(untilOf(free), NOON + QUEUE_WITHIN);
    assert.equal(untilOf(queues(free, late)), NOON + QUEUE_WITHIN);
  });

  it('has its usual time to start once the device is free', () => {
    assert.equal(untilOf(leaves(queues(decided, NOON), NOON + HOUR)), NOON + HOUR + START_WITHIN);
  });
});

function queues(request: ScanRequest, now: number): ScanRequest {
  assert(isIn(request, 'approved'));
  return afterwards(queueBehind(request, other, now));
}

function leaves(request: ScanRequest, now: number): ScanRequest {
  assert(isIn(request, 'queued'));
  return afterwards(leaveQueue(request, now));
}

function afterwards({ move }: Write): ScanRequest {
  assert(move !== undefined);
  return move.after;
}

function untilOf({ stage }: { readonly stage: Stage }): number {
  assert('until' in stage);
  return stage.until;
}
