import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { filesIn, prepareDataDir } from '../embedded/data-dir.ts';
import { lockDataDir } from '../embedded/open-embedded.ts';
import { openSqlite, sqlite } from '../embedded/sqlite.ts';
import { pendingMigrations } from '../migrations.ts';
import { assertSound, flush } from './backup.ts';
import { CommandRefused, embeddedOnly, plural } from './command.ts';
import type { CommandParts, Told } from './command.ts';

const INSTEAD = 'Restore it with pg_restore, or with what your database service offers.';

/** Puts a backup in the place of the store, with the bot stopped. The store that was there is kept beside it. */
export async function restore({ place, now }: CommandParts, file: string): Promise<Told> {
  embeddedOnly(place, INSTEAD);
  assertSound(file);
  prepareDataDir(place.dataDir);
  const release = lockDataDir(place.dataDir);
  try {
    const { database } = filesIn(place.dataDir);
    const fresh = `${database}.restoring`;
    const waiting = await prepare(file, fresh);
    const aside = setAside(database, `replaced-${stamp(now)}`);
    renameSync(fresh, database);
    flush(place.dataDir);
    const kept = aside === undefined ? [] : [`The store that was there is now ${aside}.`];
    return { lines: [`Restored from ${file}.`, ...kept, ...waiting] };
  } finally {
    release();
  }
}

/** A copy of the backup beside the place where it is to go, or nothing at all. */
async function prepare(file: string, fresh: string): Promise<readonly string[]> {
  try {
    copyFileSync(file, fresh);
    chmodSync(fresh, 0o600);
    const waiting = await whatWaits(fresh);
    flush(fresh);
    return waiting;
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Moves a store out of the way; answers its new name. */
export function setAside(database: string, why: string): string | undefined {
  if (!existsSync(database)) return undefined;
  writeBack(database);
  const aside = `${database}.${why}`;
  for (const beside of ['-wal', '-shm']) {
    if (existsSync(database + beside)) renameSync(database + beside, aside + beside);
  }
  renameSync(database, aside);
  return aside;
}

/** Closing takes everything out of the log beside the file, unless the store is damaged: then they stay together. */
function writeBack(database: string): void {
  try {
    new Database(database).close();
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  }
}

export function stamp(now: number): string {
  return new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** A backup knows nothing of what was done since: the operator should, before the bot goes on from it. */
async function whatWaits(file: string): Promise<readonly string[]> {
  const { db } = openSqlite(file);
  try {
    // Throws where a newer version has been.
    await pendingMigrations(db, sqlite);
    const count = db.fn.countAll<number>().as('count');
    const decided = db.selectFrom('request').where('stage', 'in', ['approved', 'submitting']).select(count);
    const unsent = db.selectFrom('message').where('due_at', 'is not', null).select(count);
    const [scans, messages] = [await decided.executeTakeFirstOrThrow(), await unsent.executeTakeFirstOrThrow()];
    return [
      `As of this backup ${plural(scans.count, 'confirmed scan')} had not started and ` +
        `${plural(messages.count, 'message')} had not gone out: the bot goes on with these when it starts.`,
    ];
  } catch (error) {
    if (error instanceof Database.SqliteError) throw new CommandRefused('That file is no store.', { cause: error });
    throw error;
  } finally {
    await db.destroy();
  }
}
