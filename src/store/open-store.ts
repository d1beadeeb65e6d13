import type { Time } from '../scan/ids.ts';
import type { Clock } from '../scan/ports.ts';
import { DAY } from '../scan/time.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import { openPostgres } from './postgres/open-postgres.ts';
import type { KeptStore } from './kept-store.ts';
import type { StoreLog } from './store-log.ts';

export interface StoreOptions {
  /** Where the embedded store is. */
  readonly dataDir: string;
  /** A PostgreSQL database, used instead of the embedded store. */
  readonly databaseUrl?: string | undefined;
  readonly clock: Clock;
  readonly log: StoreLog;
  /** How long a request is kept after its end. */
  readonly keepFinished?: Time;
}

const KEEP_FINISHED = 400 * DAY;

/** Throws what an operator can mend as one of `STORE_FAULTS`. */
export function openStore(options: StoreOptions): Promise<KeptStore> {
  const { dataDir, databaseUrl, clock, log, keepFinished = KEEP_FINISHED } = options;
  if (databaseUrl === undefined) return openEmbedded({ dataDir, clock, log, keepFinished });
  return openPostgres({ databaseUrl, clock, log, keepFinished });
}

/** Names of the faults whose text tells an operator what to do. */
export const STORE_FAULTS = ['StoreInUse', 'StoreFromNewerVersion', 'StoreOnNetworkShare', 'StoreUnreachable'] as const;
