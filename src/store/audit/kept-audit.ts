import type { Kysely } from 'kysely';
import { anchorText } from '../../audit/chain.ts';
import { NOBODY } from '../../scan/person.ts';
import type { Time } from '../../scan/ids.ts';
import { readThreadId } from '../../scan/ids.ts';
import type { Message } from '../../scan/message.ts';
import type { Thread } from '../../scan/person.ts';
import { documentOf, readThread } from '../document.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import type { Tables } from '../tables.ts';
import { transact } from '../transaction.ts';
import { queueMessages } from '../queue-messages.ts';
import { headOf, link } from './chain.ts';

/** What became of a day's anchor: posted now or earlier, nothing to anchor, or no way into that channel yet. */
export type Anchored = 'posted' | 'posted earlier' | 'nothing to post' | 'channel not known';

/** The audit of a store at work: what is to be done for it from time to time. */
export interface KeptAudit {
  /** Whether records wait to be linked after a commit. */
  readonly linksLate: boolean;
  /** Gives what waits its place in the chain; resolves with how many commits that were. */
  link(): Promise<number>;
  /** Once a day: remembers the head of the chain, and has it posted in this channel. */
  anchor(channel: string): Promise<Anchored>;
}

export interface AuditParts {
  readonly dialect: SqlDialect;
  readonly now: () => Time;
}

export function keptAudit(db: Kysely<Tables>, { dialect, now }: AuditParts): KeptAudit {
  return {
    linksLate: !dialect.oneWriter,
    link: () => link(db, dialect),
    anchor: (channel) => transact(db, (tx) => anchor(tx, channel, { dialect, now: now() })),
  };
}

interface AnchorParts {
  readonly dialect: SqlDialect;
  readonly now: Time;
}

async function anchor(tx: Kysely<Tables>, channel: string, parts: AnchorParts): Promise<Anchored> {
  const head = await headOf(tx);
  if (head.n === 0) return 'nothing to post';
  const thread = await threadIn(tx, channel);
  if (thread === undefined) return 'channel not known';
  const day = new Date(parts.now).toISOString().slice(0, 10);
  const insert = tx.insertInto('audit_anchor').values({ day, ...head });
  const rows = await insert
    .onConflict((it) => it.column('day').doNothing())
    .returning('day')
    .execute();
  if (rows.length === 0) return 'posted earlier';
  await keepThread(tx, thread);
  const notice = { say: 'anchor', day, anchor: anchorText(head) } as const;
  const content = { kind: 'notice' as const, notice, mention: false };
  const message: Message = { id: `anchor:${day}`, thread: thread.id, to: NOBODY, content };
  await queueMessages(tx, [message], parts);
  await parts.dialect.wakeOthers(tx);
  return 'posted';
}

/** The channel itself, where each message begins a thread; known from any thread in it. */
async function threadIn(tx: Kysely<Tables>, channel: string): Promise<Thread | undefined> {
  const id = readThreadId(channel);
  if (id === undefined) return undefined;
  const known = tx.selectFrom('thread').select('doc').orderBy('id', 'desc').limit(1);
  const inIt = known.where((eb) =>
    eb(eb.fn<string>('substr', ['id', eb.lit(1), eb.val(channel.length + 1)]), 'in', [channel, `${channel};`]),
  );
  const row = await inIt.executeTakeFirst();
  return row && { ...readThread(row.doc), id };
}

async function keepThread(tx: Kysely<Tables>, thread: Thread): Promise<void> {
  const doc = documentOf(thread);
  const insert = tx.insertInto('thread').values({ id: thread.id, doc });
  await insert.onConflict((it) => it.column('id').doUpdateSet({ doc })).execute();
}
