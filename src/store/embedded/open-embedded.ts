import type { Time } from '../../scan/ids.ts';
import type { Clock } from '../../scan/ports.ts';
import { releaseLeases } from '../claim-ends.ts';
import { migrate } from '../migrations.ts';
import { createStore } from '../sql-store.ts';
import type { KeptStore } from '../kept-store.ts';
import type { StoreLog } from '../store-log.ts';
import { assertRoom, dataDirFault, filesIn, prepareDataDir, prepareFile } from './data-dir.ts';
import { openSqlite, sqlite } from './sqlite.ts';
import { lockStore } from './store-lock.ts';

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: StoreLog;
  readonly keepFinished: Time;
  readonly keepSent: Time;
}

const OPEN_TO_OTHERS = 'DATA_DIR can be entered by other accounts of this machine; mode 0700 would keep them out.';
const WITHOUT_WAL = 'The file system of DATA_DIR has no write-ahead log; the store will be slower.';

/** One process, one directory. */
export async function openEmbedded(options: EmbeddedOptions): Promise<KeptStore> {
  try {
    return await openAlone(options);
  } catch (error) {
    throw dataDirFault(options.dataDir, error) ?? error;
  }
}

async function openAlone(options: EmbeddedOptions): Promise<KeptStore> {
  const { dataDir, log } = options;
  if (prepareDataDir(dataDir).openToOthers) log.warn({ dataDir }, OPEN_TO_OTHERS);
  const release = lockDataDir(dataDir);
  try {
    return await openLocked(options, release);
  } catch (error) {
    release();
    throw error;
  }
}

/** Keeps everybody else out until it is called. */
export function lockDataDir(dataDir: string): () => void {
  const { lock } = filesIn(dataDir);
  prepareFile(lock);
  return lockStore(dataDir, lock);
}

async function openLocked(options: EmbeddedOptions, release: () => void): Promise<KeptStore> {
  const { dataDir, clock, log, keepFinished, keepSent } = options;
  const { database } = filesIn(dataDir);
  prepareFile(database);
  const { db, walMode } = openSqlite(database);
  try {
    if (!walMode) log.warn({ dataDir }, WITHOUT_WAL);
    await migrate(db, sqlite);
    // Nobody else is in here: whoever held a lease is gone.
    await releaseLeases(db);
    const assertHealth = (): void => {
      assertRoom(dataDir);
    };
    return createStore(db, { dialect: sqlite, clock, keepFinished, keepSent, assertHealth, release });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
