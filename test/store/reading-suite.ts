import assert from 'node:assert/strict';
import { deviceOf } from '../../src/scan/scan-request.ts';
import { alice, bob, CHANNEL, CHAT, deviceOf as device, messageOf, moved, NOON, requestOf, stages } from './records.ts';
import type { OnBench } from './suite.ts';

const laptop = deviceOf(requestOf({ stage: stages.proposed }))!;

export function describeReading(onBench: OnBench): void {
  describe('what is read', () => {
    for (const [name, stage] of Object.entries(stages)) {
      it(
        `is what was written, at ${name}`,
        onBench(async ({ store }) => {
          const request = requestOf({ stage });
          await store.commit({ move: { before: undefined, after: request } });
          assert.deepEqual(await store.request(request.id), request);
        }),
      );
    }

    it(
      'is undefined for what was never written',
      onBench(async ({ store }) => {
        const { id } = requestOf();
        const found = [store.request(id), store.person(alice.id), store.thread(CHAT), store.errand('e')];
        const more = [store.message('m'), store.card(id, CHAT), store.nextDue()];
        assert.deepEqual(new Set(await Promise.all([...found, ...more])), new Set([undefined]));
      }),
    );

    it(
      'is a person’s own requests, the newest first, and no more than were asked for',
      onBench(async ({ store }) => {
        const mine = [3, 1, 2].map((at) => requestOf({ id: `a${at}`, askedAt: NOON + at }));
        for (const after of [...mine, requestOf({ by: bob })])
          await store.commit({ move: { before: undefined, after } });
        const ids = async (limit: number) => (await store.requestsOf(alice.id, limit)).map((request) => request.id);
        assert.deepEqual(await ids(9), ['a3', 'a2', 'a1']);
        assert.deepEqual(await ids(2), ['a3', 'a2']);
        assert.deepEqual(await ids(-1), []);
      }),
    );

    it(
      'is followed requests, of one or of all',
      onBench(async ({ store }) => {
        const { following: stage } = stages;
        const [hers, his] = [requestOf({ stage }), requestOf({ stage, by: bob })];
        const over = requestOf({ stage: stages.settled });
        for (const after of [hers, his, over]) await store.commit({ move: { before: undefined, after } });
        assert.deepEqual(await store.following(alice.id), [hers]);
        const all = await store.following('application');
        assert.deepEqual(new Set(all.map((request) => request.id)), new Set([hers.id, his.id]));
        await store.commit({ move: { before: hers, after: moved(hers, stages.settled) } });
        assert.deepEqual(await store.following(alice.id), []);
      }),
    );

    it(
      'is the open requests about a device, the newest first',
      onBench(async ({ store }) => {
        const at = (askedAt: number, stage: (typeof stages)[keyof typeof stages]) => requestOf({ stage, askedAt });
        const open = [at(1, stages.proposed), at(3, stages.following), at(2, stages.submitting)];
        const elsewhere = at(4, { ...stages.proposed, device: device('other') });
        const rest = [
          at(5, stages.settled),
          at(6, stages.closed),
          at(7, stages.asked),
          at(8, stages.choosing),
          elsewhere,
        ];
        for (const after of [...open, ...rest]) await store.commit({ move: { before: undefined, after } });
        const found = await store.openFor(laptop.id);
        assert.deepEqual(
          found.map((request) => request.askedAt),
          [3, 2, 1],
        );
      }),
    );
  });

  describe('a delivered message', () => {
    it(
      'is known by where it stands, if that was told',
      onBench(async ({ store }) => {
        await store.commit({ messages: [messageOf('told'), messageOf('other')] });
        assert.equal(await store.delivered('told'), undefined);
        const [first] = await store.claim('message', NOON + 1, 1);
        await store.finish(first!, { activityId: 'a1' });
        const [second] = await store.claim('message', NOON + 1, 1);
        await store.finish(second!);
        assert.deepEqual(await store.delivered('told'), { thread: CHANNEL, activityId: 'a1' });
        assert.deepEqual([await store.message('told'), await store.delivered('other')], [undefined, undefined]);
      }),
    );
  });

  describe('a card', () => {
    it(
      'stands where the message that carried it was finished, until it is forgotten',
      onBench(async ({ store }) => {
        const { id: request } = requestOf();
        for (const rev of [1, 2]) {
          await store.commit({ messages: [messageOf(`m${rev}`)] });
          const [claim] = await store.claim('message', NOON + 1, 9);
          const card = { request, thread: CHANNEL, activityId: `activity ${rev}`, rev };
          await store.finish(claim!, { card });
          assert.deepEqual(await store.card(request, CHANNEL), card);
        }
        assert.equal(await store.card(request, CHAT), undefined);
        await store.forgetCard(request, CHAT);
        assert.notEqual(await store.card(request, CHANNEL), undefined);
        await store.forgetCard(request, CHANNEL);
        assert.equal(await store.card(request, CHANNEL), undefined);
      }),
    );

    it(
      'is found in every thread where it stands',
      onBench(async ({ store }) => {
        const { id: request } = requestOf();
        const other = requestOf({ id: 'other' }).id;
        const cards = [
          { request, thread: CHANNEL, activityId: 'a1', rev: 2 },
          { request, thread: CHAT, activityId: 'a2', rev: 1 },
          { request: other, thread: CHAT, activityId: 'a3', rev: 1 },
        ];
        for (const [index, card] of cards.entries()) {
          await store.commit({ messages: [messageOf(`m${index}`)] });
          const [claim] = await store.claim('message', NOON + 1, 9);
          await store.finish(claim!, { card });
        }
        const found = (await store.cardsOf(request)).toSorted((one, two) => two.rev - one.rev);
        assert.deepEqual(found, cards.slice(0, 2));
      }),
    );

    it(
      'is not kept by a claim that was lost',
      onBench(async ({ store, clock }) => {
        const { id: request } = requestOf();
        await store.commit({ messages: [messageOf('m')] });
        const [lost] = await store.claim('message', NOON + 1, 9);
        clock.time = NOON + 1;
        await store.claim('message', NOON + 9, 9);
        await store.finish(lost!, { card: { request, thread: CHANNEL, activityId: 'a', rev: 1 } });
        assert.equal(await store.card(request, CHANNEL), undefined);
        assert.notEqual(await store.message('m'), undefined);
      }),
    );
  });

  describe('a check', () => {
    it(
      'passes as often as it is asked for while the store is open, and fails once it is closed',
      onBench(async ({ store }) => {
        await store.check();
        await store.check();
        await store.close();
        await assert.rejects(store.check());
      }),
    );
  });
}
