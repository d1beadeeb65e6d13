import { join } from 'node:path';
import type { Clock, Store } from '../scan/ports.ts';
import { prepareDataDir, prepareFile } from './data-dir.ts';
import type { DirFault } from './data-dir.ts';
import { migrate } from './migrations.ts';
import { createStore } from './sql-store.ts';
import { openSqlite, sqlite } from './sqlite.ts';
import { lockStore } from './store-lock.ts';
import { releaseLeases } from './claim-ends.ts';

interface StoreLog {
  warn(facts: object, message: string): void;
}

export interface StoreOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: StoreLog;
}

const WARNINGS: Readonly<Record<DirFault, string>> = {
  'open-to-others': 'DATA_DIR can be entered by other accounts of this machine; mode 0700 would keep them out.',
  'network-share': 'DATA_DIR is on a network share, where the embedded store is not safe; use a local disk.',
};

/** The embedded store: one process, one directory. Throws `StoreInUse` or `StoreFromNewerVersion`. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dataDir, log } = options;
  for (const fault of prepareDataDir(dataDir)) log.warn({ dataDir, fault }, WARNINGS[fault]);
  const lock = join(dataDir, 'bot.lock');
  prepareFile(lock);
  const release = lockStore(dataDir, lock);
  try {
    return await openLocked(options, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function openLocked({ dataDir, clock, log }: StoreOptions, release: () => void): Promise<Store> {
  const file = join(dataDir, 'bot.db');
  prepareFile(file);
  const { db, walMode } = openSqlite(file);
  try {
    if (!walMode)
      log.warn({ dataDir }, 'The file system of DATA_DIR has no write-ahead log; the store will be slower.');
    await migrate(db, sqlite);
    // Nobody else is in here: whoever held a lease is gone.
    await releaseLeases(db);
    return createStore(db, { dialect: sqlite, clock, release });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
