import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Requests for many scans, rows of work like the others, and which of them a single request belongs to. */
export const batches: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('batch')
      .addColumn('id', 'text', (it) => it.primaryKey().notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('lease_until', 'bigint')
      .addColumn('again_at', 'bigint')
      .addColumn('attempt', 'integer', (it) => it.notNull().defaultTo(0))
      .addColumn('fails', 'integer', (it) => it.notNull().defaultTo(0))
      .addColumn('dead_at', 'bigint')
      .addColumn('dead_why', 'text')
      .addColumn('trace', 'text')
      .addColumn('rev', 'integer', (it) => it.notNull())
      .addColumn('person', 'text', (it) => it.notNull())
      .addColumn('is_over', 'integer', (it) => it.notNull())
      .addColumn('over_at', 'bigint')
      .addColumn('goes_on', 'integer', (it) => it.notNull())
      .addColumn('waits_sign_in', 'integer', (it) => it.notNull())
      .addColumn('doc', 'text', (it) => it.notNull())
      .execute();
    const due = db.schema.createIndex('batch_due').on('batch').columns(['due_at', 'lease_until']);
    await due.where(sql.ref('due_at'), 'is not', null).execute();
    for (const [name, column] of [
      ['batch_taken', 'lease_until'],
      ['batch_dead', 'dead_at'],
      ['batch_over', 'over_at'],
    ] as const) {
      const index = db.schema.createIndex(name).on('batch').column(column);
      await index.where(sql.ref(column), 'is not', null).execute();
    }
    await db.schema.createIndex('batch_of_person').on('batch').columns(['person', 'is_over']).execute();
    await db.schema.alterTable('request').addColumn('batch', 'text').execute();
    const members = db.schema.createIndex('request_of_batch').on('request').column('batch');
    await members.where(sql.ref('batch'), 'is not', null).execute();
  },
};
