import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Time } from '../scan/ids.ts';
import { WORK_KINDS } from '../scan/work-kind.ts';
import type { WorkKind } from '../scan/work-kind.ts';
import type { Stage } from '../scan/stage.ts';
import type { Tables } from './tables.ts';

export interface QueueCount {
  readonly kind: WorkKind;
  /** Could be taken now, or is. */
  readonly due: number;
  /** Will be due by itself. */
  readonly later: number;
  /** Given up. */
  readonly dead: number;
}

export type OpenStage = Exclude<Stage['name'], 'settled' | 'closed'>;

const NONE_OPEN: Readonly<Record<OpenStage, number>> = {
  asked: 0,
  choosing: 0,
  proposed: 0,
  awaiting: 0,
  scheduled: 0,
  queued: 0,
  approved: 0,
  submitting: 0,
  following: 0,
};
const OPEN_STAGES = Object.keys(NONE_OPEN);

/** How much of what there is, for whoever watches. */
export interface Counts {
  readonly queues: readonly QueueCount[];
  /** Requests that are not over, by stage. */
  readonly open: Readonly<Record<OpenStage, number>>;
  /** Commits whose records wait for their place in the audit. */
  readonly auditWaiting: number;
}

export async function counts(db: Kysely<Tables>, now: Time): Promise<Counts> {
  const queues: QueueCount[] = [];
  for (const kind of WORK_KINDS) queues.push(await queueCount(db, kind, now));
  const stages = db.selectFrom('request').where('stage', 'in', OPEN_STAGES).groupBy('stage');
  const open = await stages.select(['stage', db.fn.countAll<number>().as('count')]).execute();
  const waiting = db.selectFrom('audit_waiting').select(db.fn.countAll<number>().as('count'));
  return {
    queues,
    open: { ...NONE_OPEN, ...Object.fromEntries(open.map(({ stage, count }) => [stage, count])) },
    auditWaiting: (await waiting.executeTakeFirstOrThrow()).count,
  };
}

/** From the indexes of living and of dead rows: what is finished costs nothing. */
async function queueCount(db: Kysely<Tables>, kind: WorkKind, now: Time): Promise<QueueCount> {
  const alive = db.selectFrom(kind).where('due_at', 'is not', null);
  const due = sql<number>`coalesce(sum(case when due_at <= ${now} then 1 else 0 end), 0)`;
  const living = await alive.select([due.as('due'), db.fn.countAll<number>().as('all')]).executeTakeFirstOrThrow();
  const buried = db.selectFrom(kind).where('dead_at', 'is not', null).select(db.fn.countAll<number>().as('dead'));
  const { dead } = await buried.executeTakeFirstOrThrow();
  return { kind, due: living.due, later: living.all - living.due, dead };
}

/** How many calls each quota has let through since this time. */
export async function callsSince(db: Kysely<Tables>, since: Time): Promise<ReadonlyMap<string, number>> {
  const calls = db.selectFrom('call').where('at', '>', since).groupBy('quota');
  const rows = await calls.select(['quota', db.fn.countAll<number>().as('count')]).execute();
  return new Map(rows.map(({ quota, count }) => [quota, count]));
}
