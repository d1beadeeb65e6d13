import { HOUR } from '../../src/scan/time.ts';
import type { KeptStore } from '../../src/store/kept-store.ts';
import { alice, CHANNEL, errandOf, eventOf, messageOf, requestOf, searchOf, stages, threadOf } from './records.ts';

/** A scan that is followed, one that waits for its sign-in, one that is over; with all that belongs to them. */
export async function fill(store: KeptStore): Promise<void> {
  const thread = threadOf(CHANNEL);
  const ended = requestOf({ id: 'ended', stage: stages.settled });
  const followed = requestOf({ id: 'followed', stage: stages.following });
  const waiting = requestOf({ id: 'waiting', stage: stages.approvedWaiting });
  for (const after of [ended, followed, waiting]) {
    const follow = { who: alice.id, at: Date.now() + HOUR };
    const facts = { person: alice, thread, events: [eventOf(after.id)], messages: [messageOf(`of ${after.id}`)] };
    await store.commit({ once: after.id, move: { before: undefined, after }, follow, ...facts });
  }
  const halt = { is: 'paused', by: alice.id, name: alice.name, at: Date.now(), reason: 'an incident' } as const;
  await store.commit({ errand: errandOf('errand'), halt });
  await store.commit({ search: { search: searchOf(ended.id), at: Date.now() + HOUR } });
  const [head] = await store.claim('message', Date.now() + HOUR, 1);
  await store.finish(head!, { card: { request: ended.id, thread: CHANNEL, activityId: 'a', rev: 0 } });
  await store.calls.take('q', [{ length: HOUR, most: 1 }], Date.now());
}
