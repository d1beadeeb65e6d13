import assert from 'node:assert/strict';
import { readRecord } from '../../src/audit/chain.ts';
import type { AuditRecord } from '../../src/audit/chain.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import type { Verdict } from '../../src/audit/verify.ts';
import type { Place } from '../../src/store/commands/command.ts';
import { readBook } from '../../src/store/audit/book.ts';
import type { ThreadId } from '../../src/scan/ids.ts';
import type { Event } from '../../src/scan/event.ts';
import { DAY } from '../../src/scan/time.ts';
import { alice, eventOf, moved, NOON, requestOf, stages, threadOf } from './records.ts';
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

export async function assertWhole(place: Place): Promise<void> {
  const { found, lines } = await verified(place);
  assert.ok(!found, lines.join('\n'));
}

export function approvedBy(request: string, who: Event['who']): Event {
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
}
