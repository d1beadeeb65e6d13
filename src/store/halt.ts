import type { Kysely } from 'kysely';
import type { Halt } from '../scan/halt.ts';
import type { Write } from '../scan/ports.ts';
import { documentOf, readHalt } from './document.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** Whoever pauses and whoever sends a scan at the same moment wait for each other. */
const TURN = 'halt';

/** Whether the write comes while scans are paused, and must not. */
export async function isHeldBack(
  tx: Kysely<Tables>,
  { halt, unlessPaused }: Write,
  dialect: SqlDialect,
): Promise<boolean> {
  if (halt === undefined && unlessPaused !== true) return false;
  await dialect.takeTurns(tx, [TURN]);
  return unlessPaused === true && (await latestHalt(tx))?.is === 'paused';
}

export async function keepHalt(tx: Kysely<Tables>, halt: Halt): Promise<void> {
  await tx
    .insertInto('halt')
    .values({ at: halt.at, doc: documentOf(halt) })
    .execute();
}

export async function latestHalt(db: Kysely<Tables>): Promise<Halt | undefined> {
  const row = await db.selectFrom('halt').select('doc').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return row && readHalt(row.doc);
}
