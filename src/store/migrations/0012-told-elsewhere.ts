import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The thread in which a person wants to be told of all their scans. */
export const toldElsewhere: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('person').addColumn('tell_in', 'text').execute();
  },
};
