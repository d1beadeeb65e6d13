import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Where a delivered message stands in Teams, for those that may be changed there later. */
export const delivered: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('message').addColumn('activity_id', 'text').execute();
  },
};
