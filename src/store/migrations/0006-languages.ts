import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Tables } from '../tables.ts';

/** The language that a person chose, beside what is written anew with everything they do. */
export const languages: Migration = {
  async up(db: Kysely<Tables>) {
    await db.schema.alterTable('person').addColumn('language', 'text').execute();
  },
};
