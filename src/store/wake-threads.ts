import type { Kysely } from 'kysely';
import type { Time } from '../scan/ids.ts';
import type { Thread } from '../scan/person.ts';
import { DAY } from '../scan/time.ts';
import { readThread } from './document.ts';
import type { Tables } from './tables.ts';
import { wakeTaken } from './wake.ts';

/** Nothing but a thread that the bot was removed from waits for longer. */
const STOPPED = DAY;

/** The bot is there again: what waited for that goes on, in every thread of the team or conversation. */
export async function wakeThreads(tx: Kysely<Tables>, arrived: Thread, now: Time): Promise<void> {
  const rows = await tx
    .selectFrom('message')
    .innerJoin('thread', 'thread.id', 'message.thread')
    .select(['message.id', 'thread.doc'])
    .where('message.due_at', 'is not', null)
    // Teams may just be saying no to one that is on its way.
    .where((eb) => eb.or([eb('message.due_at', '>', now + STOPPED), eb('message.lease_until', 'is not', null)]))
    .execute();
  const place = placeOf(arrived);
  const ids = rows.filter(({ doc }) => placeOf(readThread(doc)) === place).map(({ id }) => id);
  if (ids.length > 0) await wakeTaken(tx, ids, now);
}

/** Where the bot is installed: for all channels of a team at once. */
function placeOf({ id, team }: Thread): string {
  return team ?? id.split(';')[0] ?? id;
}
