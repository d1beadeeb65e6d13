import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';
import { readPersonId } from '../../scan/ids.ts';
import type { PersonId } from '../../scan/ids.ts';
import type { SqlDialect } from '../sql-dialect.ts';

/** What replicas tell each other by; a channel belongs to one database. */
export const WAKES = 'scan_bot';

const SIGNED_OUT = 'signed-out';

/** What a replica said, and about whom it was, if it was about somebody's sign-out. */
export function readWake(payload: string): { readonly origin: string; readonly signedOut: PersonId | undefined } {
  const [origin = '', word, person] = payload.split(' ');
  return { origin, signedOut: word === SIGNED_OUT ? readPersonId(person) : undefined };
}

/** `origin` names this replica, so that it does not wake itself. */
export function postgres(origin: string): SqlDialect {
  return {
    skipsLockedRows: true,
    oneWriter: false,
    // By default only: rows that are copied from another store bring their numbers along.
    sequence: { type: 'bigint', column: (column) => column.primaryKey().generatedByDefaultAsIdentity() },
    appendOnly,
    liftAppendOnly,
    async takeTurns(tx, threads) {
      for (const thread of threads) {
        await sql`select pg_advisory_xact_lock(hashtextextended(${`scan-bot ${thread}`}, 0))`.execute(tx);
      }
    },
    async wakeOthers(tx) {
      await sql`select pg_notify(${WAKES}, ${origin})`.execute(tx);
    },
    async tellSignOut(tx, person) {
      await sql`select pg_notify(${WAKES}, ${`${origin} ${SIGNED_OUT} ${person}`})`.execute(tx);
    },
  };
}

async function appendOnly(db: QueryExecutorProvider, table: string): Promise<void> {
  const refuse = sql.ref(`${table}_append_only`);
  const message = sql.lit(`${table} is append-only`);
  await sql`create function ${refuse}() returns trigger language plpgsql as $$
    begin raise exception using message = ${message}; end $$`.execute(db);
  await sql`create trigger ${refuse} before update or delete or truncate on ${sql.table(table)}
    for each statement execute function ${refuse}()`.execute(db);
}

async function liftAppendOnly(db: QueryExecutorProvider, table: string): Promise<void> {
  const refuse = sql.ref(`${table}_append_only`);
  await sql`drop trigger ${refuse} on ${sql.table(table)}`.execute(db);
  await sql`drop function ${refuse}()`.execute(db);
}
