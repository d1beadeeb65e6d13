import pg from 'pg';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { SECOND } from '../../scan/time.ts';

/** A pool that waits for nothing for ever. */
export interface PoolLimits {
  readonly connections: number;
  /** How long one statement may take, and how long its answer; a migration has all the time it needs. */
  readonly statement: { readonly within: number; readonly answered: number } | undefined;
}

export const AT_WORK: PoolLimits = { connections: 10, statement: { within: 10 * SECOND, answered: 15 * SECOND } };
export const WITHOUT_HURRY: PoolLimits = { connections: 2, statement: undefined };

export const CONNECT_WITHIN = 5 * SECOND;
const LOCK_WITHIN = 5 * SECOND;
/** Whoever holds locks and does nothing has frozen: the others go on without it. */
const IDLE_WITHIN = 10 * SECOND;
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10 * SECOND };

/** The database took the statement, or not, and says nothing. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent';

  constructor() {
    super('The database did not answer in time.');
  }
}

export function connectionOf(url: string): pg.ClientConfig {
  return { connectionString: url, application_name: 'scan-bot', ...KEEP_ALIVE };
}

export function openPool(url: string, { connections, statement }: PoolLimits): PostgresPool {
  const pool = new pg.Pool({
    ...connectionOf(url),
    ...(statement === undefined ? {} : serverLimits(statement.within)),
    max: connections,
    connectionTimeoutMillis: CONNECT_WITHIN,
    types: { getTypeParser },
  });
  // A connection that breaks takes its statement along, which tells; it must not take the process as well.
  pool.on('error', nothing);
  pool.on('connect', (client) => client.on('error', nothing));
  // The server's own limit comes first, unless the way to it is broken.
  const within = statement?.answered;
  return {
    options: pool.options,
    connect: async () => new LimitedClient(await pool.connect(), within),
    end: () => pool.end(),
  };
}

function serverLimits(statement: number): pg.ClientConfig {
  return {
    statement_timeout: statement,
    lock_timeout: LOCK_WITHIN,
    idle_in_transaction_session_timeout: IDLE_WITHIN,
  };
}

function nothing(): void {
  // What is to be said is said by the statement that fails.
}

/** Times and counts are bigint in the database and well below 2^53 here. */
const getTypeParser: typeof pg.types.getTypeParser = (type, format) =>
  type === pg.types.builtins.INT8 && format !== 'binary' ? Number : (pg.types.getTypeParser(type, format) as unknown);

/** A connection that fell silent is not used again: its answer may still come, to somebody else's question. */
class LimitedClient implements PostgresPoolClient {
  readonly #client: PostgresPoolClient;
  readonly #within: number | undefined;
  #silent = false;

  constructor(client: PostgresPoolClient, within: number | undefined) {
    this.#client = client;
    this.#within = within;
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    asked: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    // Nobody here reads by a cursor; one would have no limit.
    if (typeof asked !== 'string') return this.#client.query(asked);
    const answer = this.#client.query<R>(asked, values);
    if (this.#within === undefined) return answer;
    return before(this.#within, answer, () => {
      this.#silent = true;
    });
  }

  release(destroy?: boolean): void {
    this.#client.release(this.#silent || destroy === true);
  }
}

async function before<T>(within: number, answer: Promise<T>, tooLate: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      tooLate();
      reject(new DatabaseSilent());
    }, within);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
