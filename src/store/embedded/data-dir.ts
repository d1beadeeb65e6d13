import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isOnNetworkShare, placeOnDisk, StoreOnNetworkShare } from './network-share.ts';

const OTHERS = 0o077;

/** No directory, not the bot's to write, or no store of ours in it: until somebody mends it, no start can do better. */
export class DataDirUnusable extends Error {
  override readonly name = 'DataDirUnusable';

  constructor(dataDir: string, code: string, cause: unknown) {
    super(
      `DATA_DIR (${dataDir}) cannot be used (${code}). Give it a directory on a local disk that the bot's account may ` +
        'create and write, or one that holds a sound store: a backup is put back by npm run store -- restore FILE.',
      { cause },
    );
  }
}

const UNUSABLE =
  /^(E(ACCES|PERM|ROFS|NOENT|NOTDIR|EXIST|ISDIR|LOOP|NAMETOOLONG|INVAL)|SQLITE_(CANTOPEN|READONLY|PERM|NOTADB|CORRUPT)\w*)$/;

/** What of a fault at the start an operator can mend in DATA_DIR. */
export function dataDirFault(dataDir: string, fault: unknown): DataDirUnusable | undefined {
  const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  return UNUSABLE.test(code) ? new DataDirUnusable(dataDir, code, fault) : undefined;
}

export interface StoreFiles {
  readonly database: string;
  readonly lock: string;
}

export function filesIn(dataDir: string): StoreFiles {
  return { database: join(dataDir, 'bot.db'), lock: join(dataDir, 'bot.lock') };
}

/** Makes the directory if need be; refuses one where the store would not be safe. Answers whether others may enter. */
export function prepareDataDir(dir: string, placeOf = placeOnDisk): { readonly openToOthers: boolean } {
  makeDir(resolve(dir));
  if (isOnNetworkShare(placeOf(dir))) throw new StoreOnNetworkShare(dir);
  // A directory that was there before is the operator's: it is told, not changed.
  return { openToOthers: process.platform !== 'win32' && (statSync(dir).mode & OTHERS) !== 0 };
}

/** One by one: on a disk that takes no writes, Node's own way tells of a directory that is missing instead. */
function makeDir(dir: string): void {
  if (existsSync(dir)) return;
  makeDir(dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
}

/** A commit and the log beside the file need some; below this it is better to say so than to fail at the next turn. */
const LEAST_ROOM = 4 * 1024 * 1024;

export class DiskFull extends Error {
  override readonly name = 'DiskFull';

  constructor(dataDir: string) {
    super(`The disk of DATA_DIR (${dataDir}) is full.`);
  }
}

export function assertRoom(dataDir: string): void {
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < LEAST_ROOM) throw new DiskFull(dataDir);
}

/** Makes the file if need be, for its owner's eyes only. SQLite gives the files beside it the same mode. */
export function prepareFile(path: string): void {
  // Never opens a file that is there: closing it would drop the locks that this process holds on it.
  if (!existsSync(path)) closeSync(openSync(path, 'ax', 0o600));
  for (const name of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(name)) chmodSync(name, 0o600);
}
