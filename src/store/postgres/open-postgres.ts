import { randomUUID } from 'node:crypto';
import type { Clock } from '../../scan/ports.ts';
import { MINUTE, SECOND } from '../../scan/time.ts';
import { migrate } from '../migrations.ts';
import type { SqlDialect } from '../sql-dialect.ts';
import { createStore } from '../sql-store.ts';
import type { KeptStore } from '../kept-store.ts';
import type { StoreLog } from '../store-log.ts';
import { connect } from './connect.ts';
import { postgres } from './dialect.ts';
import { codeOf, isAbsence, StoreAbsent, toMend } from './fault.ts';
import { AT_WORK, WITHOUT_HURRY } from './pool.ts';
import { WakeLine } from './wake-line.ts';

export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly log: StoreLog;
  readonly keepFinished: number;
  readonly keepSent: number;
  readonly whileAbsent?: (() => Promise<void>) | undefined;
}

/** A database that is just starting, or failing over, is waited for. */
const WAIT_FOR = MINUTE;
const TRY_FIRST = SECOND;
const TRY_LAST = 5 * SECOND;

/** One of any number of replicas on one database. What another one has taken stays with it until the lease is over. */
export async function openPostgres(options: PostgresOptions): Promise<KeptStore> {
  const { databaseUrl, clock, log, keepFinished, keepSent } = options;
  const origin = randomUUID();
  const dialect = postgres(origin);
  await prepare(options, dialect);
  const db = connect(databaseUrl, AT_WORK);
  const wakes = new WakeLine({ url: databaseUrl, origin, clock, log });
  await wakes.open();
  return createStore(db, { dialect, clock, keepFinished, keepSent, wakes, release: () => undefined });
}

/** Brings the tables up to date, on connections of its own that may take their time. */
async function prepare({ databaseUrl, clock, log, whileAbsent }: PostgresOptions, dialect: SqlDialect): Promise<void> {
  const deadline = whileAbsent === undefined ? clock.now() + WAIT_FOR : Infinity;
  for (let pause = TRY_FIRST; ; pause = Math.min(2 * pause, TRY_LAST)) {
    const absent = await tryOnce(databaseUrl, dialect);
    if (absent === undefined) return;
    if (clock.now() >= deadline) throw new StoreAbsent(absent);
    log.warn({ code: codeOf(absent) }, 'The database does not answer yet; trying again');
    await whileAbsent?.();
    await new Promise<void>((resolve) => clock.after(pause, resolve));
  }
}

/** Answers with the fault of a database that is not there. */
async function tryOnce(databaseUrl: string, dialect: SqlDialect): Promise<unknown> {
  const db = connect(databaseUrl, WITHOUT_HURRY);
  try {
    await migrate(db, dialect);
    return undefined;
  } catch (error) {
    if (isAbsence(error)) return error;
    throw toMend(error) ?? error;
  } finally {
    await db.destroy();
  }
}
