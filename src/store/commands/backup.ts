import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { CommandRefused, embeddedOnly } from './command.ts';
import type { CommandParts, Told } from './command.ts';
import { databaseFile } from './open-place.ts';

const INSTEAD = 'Back it up with pg_dump, or with what your database service offers.';

/** One consistent copy, taken while the bot goes on. */
export function backup({ place }: CommandParts, file: string): Told {
  embeddedOnly(place, INSTEAD);
  const source = databaseFile(place.dataDir);
  if (existsSync(file)) throw new CommandRefused(`${file} is there already. Name a file that is not.`);
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  try {
    copyInto(source, partial);
    assertSound(partial);
    renameSync(partial, file);
    flush(dirname(file));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  return { lines: [`Backed up to ${file}. It holds names and comments: keep it as safe as the store itself.`] };
}

function copyInto(source: string, file: string): void {
  // Made first, for its owner's eyes only; SQLite fills an empty file that it finds.
  closeSync(openSync(file, 'wx', 0o600));
  const database = new Database(source, { fileMustExist: true });
  try {
    database.prepare('vacuum into ?').run(file);
  } finally {
    database.close();
  }
  chmodSync(file, 0o600);
  flush(file);
}

/** Whether SQLite finds nothing wrong with the file. */
export function assertSound(file: string): void {
  const database = openReadOnly(file);
  try {
    const found = database.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new CommandRefused(`${file} is damaged.`);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    throw new CommandRefused(`${file} is no store, or it is damaged.`, { cause: error });
  } finally {
    database.close();
  }
}

function openReadOnly(file: string): Database.Database {
  try {
    return new Database(file, { readonly: true, fileMustExist: true });
  } catch (error) {
    throw new CommandRefused(`${file} cannot be read.`, { cause: error });
  }
}

/** Of a directory this keeps the names in it. */
export function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
