import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Tables } from '../tables.ts';

/** Who looks for the ends of scans and when, and how long scans took. */
export const endings: Migration = {
  async up(db: Kysely<Tables>) {
    await createConfirmer(db);
    await db.schema.alterTable('request').addColumn('confirm_at', 'bigint').execute();
    const confirm = db.schema.createIndex('request_confirm').on('request').columns(['person', 'confirm_at']);
    await confirm.where(sql.ref('confirm_at'), 'is not', null).execute();
    const all = db.schema.createIndex('request_confirm_all').on('request').column('confirm_at');
    await all.where(sql.ref('confirm_at'), 'is not', null).execute();
    await createScanTime(db);
  },
};

async function createConfirmer(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('confirmer')
    .addColumn('id', 'text', (it) => it.primaryKey().notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('lease_until', 'bigint')
    .addColumn('again_at', 'bigint')
    .addColumn('attempt', 'integer', (it) => it.notNull().defaultTo(0))
    .addColumn('fails', 'integer', (it) => it.notNull().defaultTo(0))
    .addColumn('dead_at', 'bigint')
    .addColumn('dead_why', 'text')
    .execute();
  const due = db.schema.createIndex('confirmer_due').on('confirmer').columns(['due_at', 'lease_until']);
  await due.where(sql.ref('due_at'), 'is not', null).execute();
  const taken = db.schema.createIndex('confirmer_taken').on('confirmer').column('lease_until');
  await taken.where(sql.ref('lease_until'), 'is not', null).execute();
  const dead = db.schema.createIndex('confirmer_dead').on('confirmer').column('dead_at');
  await dead.where(sql.ref('dead_at'), 'is not', null).execute();
}

async function createScanTime(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('scan_time')
    .addColumn('request', 'text', (it) => it.primaryKey().notNull())
    .addColumn('device', 'text', (it) => it.notNull())
    .addColumn('os', 'text', (it) => it.notNull())
    .addColumn('type', 'text', (it) => it.notNull())
    .addColumn('at', 'bigint', (it) => it.notNull())
    .addColumn('took', 'bigint', (it) => it.notNull())
    .execute();
  await db.schema.createIndex('scan_time_device').on('scan_time').columns(['device', 'type', 'at']).execute();
  await db.schema.createIndex('scan_time_os').on('scan_time').columns(['os', 'type', 'at']).execute();
}
