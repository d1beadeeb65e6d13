import type { Outcome } from '../outcome.ts';
import { again } from '../outcome.ts';
import type { ThreadId, Time } from '../ids.ts';
import type { Message } from '../message.ts';
import type { Person } from '../person.ts';
import type { Clock, Store } from '../ports.ts';
import { MINUTE } from '../time.ts';

export interface Waiting {
  readonly person: Person;
  readonly thread: ThreadId;
  readonly until: Time;
}

interface AskParts {
  readonly store: Pick<Store, 'commit'>;
  readonly clock: Clock;
}

/**
 * What waits for a sign-in was woken before its time, and there is none: it was lost with the process that took it, or
 * did not do. Whoever believes to have signed in is asked once more, for everything that waits in that thread.
 */
export async function askAgain({ person, thread, until }: Waiting, { store, clock }: AskParts): Promise<Outcome> {
  const minute = Math.floor(clock.now() / MINUTE);
  const id = `sign-in again:${person.id}:${thread}:${minute}`;
  const message: Message = { id, thread, to: person, content: { kind: 'sign-in' } };
  await store.commit({ messages: [message] });
  return again(until);
}
