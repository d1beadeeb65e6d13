import { Kysely, PostgresDialect, PostgresDriver } from 'kysely';
import type { PostgresPool } from 'kysely';
import type { Tables } from '../tables.ts';
import { openPool } from './pool.ts';
import type { PoolLimits } from './pool.ts';

/** Connects when it is asked the first time. */
export function connect(databaseUrl: string, limits: PoolLimits): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new CandidDialect(openPool(databaseUrl, limits)) });
}

class CandidDialect extends PostgresDialect {
  readonly #pool: PostgresPool;

  constructor(pool: PostgresPool) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): PostgresDriver {
    return new CandidDriver({ pool: this.#pool });
  }
}

type Connection = Parameters<PostgresDriver['rollbackTransaction']>[0];

/** What cannot be undone because the connection is gone is undone by the server; the fault to tell is the first one. */
class CandidDriver extends PostgresDriver {
  override async rollbackTransaction(connection: Connection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined);
  }
}
