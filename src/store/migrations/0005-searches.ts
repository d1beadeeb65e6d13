import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Tables } from '../tables.ts';

/** Searches for what scans have found, rows of work like the others. */
export const searches: Migration = {
  async up(db: Kysely<Tables>) {
    await db.schema
      .createTable('search')
      .addColumn('id', 'text', (it) => it.primaryKey().notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('lease_until', 'bigint')
      .addColumn('again_at', 'bigint')
      .addColumn('attempt', 'integer', (it) => it.notNull().defaultTo(0))
      .addColumn('fails', 'integer', (it) => it.notNull().defaultTo(0))
      .addColumn('dead_at', 'bigint')
      .addColumn('dead_why', 'text')
      .addColumn('doc', 'text', (it) => it.notNull())
      .execute();
    const due = db.schema.createIndex('search_due').on('search').columns(['due_at', 'lease_until']);
    await due.where(sql.ref('due_at'), 'is not', null).execute();
    for (const column of ['lease_until', 'dead_at'] as const) {
      const name = column === 'dead_at' ? 'search_dead' : 'search_taken';
      const index = db.schema.createIndex(name).on('search').column(column);
      await index.where(sql.ref(column), 'is not', null).execute();
    }
  },
};
