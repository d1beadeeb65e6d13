import type { Message } from '../scan/message.ts';
import type { Notice } from '../scan/notice.ts';
import type { Person, Thread } from '../scan/person.ts';

/** A notice in a thread. With the same mark it is the same message, said once. */
export function noticeTo(person: Person, thread: Thread, notice: Notice, mark: string): Message {
  const id = `${notice.say}:${thread.id}:${mark}`;
  return { id, thread: thread.id, to: person, content: { kind: 'notice', notice, mention: false } };
}
