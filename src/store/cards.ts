import type { Kysely } from 'kysely';
import type { RequestId, ThreadId } from '../scan/ids.ts';
import type { PostedCard } from '../scan/ports.ts';
import type { Tables } from './tables.ts';

export async function putCard(db: Kysely<Tables>, card: PostedCard): Promise<void> {
  const shown = { activity_id: card.activityId, rev: card.rev };
  const insert = db.insertInto('card').values({ request: card.request, thread: card.thread, ...shown });
  await insert.onConflict((it) => it.columns(['request', 'thread']).doUpdateSet(shown)).execute();
}

export async function cardIn(
  db: Kysely<Tables>,
  request: RequestId,
  thread: ThreadId,
): Promise<PostedCard | undefined> {
  const rows = db.selectFrom('card').where('request', '=', request).where('thread', '=', thread);
  const row = await rows.select(['activity_id', 'rev']).executeTakeFirst();
  return row && { request, thread, activityId: row.activity_id, rev: row.rev };
}

export async function cardsOf(db: Kysely<Tables>, request: RequestId): Promise<readonly PostedCard[]> {
  const rows = db.selectFrom('card').where('request', '=', request).orderBy('thread');
  const found = await rows.select(['thread', 'activity_id', 'rev']).execute();
  return found.map((row) => ({ request, thread: row.thread as ThreadId, activityId: row.activity_id, rev: row.rev }));
}

export async function forgetCard(db: Kysely<Tables>, request: RequestId, thread: ThreadId): Promise<void> {
  await db.deleteFrom('card').where('request', '=', request).where('thread', '=', thread).execute();
}
