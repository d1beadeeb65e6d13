import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { tables } from './migrations/0001-tables.ts';
import { replicas } from './migrations/0002-replicas.ts';
import { limits } from './migrations/0003-limits.ts';
import { endings } from './migrations/0004-endings.ts';
import { searches } from './migrations/0005-searches.ts';
import { languages } from './migrations/0006-languages.ts';
import { audit } from './migrations/0007-audit.ts';
import { tallies } from './migrations/0008-tallies.ts';
import { deviceLocks } from './migrations/0009-device-locks.ts';
import { traces } from './migrations/0010-traces.ts';
import { delivered } from './migrations/0011-delivered.ts';
import { toldElsewhere } from './migrations/0012-told-elsewhere.ts';
import { batches } from './migrations/0013-batches.ts';
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

export const LEDGER = 'kysely_migration';

/** In the order in which they were made. */
export function migrationsFor(dialect: SqlDialect): Readonly<Record<string, Migration>> {
  return {
    '0001-tables': tables(dialect),
    '0002-replicas': replicas,
    '0003-limits': limits(dialect),
    '0004-endings': endings,
    '0005-searches': searches,
    '0006-languages': languages,
    '0007-audit': audit(dialect),
    '0008-tallies': tallies,
    '0009-device-locks': deviceLocks,
    '0010-traces': traces,
    '0011-delivered': delivered,
    '0012-told-elsewhere': toldElsewhere,
    '0013-batches': batches,
  };
}

/**
 * Brings the tables to what this program expects. Looks before it writes: a newer store is left as it is. Several may
 * do so at once; kysely lets one after the other, under a lock of the engine.
 */
export async function migrate(db: Kysely<Tables>, dialect: SqlDialect): Promise<void> {
  const migrations = { ...migrationsFor(dialect) };
  if ((await pendingMigrations(db, dialect)).length === 0) return;
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db, provider, migrationTableName: LEDGER }).migrateToLatest();
  if (error === undefined) return;
  // Perhaps a newer version was quicker: then that is the fault.
  await pendingMigrations(db, dialect);
  throw new MigrationFailed(error);
}

/** What is still to be done to the tables; throws when more was done than this program knows of. */
export async function pendingMigrations(db: Kysely<Tables>, dialect: SqlDialect): Promise<readonly string[]> {
  const known = Object.keys(migrationsFor(dialect));
  const applied = await appliedMigrations(db);
  const unknown = applied.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new StoreFromNewerVersion(unknown);
  return known.filter((name) => !applied.includes(name));
}

class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  /** The engine's own code, if it was the engine that refused. */
  readonly code: string | undefined;

  constructor(cause: unknown) {
    super('The tables of the store could not be brought up to date.', { cause });
    this.code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  }
}

async function appliedMigrations(db: Kysely<Tables>): Promise<readonly string[]> {
  const found = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!found.some((table) => table.name === LEDGER)) return [];
  const rows = await db.$extendTables<{ [LEDGER]: { name: string } }>().selectFrom(LEDGER).select('name').execute();
  return rows.map((row) => row.name);
}
