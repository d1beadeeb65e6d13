import assert from 'node:assert/strict';
import { CLOCK_SKEW, follow, isOurs, observe } from '../../src/scan/following.ts';
import type { DefenderScan } from '../../src/scan/defender-scan.ts';
import type { Following } from '../../src/scan/stage.ts';
import { HOUR, MINUTE } from '../../src/scan/time.ts';
import { alice, laptop, NOON, requestIn, scanOf, submitting } from '../support/requests.ts';

const facts = { now: NOON + 1000, lookAt: NOON + 16_000, follower: alice.id, adopted: false };

function followed(stage: Partial<Following> = {}): ReturnType<typeof requestIn<Following>> {
  const content = { type: 'Full', comment: 'Check' } as const;
  const known = { device: laptop, content, scan: scanOf(), adopted: false, since: NOON, waited: false };
  return requestIn({ name: 'following', ...known, ...stage });
}

function says(write: ReturnType<typeof observe>): readonly string[] {
  return (write?.messages ?? []).map(({ content }) => (content.kind === 'notice' ? content.notice.say : content.kind));
}

describe('a scan that Defender shows', () => {
  it('is ours when type, words, person and time fit', () => {
    assert.ok(isOurs(scanOf(), submitting()));
  });

  it('is ours although Defender leaves out its type, and trims the words', () => {
    assert.ok(isOurs(scanOf({ type: undefined, comment: 'Check\n' }), submitting()));
  });

  it('is ours in another spelling of the account', () => {
    assert.ok(isOurs(scanOf({ requester: 'Alice@Contoso.com' }), submitting()));
  });

  for (const [what, scan] of Object.entries({
    'somebody else asked for it': scanOf({ requester: 'bob@contoso.com' }),
    'it is of the other type': scanOf({ type: 'Quick' }),
    'its words are others': scanOf({ comment: 'Check it' }),
    'it is from before': scanOf({ createdAt: NOON - CLOCK_SKEW - 1 }),
  })) {
    it(`is not ours when ${what}`, () => {
      assert.ok(!isOurs(scan, submitting()));
    });
  }

  it('is followed as ours or as an adopted one', () => {
    const ours = follow(requestIn(submitting()), scanOf(), facts);
    const theirs = follow(requestIn(submitting()), scanOf({ requester: 'bob@contoso.com' }), {
      ...facts,
      adopted: true,
    });
    assert.equal((ours.move?.after.stage as Following).adopted, false);
    assert.equal((theirs.move?.after.stage as Following).adopted, true);
    assert.deepEqual(ours.follow, { who: alice.id, at: facts.lookAt });
  });
});

describe('a followed scan', () => {
  it('does not move while nothing changes', () => {
    assert.equal(observe(followed(), scanOf(), NOON), undefined);
  });

  it('tells that it started only after it was seen waiting', () => {
    assert.deepEqual(says(observe(followed({ waited: true }), scanOf({ status: 'InProgress' }), NOON)), [
      'card',
      'started',
    ]);
    const fresh = followed({ scan: scanOf({ status: 'Unknown' }) });
    assert.deepEqual(says(observe(fresh, scanOf({ status: 'InProgress' }), NOON)), ['card']);
  });

  it('is accepted with Succeeded: the notice waits until its end is looked for', () => {
    const write = observe(followed(), scanOf({ status: 'Succeeded' }), NOON);
    assert.equal(write?.move?.after.stage.name, 'settled');
    assert.deepEqual(says(write), ['card']);
    assert.deepEqual(write.confirm, { who: alice.id, at: NOON });
  });

  it('counts as taken when it was seen at work', () => {
    const seen = (before: Partial<DefenderScan>): unknown => {
      const write = observe(followed({ scan: scanOf(before) }), scanOf({ status: 'Succeeded' }), NOON);
      const stage = write?.move?.after.stage;
      return stage?.name === 'settled' && stage.ending?.is === 'unconfirmed' ? stage.ending.from : undefined;
    };
    assert.equal(seen({ status: 'InProgress', updatedAt: NOON + 7 }), NOON + 7);
    assert.equal(seen({ status: 'Pending', updatedAt: NOON + 7 }), NOON);
  });

  it('tells that the device woke, when it has taken the scan between two looks', () => {
    const waited = (since: number): readonly string[] =>
      says(observe(followed({ scan: scanOf({ createdAt: NOON - since }) }), scanOf({ status: 'Succeeded' }), NOON));
    assert.deepEqual(waited(HOUR), ['card', 'started']);
    assert.deepEqual(waited(MINUTE), ['card']);
  });

  for (const status of ['Failed', 'TimeOut', 'Cancelled'] as const) {
    it(`settles with ${status}, and the requester hears of it`, () => {
      const write = observe(followed(), scanOf({ status }), NOON);
      assert.equal(write?.move?.after.stage.name, 'settled');
      assert.deepEqual(says(write), ['card']);
      // With what was found: the first look is no long wait.
      const { search, at } = write.search ?? assert.fail('nothing is looked up');
      assert.deepEqual([at, search.endedAt, search.looks], [NOON, NOON, 0]);
      assert.deepEqual(says({ messages: search.then }), ['ended']);
      assert.ok(search.then.every(({ content }) => content.kind === 'notice' && content.mention));
    });
  }

  it('stays open at a word that nobody knows', () => {
    const write = observe(followed(), scanOf({ status: 'Unknown' }), NOON);
    assert.equal(write?.move?.after.stage.name, 'following');
  });

  it('keeps what Defender told once and leaves out later', () => {
    const write = observe(
      followed(),
      scanOf({ status: 'InProgress', type: undefined, requester: '', comment: '' }),
      NOON,
    );
    const after = write?.move?.after.stage as Following;
    assert.deepEqual(
      [after.scan.type, after.scan.requester, after.scan.comment],
      ['Full', 'alice@contoso.com', 'Check'],
    );
  });
});
