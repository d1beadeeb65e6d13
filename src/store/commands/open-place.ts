import { existsSync } from 'node:fs';
import type { Kysely } from 'kysely';
import { filesIn } from '../embedded/data-dir.ts';
import { openSqlite, sqlite } from '../embedded/sqlite.ts';
import { pendingMigrations } from '../migrations.ts';
import { connect } from '../postgres/connect.ts';
import { postgres } from '../postgres/dialect.ts';
import { StoreAbsent, isAbsence, toMend } from '../postgres/fault.ts';
import { WITHOUT_HURRY } from '../postgres/pool.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import type { Tables } from '../tables.ts';
import { CommandRefused } from './command.ts';
import type { Place } from './command.ts';

export interface OpenPlace {
  readonly db: Kysely<Tables>;
  readonly dialect: SqlDialect;
}

/** Works on the tables as they are, beside a bot that may be running. */
export async function withPlace<T>(place: Place, work: (open: OpenPlace) => Promise<T>): Promise<T> {
  const open = openPlace(place);
  try {
    await isCurrent(open);
    return await work(open);
  } catch (error) {
    throw place.databaseUrl === undefined ? error : (toMend(error) ?? absence(error));
  } finally {
    await open.db.destroy();
  }
}

function openPlace({ dataDir, databaseUrl }: Place): OpenPlace {
  if (databaseUrl !== undefined) return { db: connect(databaseUrl, WITHOUT_HURRY), dialect: postgres('command') };
  return { db: openSqlite(databaseFile(dataDir)).db, dialect: sqlite };
}

/** The file of an embedded store that is there. */
export function databaseFile(dataDir: string): string {
  const { database } = filesIn(dataDir);
  if (!existsSync(database)) throw new CommandRefused(`There is no store in ${dataDir} (DATA_DIR).`);
  return database;
}

async function isCurrent({ db, dialect }: OpenPlace): Promise<void> {
  const pending = await pendingMigrations(db, dialect);
  if (pending.length === 0) return;
  throw new CommandRefused('The store is from an earlier version. Start the bot once: that brings it up to date.');
}

function absence(error: unknown): unknown {
  return isAbsence(error) ? new StoreAbsent(error) : error;
}
