import type { Kysely } from 'kysely';
import type { Time } from '../../scan/ids.ts';
import { WORK_KINDS } from '../../scan/work-kind.ts';
import type { WorkKind } from '../../scan/work-kind.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import type { Tables } from '../tables.ts';
import { transact } from '../transaction.ts';
import { plural } from './command.ts';
import type { CommandParts, Told } from './command.ts';
import { withPlace } from './open-place.ts';
import type { OpenPlace } from './open-place.ts';

/** What was buried: which, when and why, and not a word of what it says. */
export function dead({ place }: CommandParts): Promise<Told> {
  return withPlace(place, async ({ db }) => {
    const lists = await Promise.all(WORK_KINDS.map((kind) => buried(db, kind)));
    const lines = lists.flat();
    if (lines.length === 0) return { lines: ['Nothing was given up.'] };
    const help = 'Mend the cause, then: npm run store -- dead --again';
    return { lines: [...lines, `${plural(lines.length, 'row was', 'rows were')} given up. ${help}`], found: true };
  });
}

/** Makes due again what was buried. A bot that runs notices within half a minute. */
export function deadAgain({ place, now }: CommandParts): Promise<Told> {
  return withPlace(place, async ({ db, dialect }: OpenPlace) => {
    const count = await transact(db, async (tx) => {
      const woken = (await queueAnew(tx, dialect, now)) + (await wakeAgain(tx, now));
      if (woken > 0) await dialect.wakeOthers(tx);
      return woken;
    });
    return { lines: [`${plural(count, 'row is', 'rows are')} due again.`] };
  });
}

async function buried(db: Kysely<Tables>, kind: WorkKind): Promise<readonly string[]> {
  const rows = await db
    .selectFrom(kind)
    .select(['id', 'dead_at', 'dead_why'])
    .where('dead_at', 'is not', null)
    .orderBy('dead_at')
    .execute();
  return rows.map(({ id, dead_at, dead_why }) => {
    const when = new Date(dead_at ?? 0).toISOString();
    return `${when}  ${kind}  ${id}  ${dead_why ?? ''}`;
  });
}

/** A message takes its place at the end of its thread: the others have gone on without it. */
async function queueAnew(tx: Kysely<Tables>, dialect: SqlDialect, now: Time): Promise<number> {
  const dead = tx.selectFrom('message').where('dead_at', 'is not', null);
  const threads = await dead.select('thread').distinct().orderBy('thread').execute();
  await dialect.takeTurns(
    tx,
    threads.map(({ thread }) => thread),
  );
  const rows = await dead.select(['id', 'thread', 'doc', 'attempt']).orderBy('seq').execute();
  for (const { id, thread, doc, attempt } of rows) {
    await tx.deleteFrom('message').where('id', '=', id).execute();
    // The count goes on: no claim of its former life can end this one.
    await tx.insertInto('message').values({ id, thread, doc, attempt, due_at: now }).execute();
  }
  return rows.length;
}

async function wakeAgain(tx: Kysely<Tables>, now: Time): Promise<number> {
  let woken = 0;
  for (const kind of WORK_KINDS.filter((one) => one !== 'message')) {
    const dead = tx.updateTable(kind).where('dead_at', 'is not', null);
    const alive = { dead_at: null, dead_why: null, fails: 0, due_at: now };
    woken += Number((await dead.set(alive).executeTakeFirst()).numUpdatedRows);
  }
  return woken;
}
