import type { Kysely } from 'kysely';
import type { Halt } from '../scan/halt.ts';
import { documentOf, readHalt } from './document.ts';
import type { Tables } from './tables.ts';

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
