import Database from 'better-sqlite3';

/** Somebody else has this store open. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse';
  readonly dataDir: string;

  constructor(dataDir: string, cause: unknown) {
    super(
      `The store in ${dataDir} is in use by another process. ` +
        'Stop that one first, or give this one a DATA_DIR of its own.',
      { cause },
    );
    this.dataDir = dataDir;
  }
}

/**
 * Keeps everybody else out until it is called. The lock is that of an open transaction on an empty database: the
 * operating system takes it away with the process, however that ends.
 */
export function lockStore(dataDir: string, file: string): () => void {
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new StoreInUse(dataDir, error) : error;
  }
  return () => {
    lock.close();
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
