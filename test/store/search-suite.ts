import assert from 'node:assert/strict';
import { DAY, MINUTE, SECOND } from '../../src/scan/time.ts';
import { messageOf, NOON, requestOf, searchOf, stages } from './records.ts';
import { KEEP_FINISHED } from './suite.ts';
import type { OnBench } from './suite.ts';

const LEASE = NOON + 30 * SECOND;

export function describeSearches(onBench: OnBench): void {
  describe('a search', () => {
    it(
      'is read as it was begun, and goes on as it was left',
      onBench(async ({ store, clock }) => {
        const search = searchOf('one', [messageOf('m')]);
        await store.commit({ search: { search, at: NOON } });
        assert.deepEqual(await store.search('one'), search);
        const [claim] = await store.claim('search', LEASE, 9);
        const later = { ...search, looks: 1, then: [] };
        await store.keepSearch(claim!, later, NOON + 15 * MINUTE);
        assert.deepEqual(await store.search('one'), later);
        assert.equal(await store.nextDue(['search']), NOON + 15 * MINUTE);
        clock.time = NOON + 15 * MINUTE;
        assert.equal((await store.claim('search', clock.time + SECOND, 9)).length, 1);
      }),
    );

    it(
      'that begins anew takes along what waited for the one before, and leaves nothing to who had that',
      onBench(async ({ store }) => {
        await store.commit({ search: { search: searchOf('one', [messageOf('first')]), at: NOON } });
        const [lost] = await store.claim('search', LEASE, 9);
        await store.commit({ search: { search: searchOf('one', [messageOf('second')]), at: NOON } });
        await store.finish(lost!);
        const then = (await store.search('one'))?.then.map(({ id }) => id);
        assert.deepEqual(then, ['first', 'second']);
        assert.equal((await store.claim('search', LEASE, 9)).length, 1);
      }),
    );

    it(
      'goes with its request, and when it was buried long ago',
      onBench(async ({ store, clock }) => {
        const ended = requestOf({ stage: stages.closed });
        await store.commit({ move: { before: undefined, after: ended } });
        await store.commit({ search: { search: searchOf(ended.id), at: NOON } });
        await store.commit({ search: { search: searchOf('buried'), at: NOON - 1 } });
        await store.bury((await store.claim('search', LEASE, 1))[0]!, 'why');
        clock.time += KEEP_FINISHED;
        assert.equal(await store.sweep(), 0);
        clock.time += 1;
        await store.sweep();
        assert.deepEqual([await store.search(ended.id), await store.search('buried')], [undefined, undefined]);
      }),
    );
  });

  describe('a mark for always', () => {
    it(
      'is never forgotten, unlike others',
      onBench(async ({ store, clock }) => {
        const marks = ['always told', 'once told'];
        for (const once of marks) assert.equal(await store.commit({ once }), true);
        clock.time += 8 * DAY;
        await store.sweep();
        assert.deepEqual(await Promise.all(marks.map((once) => store.commit({ once }))), [false, true]);
      }),
    );

    it(
      'is not forgotten before the sweep either',
      onBench(async ({ store, clock }) => {
        await store.commit({ once: 'always told' });
        clock.time += 8 * DAY;
        assert.equal(await store.commit({ once: 'always told' }), false);
      }),
    );
  });
}
