import assert from 'node:assert/strict';
import type { RequestId } from '../../src/scan/ids.ts';
import { isIn } from '../../src/scan/moves.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import type { Plan } from '../../src/scan/schedule/plan.ts';
import { begin } from '../../src/scan/schedule/scheduling.ts';
import { forget } from '../../src/store/audit/forget.ts';
import { DAY, HOUR } from '../../src/scan/time.ts';
import { alice, bob, laptop, NOON, requestOf } from './records.ts';
import type { OnBench } from './suite.ts';

const PLAN: Plan = {
  when: { is: 'weekly', days: [1, 2, 3, 4, 5, 6, 7], minute: 0 },
  zone: 'UTC',
  until: NOON + 9 * DAY,
};
const EVER = { since: 0, limit: 99 };

function scheduleOf(id: string, requester = alice): ScanRequest {
  const content = { type: 'Full', comment: 'Check' } as const;
  const times = { at: NOON, next: NOON + HOUR, asksSignIn: false, begun: 0 };
  const stage = { name: 'scheduled', device: laptop, content, by: requester.id, ...times } as const;
  return { ...requestOf({ id }), requester, stage, wanted: { device: 'laptop', ...content, plan: PLAN } };
}

export function describeSchedules(onBench: OnBench): void {
  describe('a schedule in the store', () => {
    it(
      'begins a scan and goes on to its next time in one write, and of two writers one does',
      onBench(async ({ store, clock }) => {
        const schedule = scheduleOf('s');
        assert(isIn(schedule, 'scheduled'));
        await store.commit({ move: { before: undefined, after: schedule } });
        const both = ['one', 'other'].map((id) => store.commit(begin(schedule, id as RequestId, NOON + HOUR)));
        const done = await Promise.all(both);
        assert.deepEqual(done.toSorted(), [false, true]);
        const scans = await Promise.all(['one', 'other'].map((id) => store.request(id as RequestId)));
        assert.deepEqual(
          scans.map((scan) => scan !== undefined),
          done,
        );
        const stage = (await store.request(schedule.id))?.stage;
        assert.equal(stage?.name === 'scheduled' && stage.begun, 1);
        clock.time = NOON + HOUR;
        assert.equal((await store.claim('request', NOON + 2 * HOUR, 9)).length, 1);
      }),
    );

    it(
      'is due half an hour before its time, for a look at the sign-in',
      onBench(async ({ store }) => {
        await store.commit({ move: { before: undefined, after: scheduleOf('s') } });
        assert.equal(await store.nextDue(['request']), NOON + HOUR / 2);
      }),
    );

    it(
      'is listed for its requester alone, and counted as no scan',
      onBench(async ({ store }) => {
        for (const after of [scheduleOf('s'), scheduleOf('t', bob), requestOf({ id: 'scan' })]) {
          await store.commit({ move: { before: undefined, after } });
        }
        assert.deepEqual(
          (await store.schedulesOf(alice.id)).map(({ id }) => id),
          ['s'],
        );
        assert.deepEqual(
          (await store.reports.rows(EVER)).map(({ request }) => request),
          ['scan'],
        );
      }),
    );

    it(
      'is forgotten with its requester, and keeps nobody from being forgotten',
      onBench(async ({ store, place }) => {
        const event = { request: 's' as RequestId, at: NOON, who: alice.id, what: 'asked', facts: {} };
        await store.commit({ move: { before: undefined, after: scheduleOf('s') }, events: [event] });
        await forget(place, alice.id, NOON);
        assert.equal(await store.request('s' as RequestId), undefined);
      }),
    );
  });
}
