import Database from 'better-sqlite3';
import { CompiledQuery, Kysely, sql, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely';
import type { DatabaseConnection, TransactionSettings } from 'kysely';
import { SECOND } from '../../scan/time.ts';
import { keepStatements } from './statements.ts';
import type { SqliteFile } from './statements.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import type { Tables } from '../tables.ts';

export const sqlite: SqlDialect = {
  skipsLockedRows: false,
  oneWriter: true,
  sequence: { type: 'integer', column: (column) => column.primaryKey().autoIncrement() },
  async appendOnly(db, table) {
    for (const act of ['update', 'delete']) {
      const trigger = sql.ref(`${table}_no_${act}`);
      const refuse = sql.lit(`${table} is append-only`);
      await sql`create trigger ${trigger} before ${sql.raw(act)} on ${sql.table(table)}
        begin select raise(abort, ${refuse}); end`.execute(db);
    }
  },
  async liftAppendOnly(db, table) {
    for (const act of ['update', 'delete']) await sql`drop trigger ${sql.ref(`${table}_no_${act}`)}`.execute(db);
  },
  /** A transaction has the whole database to itself. */
  takeTurns: () => Promise.resolve(),
  /** There are none. */
  wakeOthers: () => Promise.resolve(),
  tellSignOut: () => Promise.resolve(),
};

export interface SqliteDatabase {
  readonly db: Kysely<Tables>;
  /** False where the file system cannot share memory; such a store is slower, and just as safe. */
  readonly walMode: boolean;
}

/** Every commit is on the disk before it is acknowledged. */
export function openSqlite(file: string): SqliteDatabase {
  const database = new Database(file, { timeout: 5 * SECOND });
  try {
    const walMode = database.pragma('journal_mode = wal', { simple: true }) === 'wal';
    database.pragma('synchronous = full');
    database.pragma('foreign_keys = on');
    // What is deleted or written over is gone from the file as well.
    database.pragma('secure_delete = on');
    return { db: new Kysely({ dialect: new ImmediateSqliteDialect({ database: keepStatements(database) }) }), walMode };
  } catch (error) {
    database.close();
    throw error;
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: SqliteFile;

  constructor({ database }: { readonly database: SqliteFile }) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver(this.#database);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  readonly #database: SqliteFile;

  constructor(database: SqliteFile) {
    super({ database });
    this.#database = database;
  }

  /** Takes the write lock at the start: a transaction that reads first and writes then cannot find itself too late. */
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const readsOnly = settings?.accessMode === 'read only';
    await connection.executeQuery(CompiledQuery.raw(readsOnly ? 'begin' : 'begin immediate'));
  }

  /** On a full disk SQLite has undone everything already; to undo it again would be a fault that hides the first. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** SQLite can undo the creation of a table; kysely is told so, and a migration that is cut off leaves nothing behind. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
