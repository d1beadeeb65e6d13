import type { Kysely } from 'kysely';
import type { Write } from '../scan/ports.ts';
import { documentOf, readSearch } from './document.ts';
import type { Tables } from './tables.ts';

/** Whoever is at work on the search before loses it; what waited for that one is not lost. */
export async function beginSearch(
  tx: Kysely<Tables>,
  begun: NonNullable<Write['search']>,
  trace: string | undefined,
): Promise<void> {
  const { search, at } = begun;
  const id = search.request;
  const before = await tx.selectFrom('search').select('doc').where('id', '=', id).executeTakeFirst();
  const waiting = before === undefined ? [] : readSearch(before.doc).then;
  const doc = documentOf({ ...search, then: [...waiting, ...search.then] });
  const due = { doc, due_at: at, lease_until: null, again_at: null, fails: 0, dead_at: null, dead_why: null };
  const insert = tx.insertInto('search').values({ id, doc, due_at: at, trace: trace ?? null });
  await insert
    .onConflict((it) => it.column('id').doUpdateSet((eb) => ({ ...due, attempt: eb('search.attempt', '+', 1) })))
    .execute();
}
