import type { Kysely } from 'kysely';
import type { ThreadId, Time } from '../scan/ids.ts';
import type { Message } from '../scan/message.ts';
import type { Delivered } from '../scan/ports.ts';
import { documentOf, readMessage } from './document.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

export interface QueueParts {
  readonly dialect: SqlDialect;
  readonly now: Time;
  readonly trace?: string | undefined;
}

/** At the end of their threads. */
export async function queueMessages(
  tx: Kysely<Tables>,
  messages: readonly Message[],
  parts: QueueParts,
): Promise<void> {
  if (messages.length === 0) return;
  const threads = new Set(messages.map(({ thread }) => thread));
  await parts.dialect.takeTurns(tx, [...threads].sort());
  for (const message of messages) await queue(tx, message, parts);
}

async function queue(tx: Kysely<Tables>, message: Message, { now, trace }: QueueParts): Promise<void> {
  const { id, thread } = message;
  const at = { due_at: now, written_at: now, trace: trace ?? null };
  const insert = tx.insertInto('message').values({ id, thread, doc: documentOf(message), ...at });
  await insert.onConflict((it) => it.column('id').doNothing()).execute();
}

/** A delivered message is gone; only its id is kept, and where it stands. */
export async function waitingMessage(db: Kysely<Tables>, id: string): Promise<Message | undefined> {
  const rows = db.selectFrom('message').select('doc').where('id', '=', id);
  const row = await rows.where('done_at', 'is', null).executeTakeFirst();
  return row && readMessage(row.doc);
}

export async function deliveredMessage(db: Kysely<Tables>, id: string): Promise<Delivered | undefined> {
  const rows = db.selectFrom('message').select(['thread', 'activity_id']).where('id', '=', id);
  const row = await rows.executeTakeFirst();
  return row?.activity_id ? { thread: row.thread as ThreadId, activityId: row.activity_id } : undefined;
}

export async function waitsFor(db: Kysely<Tables>, thread: ThreadId): Promise<boolean> {
  const waiting = db.selectFrom('message').where('thread', '=', thread).where('due_at', 'is not', null);
  return (await waiting.select('id').limit(1).executeTakeFirst()) !== undefined;
}
