import type Database from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** What kysely needs of a database, and whether a transaction is open on it. */
export type SqliteFile = SqliteDatabase & Pick<Database.Database, 'inTransaction'>;

/** More than the store has. Should something put statements together without end, all begins anew. */
const MOST = 300;
const READS_OR_WRITES = /^(select|insert|update|delete|with|begin|commit)\b/i;

/**
 * Reading a statement takes SQLite several times as long as running it, and the store says the same few again and
 * again: each is read once. What changes tables makes all of them old.
 */
export function keepStatements(database: Database.Database): SqliteFile {
  const kept = new Map<string, SqliteStatement>();
  return {
    get inTransaction() {
      return database.inTransaction;
    },
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (sql) => {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      const statement = database.prepare(sql) as SqliteStatement;
      if (!READS_OR_WRITES.test(sql) || kept.size >= MOST) kept.clear();
      if (READS_OR_WRITES.test(sql)) kept.set(sql, statement);
      return statement;
    },
  };
}
