import assert from 'node:assert/strict';
import { toldOfNoAlerts } from '../../src/scan/alert.ts';
import { HOUR } from '../../src/scan/time.ts';
import { forget } from '../../src/store/audit/forget.ts';
import { approvedBy, assertWhole, entriesOf, verified } from './audit-suite.ts';
import { alice, bob, CHANNEL, errandOf, messageOf, moved, NOON, personOf, requestOf, stages } from './records.ts';
import type { OnBench } from './suite.ts';

const carol = personOf('carol');

export function describeForgetting(onBench: OnBench): void {
  describe('to forget a person', () => {
    it(
      'leaves the chain whole, and of them nothing but what was done',
      onBench(async ({ store, place }) => {
        const ended = requestOf({ stage: stages.settled });
        const others = requestOf({ by: bob, stage: stages.closed });
        const person = { person: alice };
        await store.commit({
          ...person,
          move: { before: undefined, after: ended },
          events: [approvedBy(ended.id, alice.id)],
        });
        await store.commit({ move: { before: undefined, after: others }, events: [approvedBy(others.id, bob.id)] });
        const told = await forget(place, alice.id, NOON);
        assert.equal(told.requests, 1);
        assert.equal(await store.person(alice.id), undefined);
        assert.equal(await store.request(ended.id), undefined);
        assert.deepEqual(await store.request(others.id), others);
        const [first, second, ...more] = await entriesOf(place);
        assert.equal(first!.record.what, 'approved');
        assert.deepEqual([...new Set(Object.values(first!.personal))], [undefined]);
        assert.equal(told.fields, Object.keys(first!.personal).length);
        assert.equal(second!.personal['who'], 'bob');
        assert.deepEqual(
          more.map(({ record }) => [record.who, record.what]),
          [
            ['bot', 'forgotten'],
            ['operator', 'person forgotten'],
          ],
        );
        await assertWhole(place);
        assert.ok((await verified(place)).lines.includes(`${told.fields} personal fields were forgotten.`));
      }),
    );

    it(
      'leaves that new scans were paused, and not by whom or why',
      onBench(async ({ store, place }) => {
        const halt = { is: 'paused', by: alice.id, name: 'Alice', at: NOON, reason: 'Not today' } as const;
        await store.commit({ halt });
        await store.audit.link();
        assert.deepEqual((await entriesOf(place))[0]?.personal, { who: 'alice', name: 'Alice', reason: 'Not today' });
        await forget(place, alice.id, NOON);
        const { is, at, name, reason } = (await store.halt())!;
        assert.deepEqual([is, at, name, reason], ['paused', NOON, '', '']);
        await assertWhole(place);
      }),
    );

    it(
      'waits for what they have under way',
      onBench(async ({ store, place }) => {
        await store.commit({ move: { before: undefined, after: requestOf({ id: 'open' }) }, person: alice });
        await assert.rejects(forget(place, alice.id, NOON), /under way \(open\)/);
        assert.deepEqual(await store.person(alice.id), alice);
        await store.commit({ errand: { ...errandOf('errand'), person: bob } });
        await assert.rejects(forget(place, bob.id, NOON), /under way \(errand\)/);
      }),
    );

    it(
      'waits for what they approved for others',
      onBench(async ({ store, place }) => {
        const given = { ...requestOf({ id: 'open', by: bob }), approvals: [{ by: carol, at: NOON, groups: [] }] };
        await store.commit({ move: { before: undefined, after: given }, person: carol });
        await assert.rejects(forget(place, carol.id, NOON), /what others have under way \(open\)\. Wait for its end/);
        await store.commit({ move: { before: given, after: moved(given, stages.closed) } });
        await forget(place, carol.id, NOON);
        assert.equal((await store.request(given.id))?.approvals?.[0]?.by.name, '');
      }),
    );

    it(
      'takes what they were told once and for all',
      onBench(async ({ store, place }) => {
        const once = toldOfNoAlerts(alice.id);
        assert.equal(await store.commit({ once }), true);
        assert.equal(await store.commit({ once }), false);
        await forget(place, alice.id, NOON);
        assert.equal(await store.commit({ once }), true);
      }),
    );

    it(
      'takes their id out of the list of events, which is closed again afterwards',
      onBench(async ({ store, place }) => {
        await store.commit({ events: [approvedBy('r', alice.id)], messages: [messageOf('m', CHANNEL)] });
        await forget(place, alice.id, NOON);
        await forget(place, alice.id, NOON);
        assert.equal((await entriesOf(place)).length, 2);
        await store.commit({ events: [approvedBy('r', bob.id)] });
        await forget(place, bob.id, NOON + HOUR);
        await assertWhole(place);
      }),
    );
  });
}
