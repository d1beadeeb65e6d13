import type { Kysely } from 'kysely';
import type { Time } from '../scan/ids.ts';
import type { Message } from '../scan/message.ts';
import { documentOf } from './document.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

export interface QueueParts {
  readonly dialect: SqlDialect;
  readonly now: Time;
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
  for (const message of messages) await queue(tx, message, parts.now);
}

async function queue(tx: Kysely<Tables>, message: Message, now: Time): Promise<void> {
  const { id, thread } = message;
  const insert = tx.insertInto('message').values({ id, thread, doc: documentOf(message), due_at: now });
  await insert.onConflict((it) => it.column('id').doNothing()).execute();
}
