import assert from 'node:assert/strict';
import type { Claim, Store } from '../../src/scan/ports.ts';
import type { WorkKind } from '../../src/scan/work-kind.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { alice, CHANNEL, CHAT, errandOf, messageOf, moved, NOON, requestOf, searchOf, stages } from './records.ts';
import type { OnBench } from './suite.ts';

const LEASE = NOON + 30 * SECOND;
const KINDS = ['request', 'errand', 'follower', 'confirmer', 'message', 'search'] as const;
const ID = 'one';

/** One row of the kind, due now. */
async function putIn(store: Store, kind: (typeof KINDS)[number]): Promise<void> {
  const request = requestOf({ id: ID, stage: { ...stages.submitting, lookAt: NOON } });
  switch (kind) {
    case 'request':
      await store.commit({ move: { before: undefined, after: request } });
      return;
    case 'errand':
      await store.commit({ errand: errandOf(ID) });
      return;
    case 'follower':
      await store.commit({ follow: { who: alice.id, at: NOON } });
      return;
    case 'confirmer':
      await store.commit({ confirm: { who: alice.id, at: NOON } });
      return;
    case 'message':
      await store.commit({ messages: [messageOf(ID)] });
      return;
    case 'search':
      await store.commit({ search: { search: searchOf(ID), at: NOON } });
  }
}

async function only(claims: Promise<readonly Claim[]>): Promise<Claim> {
  const [claim, ...rest] = await claims;
  assert.ok(claim);
  assert.deepEqual(rest, []);
  return claim;
}

function isReader(kind: WorkKind): boolean {
  return kind === 'follower' || kind === 'confirmer';
}

const idsOf = (claims: readonly Claim[]): readonly string[] => claims.map((claim) => claim.id);

export function describeClaims(onBench: OnBench): void {
  for (const kind of KINDS) {
    describe(`a claim of ${kind === 'errand' ? 'an' : 'a'} ${kind}`, () => {
      it(
        'takes what is due, once, until the lease is over',
        onBench(async ({ store, clock }) => {
          await putIn(store, kind);
          const first = await only(store.claim(kind, LEASE, 9));
          const since = kind === 'message' ? { since: NOON } : {};
          assert.deepEqual(first, { kind, id: isReader(kind) ? alice.id : ID, attempt: 1, fails: 0, ...since });
          assert.deepEqual(await store.claim(kind, LEASE, 9), []);
          assert.equal(await store.nextDue(), LEASE);
          clock.time = LEASE - 1;
          assert.deepEqual(await store.claim(kind, LEASE + HOUR, 9), []);
          clock.time = LEASE;
          assert.deepEqual(await only(store.claim(kind, LEASE + HOUR, 9)), { ...first, attempt: 2 });
        }),
      );

      it(
        'lasts longer when it is renewed, and not once it has ended',
        onBench(async ({ store, clock }) => {
          await putIn(store, kind);
          const first = await only(store.claim(kind, LEASE, 9));
          assert.equal(await store.renew(first, LEASE + SECOND), true);
          clock.time = LEASE;
          assert.deepEqual(await store.claim(kind, LEASE + MINUTE, 9), []);
          clock.time = LEASE + SECOND;
          const second = await only(store.claim(kind, LEASE + MINUTE, 9));
          assert.equal(await store.renew(first, LEASE + HOUR), false, 'somebody else has it');
          assert.equal(await store.nextDue(), LEASE + MINUTE);
          await store.bury(second, 'over');
          assert.equal(await store.renew(second, LEASE + HOUR), false);
          assert.equal(await store.nextDue(), undefined);
        }),
      );

      it(
        'gives a row to one of two who ask at once',
        onBench(async ({ store }) => {
          await putIn(store, kind);
          const both = await Promise.all([store.claim(kind, LEASE, 9), store.claim(kind, LEASE, 9)]);
          assert.equal(both.flat().length, 1);
        }),
      );

      it(
        'takes nothing when nothing is asked for',
        onBench(async ({ store }) => {
          await putIn(store, kind);
          for (const limit of [0, -1]) assert.deepEqual(await store.claim(kind, LEASE, limit), []);
          assert.equal(await store.nextDue(), NOON);
        }),
      );

      it(
        'is put back for another time, and only faults are counted',
        onBench(async ({ store, clock }) => {
          await putIn(store, kind);
          const counts = [];
          for (const failed of [true, true, false]) {
            const at = clock.time + MINUTE;
            await store.putBack(await only(store.claim(kind, clock.time + SECOND, 9)), at, failed);
            assert.equal(await store.nextDue(), at);
            clock.time = at - 1;
            assert.deepEqual(await store.claim(kind, at, 9), []);
            clock.time = at;
            const next = await only(store.claim(kind, at + 1, 9));
            counts.push(next.fails);
            clock.time = at + 1;
          }
          assert.deepEqual(counts, [1, 2, 2]);
        }),
      );

      it(
        'ends once: neither the one who lost it nor a second end writes',
        onBench(async ({ store, clock }) => {
          await putIn(store, kind);
          const lost = await only(store.claim(kind, LEASE, 9));
          clock.time = LEASE;
          const held = await only(store.claim(kind, LEASE + HOUR, 9));
          await store.finish(lost);
          await store.putBack(lost, NOON, true);
          await store.bury(lost, 'why');
          if (kind === 'errand') await store.keepErrand(lost, errandOf(ID, true));
          if (kind === 'search') await store.keepSearch(lost, searchOf(ID), NOON);
          assert.equal(await store.nextDue(), LEASE + HOUR);
          await store.putBack(held, LEASE + MINUTE, false);
          await store.finish(held);
          await store.bury(held, 'why');
          await store.putBack(held, NOON, true);
          assert.equal(await store.nextDue(), LEASE + MINUTE);
          clock.time = LEASE + MINUTE;
          assert.deepEqual(await only(store.claim(kind, LEASE + HOUR, 9)), { ...held, attempt: 3 });
        }),
      );

      it(
        'that is finished is not due again',
        onBench(async ({ store, clock }) => {
          await putIn(store, kind);
          await store.finish(await only(store.claim(kind, LEASE, 9)));
          assert.equal(await store.nextDue(), undefined);
          clock.time += HOUR;
          assert.deepEqual(await store.claim(kind, clock.time + 1, 9), []);
        }),
      );

      it(
        'that is buried is out of everybody’s way',
        onBench(async ({ store, clock }) => {
          await putIn(store, kind);
          await store.bury(await only(store.claim(kind, LEASE, 9)), 'why');
          assert.equal(await store.nextDue(), undefined);
          clock.time += HOUR;
          assert.deepEqual(await store.claim(kind, clock.time + 1, 9), []);
        }),
      );
    });
  }

  describe('claims of requests', () => {
    it(
      'go by age and stop at the limit',
      onBench(async ({ store, clock }) => {
        for (const [id, at] of [
          ['a', 3],
          ['c', 1],
          ['b', 2],
        ] as const) {
          await store.commit({ move: { before: undefined, after: requestOf({ id, askedAt: NOON + at }) } });
        }
        clock.time = NOON + 9;
        assert.deepEqual(idsOf(await store.claim('request', LEASE, 2)), ['c', 'b']);
        assert.deepEqual(idsOf(await store.claim('request', LEASE, 2)), ['a']);
      }),
    );

    it(
      'end with a move: the next time is the stage’s own, and the claim writes no more',
      onBench(async ({ store, clock }) => {
        const before = requestOf();
        await store.commit({ move: { before: undefined, after: before } });
        await store.putBack(await only(store.claim('request', LEASE, 9)), NOON, true);
        const claim = await only(store.claim('request', LEASE, 9));
        assert.equal(claim.fails, 1);
        await store.commit({ move: { before, after: moved(before, stages.submitting) } });
        await store.putBack(claim, NOON + HOUR, true);
        await store.finish(claim);
        await store.bury(claim, 'why');
        assert.equal(await store.nextDue(), stages.submitting.lookAt);
        clock.time = stages.submitting.lookAt;
        const next = await only(store.claim('request', LEASE, 9));
        assert.equal(next.fails, 0);
        // The move counts as well: no number of an older claim comes again.
        assert.equal(next.attempt, claim.attempt + 2);
      }),
    );

    it(
      'that meet a move at the gate leave the row to the move, whoever comes first',
      onBench(async ({ store }) => {
        for (const moveFirst of [true, false]) {
          const before = requestOf();
          await store.commit({ move: { before: undefined, after: before } });
          const claim = await only(store.claim('request', LEASE, 9));
          const move = () => store.commit({ move: { before, after: moved(before, stages.choosing) } });
          const back = () => store.putBack(claim, NOON, true);
          await Promise.all(moveFirst ? [move(), back()] : [back(), move()]);
          assert.equal(await store.nextDue(), stages.choosing.until);
          assert.deepEqual(await store.claim('request', LEASE, 9), []);
        }
      }),
    );

    it(
      'that end without a move leave it to its next time, if that is still to come',
      onBench(async ({ store }) => {
        const after = requestOf({ stage: stages.askedWaiting });
        await store.commit({ move: { before: undefined, after } });
        await store.commit({ signedIn: alice.id });
        await store.putBack(await only(store.claim('request', LEASE, 9)), NOON, true);
        await store.finish(await only(store.claim('request', LEASE, 9)));
        assert.equal(await store.nextDue(), stages.askedWaiting.until);
        await store.commit({ signedIn: alice.id });
        assert.equal((await only(store.claim('request', LEASE, 9))).fails, 0);
      }),
    );

    it(
      'begin again for a buried request that is moved',
      onBench(async ({ store }) => {
        const before = requestOf();
        await store.commit({ move: { before: undefined, after: before } });
        await store.bury(await only(store.claim('request', LEASE, 9)), 'why');
        await store.commit({ move: { before, after: moved(before, stages.approvedWaiting) } });
        await store.commit({ signedIn: alice.id });
        assert.equal((await only(store.claim('request', LEASE, 9))).fails, 0);
      }),
    );
  });

  describe('a claim of a follower', () => {
    it(
      'comes at the earliest of all the times',
      onBench(async ({ store }) => {
        for (const at of [2, 3, 1, 4]) await store.commit({ follow: { who: 'application', at: NOON + at } });
        assert.equal(await store.nextDue(), NOON + 1);
      }),
    );

    it(
      'does not swallow what is to be followed since',
      onBench(async ({ store }) => {
        const ends: readonly ((claim: Claim) => Promise<void>)[] = [
          (claim) => store.finish(claim),
          (claim) => store.putBack(claim, NOON + HOUR, true),
          (claim) => store.bury(claim, 'why'),
        ];
        for (const end of ends) {
          await store.commit({ follow: { who: alice.id, at: NOON } });
          const claim = await only(store.claim('follower', LEASE, 9));
          for (const at of [NOON + MINUTE, NOON + SECOND, NOON + HOUR])
            await store.commit({ follow: { who: alice.id, at } });
          assert.equal(await store.nextDue(), LEASE);
          await end(claim);
          assert.equal(await store.nextDue(), NOON + SECOND);
        }
      }),
    );

    it(
      'begins anew, its faults forgotten, when a buried one has something to follow',
      onBench(async ({ store }) => {
        await store.commit({ follow: { who: alice.id, at: NOON } });
        await store.putBack(await only(store.claim('follower', LEASE, 9)), NOON, true);
        await store.bury(await only(store.claim('follower', LEASE, 9)), 'why');
        await store.commit({ follow: { who: alice.id, at: NOON } });
        assert.equal((await only(store.claim('follower', LEASE, 9))).fails, 0);
      }),
    );

    it(
      'that is finished has no faults any more',
      onBench(async ({ store }) => {
        await store.commit({ follow: { who: alice.id, at: NOON } });
        await store.putBack(await only(store.claim('follower', LEASE, 9)), NOON, true);
        await store.finish(await only(store.claim('follower', LEASE, 9)));
        await store.commit({ follow: { who: alice.id, at: NOON } });
        assert.equal((await only(store.claim('follower', LEASE, 9))).fails, 0);
      }),
    );
  });

  describe('an errand', () => {
    it(
      'waits for the sign-in when it is kept so, and comes back when that is over',
      onBench(async ({ store, clock }) => {
        await store.commit({ errand: errandOf('e') });
        await store.putBack(await only(store.claim('errand', LEASE, 9)), NOON, true);
        await store.keepErrand(await only(store.claim('errand', LEASE, 9)), errandOf('e', true));
        assert.deepEqual(await store.errand('e'), errandOf('e', true));
        assert.equal(await store.nextDue(), errandOf('e').until);
        clock.time += SECOND;
        await store.commit({ signedIn: alice.id });
        const claim = await only(store.claim('errand', LEASE, 9));
        assert.equal(claim.fails, 0);
        await store.keepErrand(claim, errandOf('e'));
        assert.deepEqual(await store.errand('e'), errandOf('e'));
        assert.equal(await store.nextDue(), clock.time);
      }),
    );

    it(
      'is gone when it is done',
      onBench(async ({ store }) => {
        await store.commit({ errand: errandOf('e') });
        await store.finish(await only(store.claim('errand', LEASE, 9)));
        assert.equal(await store.errand('e'), undefined);
      }),
    );

    it(
      'that waits from the start is due at its end',
      onBench(async ({ store }) => {
        await store.commit({ errand: errandOf('e', true) });
        assert.equal(await store.nextDue(), errandOf('e').until);
      }),
    );
  });

  describe('messages', () => {
    it(
      'go out one by one in each thread, in the order in which they were written',
      onBench(async ({ store }) => {
        const [a, b] = [
          ['z', 'y', 'x'],
          ['w', 'v'],
        ];
        const messages = [...a.map((id) => messageOf(id)), ...b.map((id) => messageOf(id, CHAT))];
        await store.commit({ messages });
        const sent = [];
        for (let claims = await store.claim('message', LEASE, 9); claims.length > 0;) {
          sent.push(idsOf(claims));
          for (const claim of claims) await store.finish(claim);
          claims = await store.claim('message', LEASE, 9);
        }
        assert.deepEqual(sent, [['z', 'w'], ['y', 'v'], ['x']]);
      }),
    );

    it(
      'wait behind a head that is leased or not yet due, and other threads do not',
      onBench(async ({ store }) => {
        await store.commit({ messages: [messageOf('first'), messageOf('second')] });
        const head = await only(store.claim('message', LEASE, 9));
        assert.deepEqual(await store.claim('message', LEASE, 9), []);
        await store.putBack(head, NOON + HOUR, true);
        assert.deepEqual(await store.claim('message', LEASE, 9), []);
        assert.equal(await store.nextDue(), NOON + HOUR);
        await store.commit({ messages: [messageOf('third', CHAT)] });
        assert.equal((await only(store.claim('message', LEASE, 9))).id, 'third');
      }),
    );

    it(
      'go on past a head that was buried, which is kept',
      onBench(async ({ store }) => {
        await store.commit({ messages: [messageOf('first'), messageOf('second')] });
        await store.bury(await only(store.claim('message', LEASE, 9)), 'gone');
        assert.equal((await only(store.claim('message', LEASE, 9))).id, 'second');
        assert.deepEqual(await store.message('first'), messageOf('first', CHANNEL));
      }),
    );
  });
}
