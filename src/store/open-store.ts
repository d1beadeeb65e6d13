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
  /** How long it is remembered that a message was sent. */
  readonly keepSent?: Time;
  /** Called whenever a database is not there at the start. It is waited for without end then, and else for a minute. */
  readonly whileAbsent?: () => Promise<void>;
}

const KEEP_FINISHED = 400 * DAY;
const KEEP_SENT = 7 * DAY;

/** Throws what an operator can mend as one of `STORE_FAULTS`. */
export function openStore(options: StoreOptions): Promise<KeptStore> {
  const { dataDir, databaseUrl, clock, log, whileAbsent } = options;
  const { keepFinished = KEEP_FINISHED, keepSent = KEEP_SENT } = options;
  if (databaseUrl === undefined) return openEmbedded({ dataDir, clock, log, keepFinished, keepSent });
  return openPostgres({ databaseUrl, clock, log, keepFinished, keepSent, whileAbsent });
}

/** Names of the faults whose text tells an operator what to do. */
export const STORE_FAULTS = [
  'StoreInUse',
  'StoreFromNewerVersion',
  'StoreOnNetworkShare',
  'StoreUnreachable',
  'DataDirUnusable',
] as const;
