import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ActionId, RequestId } from '../../../src/scan/ids.ts';
import { answered, refused } from '../../../src/scan/refusal.ts';
import { MINUTE, SECOND } from '../../../src/scan/time.ts';
import { alice, channel, laptop, NOON, requestIn, scanOf, submitting } from '../../support/requests.ts';
import { Workshop } from '../workshop.ts';

describe('cancelling', () => {
  let shop: Workshop;

  beforeEach(async () => {
    shop = await Workshop.open();
    shop.defender.scans = answered([scanOf()]);
  });

  afterEach(() => shop.close());

  const cancels = async (): Promise<void> => {
    await shop.errand('cancel', 'fin-laptop-07');
    await shop.bench.passes(0);
  };

  it('closes what was decided and not sent yet', async () => {
    const content = { type: 'Full', comment: 'Check' } as const;
    const counts = { posts: 1, lost: 0, until: NOON + 5 * MINUTE, wait: { for: 'sign-in' } as const };
    const request = await shop.put({ name: 'approved', device: laptop, content, by: alice.id, at: NOON, ...counts });
    await cancels();
    assert.equal((await shop.stageOf(request)).name, 'closed');
    assert.deepEqual(shop.said, ['card', 'cancel: dismissed']);
    await shop.bench.passes(10 * MINUTE);
    assert.deepEqual(shop.defender.asked, []);
  });

  it('waits while a start is on its way, and cancels what comes of it', async () => {
    const request = await shop.put(submitting());
    await cancels();
    assert.equal(shop.said.length, 0);
    shop.defender.cancel = answered(scanOf({ status: 'Cancelled' }));
    for (let second = 0; second < 20; second += 1) await shop.bench.passes(SECOND);
    assert.equal((await shop.stageOf(request)).name, 'settled');
    assert(shop.said.includes('cancel: cancelled'));
  });

  it('does not wait for ever', async () => {
    shop.defender.scans = refused('no-answer');
    await shop.put(submitting());
    await cancels();
    for (let minute = 0; minute < 11; minute += 1) await shop.bench.passes(MINUTE);
    assert.deepEqual(shop.said, ['cancel: unclear']);
  });

  it('is honest about coming too late', async () => {
    const request = await shop.follows();
    shop.defender.single = answered(scanOf({ status: 'InProgress' }));
    await cancels();
    assert(shop.said.includes('cancel: too-late'));
    assert.equal((await shop.stageOf(request)).name, 'following');
  });

  it('is done when an earlier cancellation came first', async () => {
    const request = await shop.follows();
    shop.defender.single = answered(scanOf({ status: 'Cancelled' }));
    await cancels();
    assert(shop.said.includes('cancel: cancelled'));
    assert.equal((await shop.stageOf(request)).name, 'settled');
  });

  it('means the person’s own scan where they also follow one that ran already', async () => {
    await shop.follows({ scan: scanOf({ id: 'mine' as ActionId }) });
    await shop.bench.passes(SECOND);
    await shop.follows({ scan: scanOf({ id: 'theirs' as ActionId }), adopted: true });
    shop.defender.cancel = answered(scanOf({ id: 'mine' as ActionId, status: 'Cancelled' }));
    await cancels();
    assert(shop.defender.asked.includes('cancel mine'));
  });

  it('leaves alone what somebody else started', async () => {
    await shop.follows({ adopted: true });
    await cancels();
    assert(shop.said.includes('cancel: not-yours'));
    assert(!shop.defender.asked.some((call) => call.startsWith('cancel')));
  });

  it('finds it below a long list that was asked for since', async () => {
    await shop.follows();
    const over = { name: 'closed', why: 'dismissed', refusal: undefined, reference: undefined, at: NOON } as const;
    for (let nth = 0; nth < 500; nth += 1) {
      const later = { ...requestIn({ ...over, device: undefined, content: undefined }), id: randomUUID() as RequestId };
      const after = { ...later, askedAt: NOON + MINUTE };
      await shop.bench.store.commit({ thread: channel, move: { before: undefined, after } });
    }
    shop.defender.cancel = answered(scanOf({ status: 'Cancelled' }));
    await cancels();
    assert(shop.said.includes('cancel: cancelled'));
  });

  it('says when there is nothing', async () => {
    await cancels();
    assert.deepEqual(shop.said, ['cancel: nothing-to-cancel']);
  });
});
