import assert from 'node:assert/strict';
import { HOUR, SECOND } from '../../src/scan/time.ts';
import { errandOf, messageOf, moved, NOON, requestOf, stages } from './records.ts';
import type { OnBench } from './suite.ts';

const FIRST = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const LATER = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;
const LEASE = NOON + 30 * SECOND;

export function describeTraces(onBench: OnBench): void {
  describe('a trace', () => {
    it(
      'stays with the request that it began with, and with what is said about it hours later',
      onBench(async ({ store, clock }) => {
        const asked = requestOf();
        await store.commit({ trace: FIRST, move: { before: undefined, after: asked } });
        clock.time += HOUR;
        const ended = moved(asked, stages.closed);
        await store.commit({ trace: LATER, move: { before: asked, after: ended }, messages: [messageOf('ended')] });
        const [message] = await store.claim('message', LEASE + HOUR, 1);
        assert.deepEqual([message?.trace, message?.since], [FIRST, NOON + HOUR]);
      }),
    );

    it(
      'goes with whatever else is written in it',
      onBench(async ({ store }) => {
        const errand = errandOf('e');
        await store.commit({ trace: FIRST, errand, messages: [messageOf('m')] });
        for (const kind of ['errand', 'message'] as const) {
          assert.equal((await store.claim(kind, LEASE, 1))[0]?.trace, FIRST);
        }
        await store.commit({ move: { before: undefined, after: requestOf() } });
        assert.ok(!('trace' in (await store.claim('request', LEASE, 1))[0]!));
      }),
    );
  });

  describe('a trace of a scan that a schedule begins', () => {
    it(
      'is its own, and goes with it',
      onBench(async ({ store }) => {
        const schedule = requestOf();
        await store.commit({ trace: FIRST, move: { before: undefined, after: schedule } });
        const goesOn = { before: schedule, after: moved(schedule, stages.closed) };
        const begun = requestOf({ stage: stages.approved });
        await store.commit({ trace: LATER, move: goesOn, begins: begun, messages: [messageOf('m')] });
        assert.equal((await store.claim('request', LEASE, 1))[0]?.trace, LATER);
        assert.equal((await store.claim('message', LEASE, 1))[0]?.trace, FIRST);
      }),
    );
  });

  describe('a count of what there is', () => {
    it(
      'tells what is due, what is due later, what was given up, and which requests are open',
      onBench(async ({ store, clock }) => {
        for (const stage of [stages.asked, stages.proposed, stages.settled]) {
          await store.commit({ move: { before: undefined, after: requestOf({ stage }) } });
        }
        await store.commit({ messages: [messageOf('m')] });
        await store.bury((await store.claim('message', LEASE, 1))[0]!, 'why');
        const { queues, open, auditWaiting } = await store.counts();
        assert.deepEqual(
          queues.filter(({ kind }) => kind === 'request' || kind === 'message'),
          [
            { kind: 'request', due: 1, later: 1, dead: 0 },
            { kind: 'message', due: 0, later: 0, dead: 1 },
          ],
        );
        assert.deepEqual([open.asked, open.proposed, open.following, auditWaiting], [1, 1, 0, 0]);
        await store.calls.take('q', [{ length: HOUR, most: 9 }], clock.now());
        assert.deepEqual([...(await store.callsSince(NOON - 1))], [['q', 1]]);
        assert.deepEqual([...(await store.callsSince(NOON))], []);
      }),
    );
  });
}
