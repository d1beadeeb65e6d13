import assert from 'node:assert/strict';
import type { RequestId, ThreadId } from '../../src/scan/ids.ts';
import { DAY, HOUR, SECOND } from '../../src/scan/time.ts';
import { alice, bob, CHANNEL, errandOf, eventOf, messageOf, moved, NOON, requestOf, stages } from './records.ts';
import { threadOf } from './records.ts';
import type { OnBench } from './suite.ts';

const LEASE = NOON + 30 * SECOND;

export function describeCommits(onBench: OnBench): void {
  describe('a commit', () => {
    it(
      'keeps everything of one write',
      onBench(async ({ store }) => {
        const request = requestOf();
        const thread = threadOf(CHANNEL);
        const parts = { person: alice, thread, events: [eventOf(request.id)], messages: [messageOf('m')] };
        const wake = { errand: errandOf('e'), follow: { who: alice.id, at: NOON } };
        assert.equal(
          await store.commit({ once: 'o', move: { before: undefined, after: request }, ...parts, ...wake }),
          true,
        );
        assert.deepEqual(await store.request(request.id), request);
        assert.deepEqual(await store.person(alice.id), alice);
        assert.deepEqual(await store.thread(CHANNEL), thread);
        assert.deepEqual(await store.message('m'), messageOf('m'));
        assert.deepEqual(await store.errand('e'), errandOf('e'));
        assert.equal((await store.claim('follower', LEASE, 9)).length, 1);
      }),
    );

    it(
      'asks once for the same words, also of two at the same moment, until that is decided',
      onBench(async ({ store }) => {
        const asks = (id: string, words = 'w') => {
          const after = { ...requestOf({ id }), words };
          return store.commit({ once: id, move: { before: undefined, after }, unlessAskedSince: NOON - 1 });
        };
        const both = await Promise.all([asks('one'), asks('other')]);
        assert.deepEqual(both.toSorted(), [false, true]);
        assert.equal(await asks('third', 'other words'), true);
        const id = both[0] ? 'one' : 'other';
        const first = (await store.request(id as RequestId))!;
        await store.commit({ move: { before: first, after: moved(first, stages.approved) } });
        assert.equal(await asks('fourth'), true);
        const late = { ...requestOf({ id: 'late' }), words: 'w' };
        const move = { before: undefined, after: late };
        assert.equal(await store.commit({ move, unlessAskedSince: NOON }), true, 'asked for long ago');
      }),
    );

    it(
      'is refused whole when its mark was seen before',
      onBench(async ({ store }) => {
        assert.equal(await store.commit({ once: 'o' }), true);
        const request = requestOf();
        const move = { before: undefined, after: request };
        const rest = { person: alice, messages: [messageOf('m')], errand: errandOf('e') };
        assert.equal(await store.commit({ once: 'o', move, ...rest }), false);
        assert.equal(await store.request(request.id), undefined);
        assert.equal(await store.person(alice.id), undefined);
        assert.equal(await store.message('m'), undefined);
        assert.equal(await store.errand('e'), undefined);
      }),
    );

    it(
      'is refused whole, its mark too, when somebody else moved first',
      onBench(async ({ store }) => {
        const before = requestOf();
        await store.commit({ move: { before: undefined, after: before } });
        await store.commit({ move: { before, after: moved(before, stages.proposed) } });
        const late = { before, after: moved(before, stages.closed) };
        const rest = { person: alice, follow: { who: bob.id, at: NOON } };
        assert.equal(await store.commit({ once: 'o', move: late, messages: [messageOf('m')], ...rest }), false);
        assert.deepEqual(await store.request(before.id), moved(before, stages.proposed));
        assert.equal(await store.message('m'), undefined);
        assert.equal(await store.person(alice.id), undefined);
        assert.deepEqual(await store.claim('follower', LEASE, 9), []);
        assert.equal(await store.commit({ once: 'o' }), true);
      }),
    );

    it(
      'is refused for a new request that is there already',
      onBench(async ({ store }) => {
        const request = requestOf();
        assert.equal(await store.commit({ move: { before: undefined, after: request } }), true);
        const again = { ...request, requester: bob };
        assert.equal(await store.commit({ move: { before: undefined, after: again } }), false);
        assert.deepEqual(await store.request(request.id), request);
      }),
    );

    it(
      'is refused for a request that the store does not hold',
      onBench(async ({ store }) => {
        const before = requestOf();
        assert.equal(await store.commit({ move: { before, after: moved(before, stages.closed) } }), false);
        assert.equal(await store.request(before.id), undefined);
      }),
    );

    it(
      'throws when a move skips a revision or changes the request',
      onBench(async ({ store }) => {
        const before = requestOf();
        await store.commit({ move: { before: undefined, after: before } });
        const wrong = [before, { ...before, rev: 2 }, { ...requestOf(), rev: 1 }];
        for (const after of wrong) {
          await assert.rejects(store.commit({ once: 'o', move: { before, after } }), { name: 'InvalidMove' });
        }
        assert.deepEqual(await store.request(before.id), before);
        assert.equal(await store.commit({ once: 'o' }), true);
      }),
    );

    it(
      'wins against another one of the same moment, and only one of them does',
      onBench(async ({ store }) => {
        const before = requestOf();
        await store.commit({ move: { before: undefined, after: before } });
        const both = [stages.proposed, stages.closed].map((stage) => {
          return store.commit({ move: { before, after: moved(before, stage) }, messages: [messageOf(stage.name)] });
        });
        assert.deepEqual((await Promise.all(both)).sort(), [false, true]);
        const now = await store.request(before.id);
        assert.equal(now?.rev, 1);
        const said = [await store.message('proposed'), await store.message('closed')];
        assert.equal(said.filter((message) => message !== undefined).length, 1);
        assert.notEqual(await store.message(now.stage.name), undefined);
      }),
    );

    it(
      'takes one of two equal marks of the same moment',
      onBench(async ({ store }) => {
        const both = [store.commit({ once: 'o' }), store.commit({ once: 'o' })];
        assert.deepEqual((await Promise.all(both)).sort(), [false, true]);
      }),
    );

    it(
      'remembers a mark for seven days',
      onBench(async ({ store, clock }) => {
        await store.commit({ once: 'o' });
        clock.time += 7 * DAY;
        assert.equal(await store.commit({ once: 'o' }), false);
        clock.time += 1;
        assert.equal(await store.commit({ once: 'o' }), true);
      }),
    );

    it(
      'keeps the language that a person chose until it is taken back, whoever writes of them',
      onBench(async ({ store }) => {
        await store.commit({ language: { tag: 'nl' } });
        assert.equal(await store.person(alice.id), undefined);
        await store.commit({ person: alice, language: { tag: 'sv' } });
        await store.commit({ person: { ...alice, locale: 'fr', language: 'nl' } });
        assert.deepEqual(await store.person(alice.id), { ...alice, locale: 'fr', language: 'sv' });
        await store.commit({ person: alice, language: { tag: undefined } });
        await store.commit({ person: { ...alice, language: 'sv' } });
        assert.deepEqual(await store.person(alice.id), alice);
      }),
    );

    it(
      'keeps where a person wants to be told until it is taken back, whoever writes of them',
      onBench(async ({ store }) => {
        const chosen = { ...alice, tellIn: 'a:chat' as ThreadId };
        await store.commit({ person: alice, tellIn: { thread: chosen.tellIn } });
        await store.commit({ person: alice });
        assert.deepEqual(await store.person(alice.id), chosen);
        await store.commit({ person: alice, language: { tag: 'sv' } });
        assert.deepEqual(await store.person(alice.id), { ...chosen, language: 'sv' });
        await store.commit({ person: chosen, tellIn: { thread: undefined } });
        assert.deepEqual(await store.person(alice.id), { ...alice, language: 'sv' });
      }),
    );

    it(
      'keeps the latest of a person and a thread',
      onBench(async ({ store }) => {
        await store.commit({ person: alice, thread: threadOf(CHANNEL) });
        const thread = { ...threadOf(CHANNEL), channel: undefined, team: 'blue' };
        await store.commit({ person: { ...alice, locale: 'fr' }, thread });
        assert.deepEqual(await store.person(alice.id), { ...alice, locale: 'fr' });
        assert.deepEqual(await store.thread(CHANNEL), thread);
      }),
    );

    it(
      'takes a message with an id that is there for the same message, delivered or not',
      onBench(async ({ store }) => {
        await store.commit({ messages: [messageOf('m')] });
        await store.commit({ messages: [{ ...messageOf('m'), to: bob }] });
        assert.deepEqual((await store.message('m'))?.to, alice);
        const [claim] = await store.claim('message', LEASE, 9);
        await store.finish(claim!);
        await store.commit({ messages: [messageOf('m')] });
        assert.equal(await store.message('m'), undefined);
        assert.deepEqual(await store.claim('message', LEASE, 9), []);
      }),
    );

    it(
      'takes an errand with an id that is there for the same errand',
      onBench(async ({ store }) => {
        await store.commit({ errand: errandOf('e') });
        assert.equal(await store.commit({ errand: errandOf('e', true) }), true);
        assert.deepEqual(await store.errand('e'), errandOf('e'));
      }),
    );

    it(
      'refuses what would not read back as it is',
      onBench(async ({ store }) => {
        const event = { ...eventOf('r'), facts: { tries: Number.NaN } };
        await assert.rejects(store.commit({ once: 'o', events: [event] }), TypeError);
        assert.equal(await store.commit({ once: 'o' }), true);
      }),
    );
  });

  describe('a sign-in', () => {
    it(
      'makes due what waits for it, of that person alone',
      onBench(async ({ store, clock }) => {
        const waiting = [stages.askedWaiting, stages.approvedWaiting].map((stage) => requestOf({ stage }));
        const others = [requestOf({ stage: stages.proposed }), requestOf({ by: bob, stage: stages.askedWaiting })];
        for (const after of [...waiting, ...others]) await store.commit({ move: { before: undefined, after } });
        await store.commit({ errand: errandOf('e', true), follow: { who: alice.id, at: NOON + HOUR } });
        await store.commit({
          errand: { ...errandOf('f', true), person: bob },
          follow: { who: bob.id, at: NOON + HOUR },
        });
        assert.equal(await store.nextDue(), NOON + HOUR);
        clock.time += SECOND;
        await store.commit({ signedIn: alice.id });
        assert.equal(await store.nextDue(), clock.time);
        const requests = await store.claim('request', LEASE, 9);
        assert.deepEqual(requests.map((claim) => claim.id).sort(), waiting.map((request) => request.id).sort());
        assert.deepEqual(
          (await store.claim('errand', LEASE, 9)).map((claim) => claim.id),
          ['e'],
        );
        assert.deepEqual(
          (await store.claim('follower', LEASE, 9)).map((claim) => claim.id),
          [alice.id],
        );
      }),
    );

    it(
      'wakes a follower that rests',
      onBench(async ({ store }) => {
        await store.commit({ follow: { who: alice.id, at: NOON } });
        const [claim] = await store.claim('follower', LEASE, 9);
        await store.finish(claim!);
        assert.equal(await store.nextDue(), undefined);
        await store.commit({ signedIn: alice.id });
        assert.equal(await store.nextDue(), NOON);
      }),
    );

    it(
      'is not lost on a request that is just being told to wait for it',
      onBench(async ({ store, clock }) => {
        const before = requestOf();
        await store.commit({ move: { before: undefined, after: before } });
        await store.claim('request', LEASE, 9);
        clock.time += SECOND;
        await store.commit({ signedIn: alice.id });
        await store.commit({ move: { before, after: moved(before, stages.askedWaiting) } });
        assert.equal(await store.nextDue(), clock.time);
      }),
    );

    it(
      'means nothing to a request that moves on without it',
      onBench(async ({ store }) => {
        const before = requestOf();
        await store.commit({ move: { before: undefined, after: before } });
        await store.claim('request', LEASE, 9);
        await store.commit({ signedIn: alice.id });
        await store.commit({ move: { before, after: moved(before, stages.proposed) } });
        assert.equal(await store.nextDue(), stages.proposed.until);
      }),
    );

    it(
      'is not lost on a request that is looked at and not moved',
      onBench(async ({ store, clock }) => {
        await store.commit({ move: { before: undefined, after: requestOf() } });
        const [claim] = await store.claim('request', LEASE, 9);
        clock.time += SECOND;
        await store.commit({ signedIn: alice.id });
        await store.finish(claim!);
        assert.equal(await store.nextDue(), clock.time);
      }),
    );

    it(
      'is not lost on an errand that is just being told to wait for it',
      onBench(async ({ store, clock }) => {
        await store.commit({ errand: errandOf('e') });
        const [claim] = await store.claim('errand', LEASE, 9);
        clock.time += SECOND;
        await store.commit({ signedIn: alice.id });
        await store.keepErrand(claim!, errandOf('e', true));
        assert.equal(await store.nextDue(), clock.time);
      }),
    );

    it(
      'is over for a request that was claimed after it',
      onBench(async ({ store, clock }) => {
        const before = requestOf();
        await store.commit({ move: { before: undefined, after: before } });
        await store.claim('request', NOON + 1, 9);
        await store.commit({ signedIn: alice.id });
        clock.time += 1;
        await store.claim('request', LEASE, 9);
        await store.commit({ move: { before, after: moved(before, stages.askedWaiting) } });
        assert.equal(await store.nextDue(), stages.askedWaiting.until);
      }),
    );

    it(
      'does not wake what was buried',
      onBench(async ({ store, clock }) => {
        await store.commit({ errand: errandOf('e', true) });
        await store.commit({ move: { before: undefined, after: requestOf({ stage: stages.askedWaiting }) } });
        clock.time += HOUR;
        for (const kind of ['request', 'errand'] as const) {
          const [claim] = await store.claim(kind, clock.time + 1, 9);
          await store.commit({ signedIn: alice.id });
          await store.bury(claim!, 'hopeless');
        }
        await store.commit({ signedIn: alice.id });
        assert.equal(await store.nextDue(), undefined);
      }),
    );
  });
}
