import { constants, existsSync } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import type { Storage } from '../../config/storage.ts';
import { bad, good } from '../finding.ts';
import type { Check, Looked } from '../finding.ts';

const LEAST_FREE = 256 * 2 ** 20;
const FOR_OTHERS = 0o077;

/** `look` opens the store as the commands do, beside a bot that may be running. */
export function databaseCheck(storage: Storage, look: () => Promise<string>): Check {
  return {
    name: 'database',
    look: async () => {
      const remedy =
        storage.databaseUrl === undefined
          ? 'Start the bot once; it makes the store in DATA_DIR.'
          : 'Check host, user, password and sslmode in DATABASE_URL, and start the bot once: it makes the tables.';
      try {
        return good(await look());
      } catch (fault) {
        return bad(fault instanceof Error ? fault.message : 'It cannot be opened.', remedy);
      }
    },
  };
}

export function diskCheck({ dataDir, databaseUrl }: Storage, free = freeIn): Check {
  return {
    name: 'disk',
    look: () =>
      databaseUrl === undefined ? lookAt(dataDir, free) : Promise.resolve(good('Not needed: the store is PostgreSQL.')),
  };
}

async function freeIn(dataDir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dataDir);
  return bavail * bsize;
}

async function lookAt(dataDir: string, freeThere: typeof freeIn): Promise<Looked> {
  if (!existsSync(dataDir)) {
    return bad(`There is no ${dataDir}.`, 'Start the bot once: it makes DATA_DIR, for its own account alone.');
  }
  try {
    await access(dataDir, constants.R_OK | constants.W_OK);
    const stats = await stat(dataDir);
    if (!stats.isDirectory()) return bad(`${dataDir} is no directory.`, 'Set DATA_DIR to a directory.');
    const { mode } = stats;
    if (process.platform !== 'win32' && (mode & FOR_OTHERS) !== 0) {
      return bad(`Others may look into ${dataDir}.`, `chmod 700 ${dataDir}`);
    }
    const free = await freeThere(dataDir);
    const words = `${Math.round(free / 2 ** 20)} MiB free in ${dataDir}.`;
    return free < LEAST_FREE ? bad(words, 'Make room, or move DATA_DIR to a larger disk.') : good(words);
  } catch {
    return bad(`${dataDir} cannot be written.`, "Create DATA_DIR as a directory that only the bot's account may use.");
  }
}
