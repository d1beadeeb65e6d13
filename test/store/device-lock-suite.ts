import assert from 'node:assert/strict';
import type { Store } from '../../src/scan/ports.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Stage } from '../../src/scan/stage.ts';
import { HOUR, SECOND } from '../../src/scan/time.ts';
import { bob, deviceOf, moved, NOON, requestOf, stages } from './records.ts';
import type { OnBench } from './suite.ts';

const device = deviceOf('laptop');

export function queuedBehind({ id }: ScanRequest): Stage {
  const behind = { request: id, requester: 'alice', type: 'Full' } as const;
  const { content, by, until } = stages.approved;
  return { name: 'queued', device, content, by, at: NOON, behind, then: 'run', until };
}

/** A request of its own, decided. */
export async function decided(store: Store, id: string): Promise<ScanRequest> {
  const request = requestOf({ id, by: bob, stage: stages.proposed });
  assert.ok(await store.commit({ move: { before: undefined, after: request } }));
  return to(store, request, stages.approved);
}

export async function to(store: Store, before: ScanRequest, stage: Stage): Promise<ScanRequest> {
  const after = moved(before, stage);
  assert.ok(await store.commit({ move: { before, after } }), `${before.id} to ${stage.name}`);
  return after;
}

export function describeDeviceLocks(onBench: OnBench): void {
  describe('a device', () => {
    it(
      'belongs to the first who is decided, and nobody else sends a scan there',
      onBench(async ({ store }) => {
        const [one, other] = [await decided(store, 'one'), await decided(store, 'other')];
        assert.deepEqual(await store.holder(device.id), one);
        const refused = moved(other, stages.submitting);
        assert.equal(await store.commit({ once: 'o', move: { before: other, after: refused } }), false);
        assert.deepEqual(await store.request(other.id), other);
        assert.equal(await store.commit({ once: 'o' }), true, 'nothing of it was written');
        await to(store, one, stages.submitting);
      }),
    );

    it(
      'is given to one of two who send at the same moment',
      onBench(async ({ store }) => {
        const both = ['one', 'other'].map((id) => requestOf({ id, stage: stages.proposed }));
        for (const after of both) await store.commit({ move: { before: undefined, after } });
        const won = await Promise.all(
          both.map((before) => store.commit({ move: { before, after: moved(before, stages.submitting) } })),
        );
        assert.equal(won.filter(Boolean).length, 1);
      }),
    );

    for (const end of ['settled', 'closed'] as const) {
      it(
        `is kept as long as its scan is followed, and free when that is ${end}`,
        onBench(async ({ store }) => {
          const [one, other] = [await decided(store, 'one'), await decided(store, 'other')];
          const sent = await to(store, one, stages.submitting);
          const heldBack = await to(store, sent, stages.approvedWaiting);
          const again = await to(store, heldBack, stages.submitting);
          const followed = await to(store, again, stages.following);
          assert.deepEqual(await store.holder(device.id), followed);
          await to(store, followed, stages[end]);
          assert.equal(await store.holder(device.id), undefined);
          await to(store, other, stages.submitting);
        }),
      );
    }

    it(
      'wakes those who wait for it, also those who are just being looked at',
      onBench(async ({ store, clock }) => {
        const one = await decided(store, 'one');
        for (const id of ['rests', 'taken']) await to(store, await decided(store, id), queuedBehind(one));
        assert.equal(await store.nextDue(['request']), NOON, 'the one that has it');
        const sent = await to(store, one, stages.submitting);
        const followed = await to(store, sent, stages.following);
        const woken = await store.claim('request', NOON + 30 * SECOND, 9);
        assert.deepEqual(woken.map(({ id }) => id).sort(), ['rests', 'taken'], 'to see whose scan it is');
        await store.putBack(
          woken.find(({ id }) => id === 'rests')!,
          NOON + HOUR,
          false,
        );
        await to(store, followed, stages.settled);
        assert.equal(await store.nextDue(['request']), NOON);
        await store.putBack(
          woken.find(({ id }) => id === 'taken')!,
          NOON + HOUR,
          false,
        );
        clock.time = NOON + 1;
        assert.equal((await store.claim('request', NOON + 30 * SECOND, 9)).length, 2);
      }),
    );

    it(
      'that is free already is waited for by nobody',
      onBench(async ({ store }) => {
        const one = await decided(store, 'one');
        const other = await decided(store, 'other');
        await to(store, one, stages.closed);
        await to(store, other, queuedBehind(one));
        assert.equal((await store.claim('request', NOON + SECOND, 9))[0]?.id, 'other');
      }),
    );
  });
}
