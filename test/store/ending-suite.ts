import assert from 'node:assert/strict';
import type { DeviceId, RequestId } from '../../src/scan/ids.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Settled } from '../../src/scan/stage.ts';
import { HOUR, MINUTE } from '../../src/scan/time.ts';
import { alice, bob, moved, NOON, requestOf, stages } from './records.ts';
import type { Bench, OnBench } from './suite.ts';

const SETTLED_AT = stages.unconfirmed.at;
const DEVICE = stages.unconfirmed.device.id;

async function put(store: Bench['store'], wish: Parameters<typeof requestOf>[0] = {}): Promise<ScanRequest> {
  const after = requestOf({ stage: stages.unconfirmed, ...wish });
  assert.ok(await store.commit({ move: { before: undefined, after } }));
  return after;
}

export function describeEndings(onBench: OnBench): void {
  describe('scans whose end is looked for', () => {
    it(
      'are due from the moment in which Defender called them succeeded, each for its person',
      onBench(async ({ store }) => {
        const [mine, his] = [await put(store), await put(store, { by: bob })];
        const due = async (who: Parameters<typeof store.endings.due>[0], at: number): Promise<readonly string[]> =>
          (await store.endings.due(who, at, 9)).map(({ id }) => id);
        assert.deepEqual(await due(alice.id, SETTLED_AT - 1), []);
        assert.deepEqual(await due(alice.id, SETTLED_AT), [mine.id]);
        assert.deepEqual((await due('application', SETTLED_AT)).toSorted(), [mine.id, his.id].toSorted());
        assert.equal(await store.endings.count(), 2);
        assert.deepEqual((await store.endings.readers()).toSorted(), [alice.id, bob.id].toSorted());
      }),
    );

    it(
      'come in the order in which they have waited, no more than are wanted, and later when put off',
      onBench(async ({ store }) => {
        for (const id of ['a', 'b', 'c']) await put(store, { id });
        await store.endings.later(['a' as RequestId], NOON + HOUR);
        await store.endings.later(['b' as RequestId], NOON + MINUTE);
        const ids = async (at: number, limit: number): Promise<readonly string[]> =>
          (await store.endings.due(alice.id, at, limit)).map(({ id }) => id);
        assert.deepEqual(await ids(NOON + 2 * HOUR, 2), ['c', 'b']);
        assert.deepEqual(await ids(NOON + MINUTE, 9), ['c', 'b']);
        await store.endings.later(['c' as RequestId], NOON + HOUR);
        assert.equal(await store.endings.next(alice.id), NOON + MINUTE);
        assert.equal(await store.endings.next(bob.id), undefined);
      }),
    );

    it(
      'are found by their device, and no longer once the end is known',
      onBench(async ({ store }) => {
        const request = await put(store);
        assert.deepEqual(await store.endings.openFor(DEVICE), [request]);
        assert.deepEqual(await store.endings.openFor('x' as DeviceId), []);
        const stage: Settled = { ...stages.unconfirmed, ending: { is: 'never-confirmed', from: NOON } };
        assert.ok(await store.commit({ move: { before: request, after: moved(request, stage) } }));
        await store.endings.later([request.id], NOON);
        assert.deepEqual(await store.endings.openFor(DEVICE), []);
        assert.deepEqual(await store.endings.due(alice.id, NOON + HOUR, 9), []);
        assert.equal(await store.endings.next(alice.id), undefined);
      }),
    );

    it(
      'keep their next look when they move',
      onBench(async ({ store }) => {
        const request = await put(store);
        await store.endings.later([request.id], NOON + HOUR);
        const stage: Settled = { ...stages.unconfirmed, ending: { ...stages.unconfirmed.ending, told: true } };
        await store.commit({ move: { before: request, after: moved(request, stage) } });
        assert.equal(await store.endings.next(alice.id), NOON + HOUR);
      }),
    );

    it(
      'have a confirmer that is taken, rests and is woken like a follower, by a sign-in as well',
      onBench(async ({ store, clock }) => {
        await store.commit({ confirm: { who: alice.id, at: NOON } });
        const [claim] = await store.claim('confirmer', NOON + MINUTE, 9);
        assert.equal(claim?.id, alice.id);
        await store.commit({ confirm: { who: alice.id, at: NOON + HOUR } });
        await store.finish(claim);
        assert.equal(await store.nextDue(['confirmer']), NOON + HOUR);
        await store.commit({ signedIn: alice.id });
        assert.equal(await store.nextDue(['confirmer']), clock.now());
        const [again] = await store.claim('confirmer', NOON + MINUTE, 9);
        await store.finish(again!);
        assert.equal(await store.nextDue(['confirmer']), undefined);
      }),
    );
  });

  describe('how long scans took', () => {
    it(
      'is told of the latest, by device and by system, each type on its own',
      onBench(async ({ store }) => {
        const times = [
          ['d', 'Windows11', 'Full'],
          ['d', 'Windows11', 'Full'],
          ['d', 'Windows11', 'Quick'],
          ['e', 'Windows11', 'Full'],
        ] as const;
        for (const [index, [device, os, type]] of times.entries()) {
          const request = `r${index}` as RequestId;
          const time = { request, device: device as DeviceId, os, type, at: NOON + index, took: index };
          await store.commit({ took: time });
          await store.commit({ took: { ...time, took: 99 } });
        }
        assert.deepEqual(await store.endings.timesOfDevice('d' as DeviceId, 'Full', 9), [1, 0]);
        assert.deepEqual(await store.endings.timesOfDevice('d' as DeviceId, 'Full', 1), [1]);
        assert.deepEqual(await store.endings.timesOfSystem('Windows11', 'Full', 9), [3, 1, 0]);
        assert.deepEqual(await store.endings.timesOfSystem('Windows10', 'Full', 9), []);
      }),
    );
  });
}
