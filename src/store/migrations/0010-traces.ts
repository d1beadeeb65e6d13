import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const WORK = ['request', 'errand', 'follower', 'confirmer', 'message', 'search'] as const;

/** Where each row of work comes from, and since when a message waits. */
export const traces: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of WORK) await db.schema.alterTable(table).addColumn('trace', 'text').execute();
    await db.schema.alterTable('message').addColumn('written_at', 'bigint').execute();
  },
};
