import assert from 'node:assert/strict';
import { readRecord } from '../../src/audit/chain.ts';
import type { AuditRecord } from '../../src/audit/chain.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import type { Verdict } from '../../src/audit/verify.ts';
import type { Place } from '../../src/store/commands/command.ts';
import { forget } from '../../src/store/audit/forget.ts';
import { readBook } from '../../src/store/audit/book.ts';
import type { ThreadId } from '../../src/scan/ids.ts';
import type { Event } from '../../src/scan/message.ts';
import { DAY, HOUR } from '../../src/scan/time.ts';
import {
  alice,
  bob,
  CHANNEL,
  errandOf,
  eventOf,
  messageOf,
  moved,
  NOON,
  requestOf,
  stages,
  threadOf,
} from './records.ts';
import { KEEP_FINISHED } from './suite.ts';
import type { OnBench } from './suite.ts';

interface Entry {
  readonly record: AuditRecord;
  readonly personal: Readonly<Record<string, string | undefined>>;
}

export function entriesOf(place: Place): Promise<readonly Entry[]> {
  return readBook(place, async (book) => {
    const entries: Entry[] = [];
    for await (const { row, beside } of book.entries()) {
      const record = readRecord(row.body);
      assert.ok(record !== undefined);
      const personal = Object.entries(record.sealed).map(([field, seal]) => [field, beside.get(seal)?.text]);
      entries.push({ record, personal: Object.fromEntries(personal) as Entry['personal'] });
    }
    return entries;
  });
}

export function verified(place: Place, now = NOON): Promise<Verdict> {
  return readBook(place, (book) => verifyAudit(book, [], now));
}

async function assertWhole(place: Place): Promise<void> {
  const { found, lines } = await verified(place);
  assert.ok(!found, lines.join('\n'));
}

function approvedBy(request: string, who: Event['who']): Event {
  return { ...eventOf(request), who, what: 'approved' };
}

const TROUBLE = 'a\u0000\ud800"\r\n=1';

export function describeAudit(onBench: OnBench): void {
  describe('the audit', () => {
    it(
      'tells of every event, in the order of the commits, with its words beside the chain',
      onBench(async ({ store, place }) => {
        const asked = requestOf();
        const events = [{ ...eventOf(asked.id), personal: { reason: TROUBLE } }];
        await store.commit({ move: { before: undefined, after: asked }, events });
        const approved = moved(asked, stages.approved);
        await store.commit({ move: { before: asked, after: approved }, events: [approvedBy(asked.id, alice.id)] });
        await store.audit.link();
        const [first, second, ...others] = await entriesOf(place);
        assert.deepEqual(others, []);
        assert.deepEqual([first!.record.n, first!.record.what, first!.personal['reason']], [1, 'asked', TROUBLE]);
        assert.deepEqual([second!.record.n, second!.record.what, second!.personal['who']], [2, 'approved', 'alice']);
        assert.equal(second!.personal['comment'], stages.approved.content.comment);
        await assertWhole(place);
      }),
    );

    it(
      'tells nothing of a commit that came too late',
      onBench(async ({ store, place }) => {
        const after = requestOf();
        await store.commit({ once: 'o', move: { before: undefined, after }, events: [eventOf(after.id)] });
        assert.equal(await store.commit({ once: 'o', events: [eventOf('late')] }), false);
        assert.equal(await store.commit({ move: { before: undefined, after }, events: [eventOf('late')] }), false);
        await store.audit.link();
        assert.equal((await entriesOf(place)).length, 1);
      }),
    );

    it(
      'is linked once, whoever does it and however often',
      onBench(async ({ store, place }) => {
        for (let count = 0; count < 7; count += 1) await store.commit({ events: [eventOf('r'), eventOf('r')] });
        await Promise.all([store.audit.link(), store.audit.link(), store.audit.link()]);
        assert.equal(await store.audit.link(), 0);
        assert.deepEqual(
          (await entriesOf(place)).map(({ record }) => record.n),
          Array.from({ length: 14 }, (_, index) => index + 1),
        );
        await assertWhole(place);
      }),
    );

    it(
      'stays when requests are let go, and tells of that',
      onBench(async ({ store, place, clock }) => {
        const after = requestOf({ stage: stages.closed });
        await store.commit({ move: { before: undefined, after }, events: [eventOf(after.id)] });
        clock.time = NOON + 9 * KEEP_FINISHED;
        await store.sweep();
        await store.audit.link();
        const kept = await entriesOf(place);
        assert.deepEqual(
          kept.map(({ record }) => record.what),
          ['asked', 'forgotten'],
        );
        assert.equal(kept[0]!.personal['typed'], 'laptop');
        await assertWhole(place);
      }),
    );

    it(
      'is posted once a day, in a channel that the bot knows, as far as it is linked',
      onBench(async ({ store, place, clock }) => {
        const channel = '19:audit@thread.tacv2' as ThreadId;
        assert.equal(await store.audit.anchor(channel), 'nothing to post');
        await store.commit({ events: [eventOf('r')] });
        await store.audit.link();
        assert.equal(await store.audit.anchor(channel), 'channel not known');
        await store.commit({ thread: { ...threadOf(`${channel};messageid=7` as ThreadId), channel } });
        assert.equal(await store.audit.anchor(channel), 'posted');
        assert.equal(await store.audit.anchor(channel), 'posted earlier');
        clock.time += DAY;
        assert.equal(await store.audit.anchor(channel), 'posted');
        assert.equal((await store.thread(channel))?.id, channel);
        const message = await store.message('anchor:2026-11-20');
        assert.equal(message?.thread, channel);
        const anchors = await readBook(place, (book) => book.anchors());
        assert.deepEqual(message.content, {
          kind: 'notice',
          notice: { say: 'anchor', day: '2026-11-20', anchor: `1:${anchors[0]!.hash}` },
          mention: false,
        });
        await assertWhole(place);
      }),
    );
  });

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
