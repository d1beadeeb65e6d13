import { MINUTE } from '../duration.ts';
import type { Message } from '../api.ts';
import type { Handle } from '../world.ts';

const CLOSE_BY = 5 * MINUTE;

export interface Thread {
  readonly id: string;
  /** Missing where the first message was deleted. */
  readonly root: Message | undefined;
  readonly replies: readonly Message[];
}

/** With a message added or replaced; oldest first. */
export function withMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const known = messages.findIndex(({ id }) => id === message.id);
  if (known >= 0) return messages.with(known, message);
  const after = messages.findLastIndex(({ at }) => at <= message.at);
  return messages.toSpliced(after + 1, 0, message);
}

/** The threads of a channel, in the order in which they began: nothing jumps when somebody replies. */
export function threadsIn(messages: readonly Message[], place: string): readonly Thread[] {
  const threads = new Map<string, Message[]>();
  for (const message of messages) {
    if (message.place !== place) continue;
    const id = message.thread ?? message.id;
    threads.set(id, [...(threads.get(id) ?? []), message]);
  }
  return [...threads].map(([id, all]) => ({
    id,
    root: all.find((message) => message.id === id),
    replies: all.filter((message) => message.id !== id),
  }));
}

/** Whether a message goes on what the one before it began: same author, minutes apart. */
export function continues(message: Message, before: Message | undefined): boolean {
  if (before === undefined) return false;
  const isSame = JSON.stringify(before.author) === JSON.stringify(message.author);
  return isSame && message.at - before.at < CLOSE_BY;
}

export function isBy(message: Message | undefined, me: Handle): boolean {
  return message?.author.kind === 'person' && message.author.handle === me;
}
