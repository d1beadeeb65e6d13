import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { readRequest } from '../document.ts';
import type { Tables } from '../tables.ts';

/** The kinds of work at that time. */
const KINDS = ['request', 'errand', 'follower', 'message'] as const;

/** Calls that are counted for all replicas, and what finds the rows that are past their time. */
export const replicas: Migration = {
  async up(db: Kysely<Tables>) {
    await createCallCount(db);
    await keepEndOfRequests(db);
    const done = db.schema.createIndex('message_done').on('message').column('done_at');
    await done.where(sql.ref('done_at'), 'is not', null).execute();
    for (const kind of KINDS) {
      const taken = db.schema.createIndex(`${kind}_taken`).on(kind).column('lease_until');
      await taken.where(sql.ref('lease_until'), 'is not', null).execute();
      const dead = db.schema.createIndex(`${kind}_dead`).on(kind).column('dead_at');
      await dead.where(sql.ref('dead_at'), 'is not', null).execute();
    }
  },
};

async function createCallCount(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('quota')
    .addColumn('id', 'text', (it) => it.primaryKey().notNull())
    .addColumn('taken', 'bigint', (it) => it.notNull())
    .addColumn('taken_at', 'bigint', (it) => it.notNull())
    .addColumn('paused_until', 'bigint', (it) => it.notNull())
    .execute();
  await db.schema
    .createTable('call')
    .addColumn('quota', 'text', (it) => it.notNull())
    .addColumn('nth', 'bigint', (it) => it.notNull())
    .addColumn('at', 'bigint', (it) => it.notNull())
    .addPrimaryKeyConstraint('call_nth', ['quota', 'nth'])
    .execute();
  await db.schema.createIndex('call_at').on('call').column('at').execute();
}

async function keepEndOfRequests(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('request').addColumn('over_at', 'bigint').execute();
  const over = await db.selectFrom('request').select('id').where('is_over', '=', 1).execute();
  for (const { id } of over) {
    const { doc } = await db.selectFrom('request').select('doc').where('id', '=', id).executeTakeFirstOrThrow();
    const { stage } = readRequest(doc);
    const over_at = 'at' in stage ? stage.at : null;
    await db.updateTable('request').set({ over_at }).where('id', '=', id).execute();
  }
  const index = db.schema.createIndex('request_over').on('request').column('over_at');
  await index.where(sql.ref('over_at'), 'is not', null).execute();
}
