import assert from 'node:assert/strict';
import { DAY, HOUR, SECOND } from '../../src/scan/time.ts';
import { CHANNEL, errandOf, eventOf, messageOf, moved, NOON, requestOf, stages } from './records.ts';
import { KEEP_FINISHED, KEEP_SENT } from './suite.ts';
import type { OnBench } from './suite.ts';

const LEASE = NOON + 30 * SECOND;

export function describeRetention(onBench: OnBench): void {
  describe('a sweep', () => {
    it(
      'lets go of a request that ended long enough ago, and of no other',
      onBench(async ({ store, clock }) => {
        const ended = requestOf({ stage: stages.closed, askedAt: NOON - 100 * DAY });
        const settled = requestOf({ stage: stages.settled });
        const open = requestOf({ stage: stages.proposed, askedAt: NOON - 9 * KEEP_FINISHED });
        for (const after of [ended, settled, open]) await store.commit({ move: { before: undefined, after } });
        clock.time = NOON + KEEP_FINISHED;
        assert.equal(await store.sweep(), 0);
        clock.time = NOON + KEEP_FINISHED + 1;
        assert.equal(await store.sweep(), 1);
        assert.equal(await store.request(ended.id), undefined);
        assert.deepEqual(await store.request(settled.id), settled);
        clock.time = NOON + 9 * KEEP_FINISHED;
        assert.equal(await store.sweep(), 1);
        assert.equal(await store.request(settled.id), undefined);
        assert.deepEqual(await store.request(open.id), open);
      }),
    );

    it(
      'counts from the move that ended the request',
      onBench(async ({ store, clock }) => {
        const before = requestOf();
        await store.commit({ move: { before: undefined, after: before } });
        const at = NOON + KEEP_FINISHED;
        await store.commit({ move: { before, after: moved(before, { ...stages.closed, at }) } });
        clock.time = at + KEEP_FINISHED;
        assert.equal(await store.sweep(), 0);
        clock.time += 1;
        assert.equal(await store.sweep(), 1);
      }),
    );

    it(
      'takes the cards of a request along',
      onBench(async ({ store, clock }) => {
        const after = requestOf({ stage: stages.closed });
        const card = { request: after.id, thread: CHANNEL, activityId: 'a', rev: 1 };
        await store.commit({ move: { before: undefined, after }, messages: [messageOf('m')] });
        await store.finish((await store.claim('message', LEASE, 1))[0]!, { card });
        clock.time += KEEP_FINISHED + 1;
        await store.sweep();
        assert.equal(await store.card(after.id, CHANNEL), undefined);
      }),
    );

    it(
      'forgets in its own time that a message was delivered, and never one that was not',
      onBench(async ({ store, clock }) => {
        await store.commit({ messages: [messageOf('said'), messageOf('unsaid')] });
        await store.finish((await store.claim('message', LEASE, 1))[0]!);
        clock.time += KEEP_SENT;
        assert.equal(await store.sweep(), 0);
        clock.time += 1;
        assert.equal(await store.sweep(), 1);
        assert.deepEqual(await store.message('unsaid'), messageOf('unsaid'));
      }),
    );

    it(
      'forgets marks after seven days',
      onBench(async ({ store, clock }) => {
        await store.commit({ once: 'old' });
        clock.time += 7 * DAY;
        await store.commit({ once: 'new' });
        assert.equal(await store.sweep(), 0);
        clock.time += 1;
        assert.equal(await store.sweep(), 1);
        assert.equal(await store.commit({ once: 'new' }), false);
      }),
    );

    it(
      'keeps what was buried for as long as finished requests',
      onBench(async ({ store, clock }) => {
        await store.commit({ messages: [messageOf('m')], errand: errandOf('e') });
        for (const kind of ['message', 'errand'] as const) {
          await store.bury((await store.claim(kind, LEASE, 1))[0]!, 'why');
        }
        clock.time += KEEP_FINISHED;
        assert.equal(await store.sweep(), 0);
        clock.time += 1;
        assert.equal(await store.sweep(), 2);
        assert.equal(await store.message('m'), undefined);
        assert.equal(await store.errand('e'), undefined);
      }),
    );

    it(
      'goes on until nothing is left that is past its time',
      onBench(async ({ store, clock }) => {
        const messages = Array.from({ length: 450 }, (_, nth) => messageOf(`m${nth}`));
        for (const message of messages) await store.commit({ once: message.id, events: [eventOf('r')] });
        clock.time += 8 * DAY + HOUR;
        assert.equal(await store.sweep(), 450);
        assert.equal(await store.sweep(), 0);
      }),
    );
  });
}
