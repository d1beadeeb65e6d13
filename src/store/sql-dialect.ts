import type { ColumnDataType, ColumnDefinitionBuilder, Kysely, QueryExecutorProvider } from 'kysely';
import type { PersonId } from '../scan/ids.ts';
import type { Tables } from './tables.ts';

/** The little in which SQL engines differ behind the one subset that the store speaks. */
export interface SqlDialect {
  /** Several processes claim at once: rows that another one is just taking are locked and passed over. */
  readonly skipsLockedRows: boolean;
  /** Whoever writes has the whole database to itself until the end of the transaction. */
  readonly oneWriter: boolean;
  /** A primary key that counts up by itself and never gives a number twice. */
  readonly sequence: {
    readonly type: ColumnDataType;
    readonly column: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  };
  /** From now on the table refuses updates and deletes. */
  appendOnly(db: QueryExecutorProvider, table: string): Promise<void>;
  /** Until that is said again; within one transaction, so that nobody else finds it open. */
  liftAppendOnly(db: QueryExecutorProvider, table: string): Promise<void>;
  /**
   * Until the end of the transaction nobody else writes messages to these threads: the order of their numbers is the
   * order in which they can be seen.
   */
  takeTurns(tx: Kysely<Tables>, threads: readonly string[]): Promise<void>;
  /** Tells the other replicas, once the transaction is committed, that something may be due. */
  wakeOthers(tx: Kysely<Tables>): Promise<void>;
  /** Tells them that this person has signed out: what they keep of the sign-in counts no more. */
  tellSignOut(tx: Kysely<Tables>, person: PersonId): Promise<void>;
}
