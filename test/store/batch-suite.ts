import assert from 'node:assert/strict';
import { begin, stopBatch } from '../../src/scan/batch/batch-moves.ts';
import type { Batch, BatchStage, InBatch } from '../../src/scan/batch/batch.ts';
import { beginMember } from '../../src/scan/batch/member.ts';
import { NOTHING_LEFT_OUT } from '../../src/scan/batch/plan.ts';
import type { BatchId, RequestId } from '../../src/scan/ids.ts';
import { hold, isIn } from '../../src/scan/moves.ts';
import { HOUR, SECOND } from '../../src/scan/time.ts';
import { alice, CHANNEL, deviceOf, NOON, threadOf } from './records.ts';
import { KEEP_FINISHED } from './suite.ts';
import type { OnBench } from './suite.ts';

const LEASE = NOON + 30 * SECOND;
const ID = 'many' as BatchId;
const scans = ['one', 'two'].map((name) => ({ id: `request ${name}` as RequestId, device: deviceOf(name) }));
const decided = { scans, leftOut: NOTHING_LEFT_OUT };

function batchIn(stage: BatchStage): Batch {
  const wanted = { devices: [], type: 'Quick', comment: 'why' } as const;
  return { kind: 'batch', id: ID, rev: 1, requester: alice, thread: CHANNEL, askedAt: NOON, wanted, stage };
}

/** One that goes on, as it is written and as it then is. */
function running(): InBatch<'running'> {
  const content = { type: 'Quick', comment: 'why' } as const;
  const plan = { ...decided, asleep: [], minutes: 1 };
  const deciding = batchIn({ name: 'deciding', plan, content, until: NOON + HOUR }) as InBatch<'deciding'>;
  return { ...(begin(deciding, decided, alice.id, NOON).batch!.after as InBatch<'running'>), rev: 1 };
}

export function describeBatches(onBench: OnBench): void {
  describe('a request for many', () => {
    it(
      'is read as it was written, is due like other work, and is moved by whoever comes first',
      onBench(async ({ store }) => {
        const batch = running();
        assert(await store.commit({ thread: threadOf(CHANNEL), batch: { before: undefined, after: batch } }));
        assert.deepEqual(await store.batches.batch(ID), batch);
        assert.deepEqual(await store.batches.openOf(alice.id), [batch]);
        const [claim] = await store.claim('batch', LEASE, 9);
        const stop = stopBatch(batch, alice.id, NOON, false);
        assert(await store.commit({ batch: stop.batch! }));
        assert(!(await store.commit({ batch: stop.batch! })), 'it was moved meanwhile');
        await store.bury(claim!, 'the claim is over');
        assert.equal(await store.nextDue(['batch']), NOON);
      }),
    );

    it(
      'begins each of its scans once, and none when it was stopped',
      onBench(async ({ store }) => {
        const batch = running();
        await store.commit({ thread: threadOf(CHANNEL), batch: { before: undefined, after: batch } });
        const [one, two] = scans.map((planned) => beginMember(batch, planned, NOON));
        assert(await store.commit(one!));
        assert(!(await store.commit(one!)));
        await store.commit({ batch: stopBatch(batch, alice.id, NOON, false).batch! });
        assert(!(await store.commit(two!)));
        assert.deepEqual(
          (await store.batches.members(ID)).map(({ id }) => id),
          ['request one'],
        );
      }),
    );

    it(
      'is looked at ten seconds after one of its scans has moved, once for many moves; the scan says nothing itself',
      onBench(async ({ store, clock }) => {
        const batch = running();
        await store.commit({ thread: threadOf(CHANNEL), batch: { before: undefined, after: batch } });
        const [claim] = await store.claim('batch', LEASE, 9);
        await store.putBack(claim!, NOON + HOUR, false);
        await store.commit(beginMember(batch, scans[0]!, NOON));
        assert.equal(await store.nextDue(['batch']), NOON + 10 * SECOND);
        clock.time += 4 * SECOND;
        const [member] = await store.batches.members(ID);
        assert(member !== undefined && isIn(member, 'approved'));
        assert(await store.commit(hold(member, { for: 'sign-in' }, clock.time)));
        assert.equal(await store.nextDue(['batch']), NOON + 10 * SECOND);
        assert.equal(await store.nextDue(['message']), undefined);
      }),
    );

    it(
      'is looked at again when one of its scans moves while it is looked at',
      onBench(async ({ store, clock }) => {
        const batch = running();
        await store.commit({ thread: threadOf(CHANNEL), batch: { before: undefined, after: batch } });
        await store.claim('batch', LEASE, 9);
        await store.commit(beginMember(batch, scans[0]!, NOON));
        const after = { ...batch, rev: 2, stage: { ...batch.stage, lookAt: NOON + HOUR } };
        await store.commit({ batch: { before: batch, after } });
        assert.equal(await store.nextDue(['batch']), clock.time + 10 * SECOND);
      }),
    );

    it(
      'is kept as long as any request',
      onBench(async ({ store, clock }) => {
        const closed = { name: 'closed', why: 'expired', content: undefined, count: 0, leftOut: undefined } as const;
        const batch = batchIn({ ...closed, at: NOON });
        await store.commit({ thread: threadOf(CHANNEL), batch: { before: undefined, after: batch } });
        clock.time = NOON + KEEP_FINISHED;
        assert.equal(await store.sweep(), 0);
        clock.time += 1;
        assert.equal(await store.sweep(), 1);
        assert.equal(await store.batches.batch(ID), undefined);
      }),
    );
  });
}
