import type { Kysely } from 'kysely';
import { chained, START } from '../../audit/chain.ts';
import type { Head } from '../../audit/chain.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import type { Tables } from '../tables.ts';
import { transact } from '../transaction.ts';

const AT_ONCE = 500;
/** Whoever links takes turns with the others in this name. */
const CHAIN = 'audit chain';

export async function headOf(db: Kysely<Tables>): Promise<Head> {
  const last = db.selectFrom('audit').select(['n', 'hash']).orderBy('n', 'desc').limit(1);
  return (await last.executeTakeFirst()) ?? START;
}

/** Nobody else may append until the end of this transaction. */
export async function append(tx: Kysely<Tables>, bodies: readonly string[]): Promise<void> {
  const rows = chained(await headOf(tx), bodies);
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await tx
      .insertInto('audit')
      .values(rows.slice(from, from + AT_ONCE))
      .execute();
  }
}

/**
 * Gives what waits its place in the chain, in the order in which it was written; what is committed late comes later.
 * All of it in one transaction, under a lock that only one has: cut off, nothing happened, and the next one does it.
 */
export async function link(db: Kysely<Tables>, dialect: SqlDialect): Promise<number> {
  let linked = 0;
  for (let rows = AT_ONCE; rows === AT_ONCE;) {
    rows = await transact(db, (tx) => linkSome(tx, dialect));
    linked += rows;
  }
  return linked;
}

async function linkSome(tx: Kysely<Tables>, dialect: SqlDialect): Promise<number> {
  await dialect.takeTurns(tx, [CHAIN]);
  const waiting = tx.selectFrom('audit_waiting').select(['seq', 'bodies']).orderBy('seq').limit(AT_ONCE);
  const rows = await waiting.execute();
  if (rows.length === 0) return 0;
  await append(
    tx,
    rows.flatMap(({ bodies }) => JSON.parse(bodies) as readonly string[]),
  );
  const taken = rows.map(({ seq }) => seq);
  await tx.deleteFrom('audit_waiting').where('seq', 'in', taken).execute();
  return rows.length;
}
