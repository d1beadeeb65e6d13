import assert from 'node:assert/strict';
import type { DeviceId } from '../../src/scan/ids.ts';
import { DAY, MINUTE } from '../../src/scan/time.ts';
import { alice, bob, moved, NOON, requestOf, stages } from './records.ts';
import type { OnBench } from './suite.ts';

const EVER = { since: 0, limit: 100 };

export function describeReports(onBench: OnBench): void {
  describe('the rows of a report', () => {
    it(
      'say what became of each request, the newest first',
      onBench(async ({ store }) => {
        const closed = requestOf({ id: 'closed', stage: stages.closed });
        const settled = requestOf({ id: 'settled', stage: stages.settled, askedAt: NOON + 1, by: bob });
        const asked = requestOf({ id: 'asked', askedAt: NOON + 2 });
        for (const after of [closed, settled, asked]) await store.commit({ move: { before: undefined, after } });
        const rows = await store.reports.rows(EVER);
        assert.deepEqual(
          rows.map(({ request, person, outcome, type }) => [request, person, outcome, type]),
          [
            ['asked', 'alice', 'open', undefined],
            ['settled', 'bob', 'never-confirmed', 'Full'],
            ['closed', 'alice', 'refused', 'Full'],
          ],
        );
        assert.equal(rows[1]?.startedAt, NOON);
      }),
    );

    it(
      'follow a request, and keep its first approval',
      onBench(async ({ store }) => {
        const asked = requestOf({ id: 'one' });
        const approved = moved(asked, stages.approved);
        const waiting = moved(approved, { ...stages.approvedWaiting, at: NOON + MINUTE });
        const ending = { is: 'confirmed', outcome: 'completed', from: NOON, at: NOON + MINUTE } as const;
        const how = { by: 'hunting', errorCode: '', sure: true } as const;
        const settled = moved(waiting, { ...stages.settled, ending: { ...ending, ...how } });
        const findings = {
          are: 'known',
          from: NOON,
          lookedAt: NOON,
          nextLookAt: undefined,
          count: 3,
          shown: [],
          ids: [],
        } as const;
        const found = { ...moved(settled, settled.stage), findings };
        await store.commit({ move: { before: undefined, after: asked } });
        for (const [before, after] of [
          [asked, approved],
          [approved, waiting],
          [waiting, settled],
          [settled, found],
        ] as const)
          assert.ok(await store.commit({ move: { before, after } }));
        const [row] = await store.reports.rows(EVER);
        assert.deepEqual(
          [row?.approvedAt, row?.outcome, row?.took, row?.found, row?.device],
          [NOON, 'completed', MINUTE, 3, 'laptop'],
        );
      }),
    );

    it(
      'are those of one person, since then, and so many',
      onBench(async ({ store }) => {
        for (let nth = 0; nth < 6; nth += 1) {
          const after = requestOf({ id: `r${nth}`, askedAt: NOON + nth * DAY, by: nth % 2 === 0 ? alice : bob });
          await store.commit({ move: { before: undefined, after } });
        }
        const ids = async (wanted: Parameters<typeof store.reports.rows>[0]): Promise<readonly string[]> =>
          (await store.reports.rows(wanted)).map(({ request }) => request);
        assert.deepEqual(await ids({ since: NOON + 2 * DAY, limit: 9, person: alice.id }), ['r4', 'r2']);
        assert.deepEqual(await ids({ since: NOON + 3 * DAY, limit: 2 }), ['r5', 'r4']);
        assert.deepEqual(await ids({ since: NOON + 6 * DAY, limit: 9 }), []);
      }),
    );

    it(
      'come in pages without a gap, although many were asked at the same moment',
      onBench(async ({ store }) => {
        const all = Array.from({ length: 2003 }, () => requestOf());
        for (const after of all) await store.commit({ move: { before: undefined, after } });
        const rows = await store.reports.rows({ since: NOON, limit: 5000 });
        assert.equal(new Set(rows.map(({ request }) => request)).size, all.length);
      }),
    );

    it(
      'take a name with anything in it',
      onBench(async ({ store }) => {
        const after = { ...requestOf(), wanted: { device: 'lap\0top', type: undefined, comment: undefined } };
        await store.commit({ move: { before: undefined, after } });
        assert.equal((await store.reports.rows(EVER))[0]?.device, 'laptop');
      }),
    );
  });

  describe('requests about a device', () => {
    it(
      'are those over and those open, the newest first',
      onBench(async ({ store }) => {
        const closed = requestOf({ id: 'closed', stage: stages.closed });
        const open = requestOf({ id: 'open', stage: stages.following, askedAt: NOON + 1 });
        for (const after of [closed, open, requestOf()]) await store.commit({ move: { before: undefined, after } });
        const ids = (await store.reports.about('laptop' as DeviceId, 9)).map(({ id }) => id);
        assert.deepEqual(ids, ['open', 'closed']);
        assert.equal((await store.reports.about('laptop' as DeviceId, 1)).length, 1);
      }),
    );
  });
}
