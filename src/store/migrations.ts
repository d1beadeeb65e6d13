import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { tables } from './migrations/0001-tables.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/** Migrations lead forward only; a program does not know its way back from a later one. */
export class StoreFromNewerVersion extends Error {
  override readonly name = 'StoreFromNewerVersion';
  readonly migration: string;

  constructor(migration: string) {
    super(
      `The store was last opened by a newer version of this program (it holds "${migration}"). ` +
        'Start that version again, or restore a backup from before the upgrade.',
    );
    this.migration = migration;
  }
}

const LEDGER = 'kysely_migration';

/** Brings the tables to what this program expects. Looks before it writes: a newer store is left as it is. */
export async function migrate(db: Kysely<Tables>, dialect: SqlDialect): Promise<void> {
  const migrations: Record<string, Migration> = { '0001-tables': tables(dialect) };
  const unknown = (await appliedMigrations(db)).find((name) => !Object.hasOwn(migrations, name));
  if (unknown !== undefined) throw new StoreFromNewerVersion(unknown);
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db, provider, migrationTableName: LEDGER }).migrateToLatest();
  if (error !== undefined)
    throw new Error('The tables of the store could not be brought up to date.', { cause: error });
}

async function appliedMigrations(db: Kysely<Tables>): Promise<readonly string[]> {
  const found = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!found.some((table) => table.name === LEDGER)) return [];
  const rows = await db.$extendTables<{ [LEDGER]: { name: string } }>().selectFrom(LEDGER).select('name').execute();
  return rows.map((row) => row.name);
}
