import type { Message } from '../message.ts';
import type { Errand } from '../errand.ts';
import type { Notice } from '../notice.ts';

/** The answer to a command. Written twice, it is the same message. */
export function saidBy(errand: Errand, notice: Notice): Message {
  const content = { kind: 'notice' as const, notice, mention: false };
  return { id: `${notice.say}:${errand.id}`, thread: errand.thread, to: errand.person, content };
}
