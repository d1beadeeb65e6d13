import { sql } from 'kysely';
import type { CreateTableBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SqlDialect } from '../sql-dialect.ts';

export function tables(dialect: SqlDialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await createRequest(db);
      await createErrand(db);
      await createFollower(db);
      await createMessage(db, dialect);
      await createCard(db);
      await createEvent(db, dialect);
      await createKept(db);
    },
  };
}

async function createRequest(db: Kysely<unknown>): Promise<void> {
  await withWorkColumns(db.schema.createTable('request').addColumn('id', 'text', (it) => it.primaryKey().notNull()))
    .addColumn('rev', 'integer', (it) => it.notNull())
    .addColumn('stage', 'text', (it) => it.notNull())
    .addColumn('is_over', 'integer', (it) => it.notNull())
    .addColumn('waits_sign_in', 'integer', (it) => it.notNull())
    .addColumn('person', 'text', (it) => it.notNull())
    .addColumn('device', 'text')
    .addColumn('asked_at', 'bigint', (it) => it.notNull())
    .addColumn('doc', 'text', (it) => it.notNull())
    .execute();
  await db.schema.createIndex('request_person').on('request').columns(['person', 'asked_at']).execute();
  await db.schema.createIndex('request_stage').on('request').columns(['stage', 'person']).execute();
  await db.schema.createIndex('request_device').on('request').columns(['device', 'is_over', 'asked_at']).execute();
  await indexWork(db, 'request');
}

async function createErrand(db: Kysely<unknown>): Promise<void> {
  await withWorkColumns(db.schema.createTable('errand').addColumn('id', 'text', (it) => it.primaryKey().notNull()))
    .addColumn('person', 'text', (it) => it.notNull())
    .addColumn('waits_sign_in', 'integer', (it) => it.notNull())
    .addColumn('doc', 'text', (it) => it.notNull())
    .execute();
  await db.schema.createIndex('errand_person').on('errand').column('person').execute();
  await indexWork(db, 'errand');
}

async function createFollower(db: Kysely<unknown>): Promise<void> {
  const follower = db.schema.createTable('follower').addColumn('id', 'text', (it) => it.primaryKey().notNull());
  await withWorkColumns(follower).execute();
  await indexWork(db, 'follower');
}

async function createMessage(db: Kysely<unknown>, dialect: SqlDialect): Promise<void> {
  const { type, column } = dialect.sequence;
  const message = db.schema.createTable('message').addColumn('seq', type, column);
  await withWorkColumns(message.addColumn('id', 'text', (it) => it.notNull().unique()))
    .addColumn('thread', 'text', (it) => it.notNull())
    .addColumn('done_at', 'bigint')
    .addColumn('doc', 'text', (it) => it.notNull())
    .execute();
  await indexWork(db, 'message');
  // Heads are found by this one alone: the lowest living number of each thread.
  const heads = db.schema.createIndex('message_head').on('message').columns(['thread', 'seq']);
  await heads.where(sql.ref('due_at'), 'is not', null).execute();
}

async function createCard(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('card')
    .addColumn('request', 'text', (it) => it.notNull())
    .addColumn('thread', 'text', (it) => it.notNull())
    .addColumn('activity_id', 'text', (it) => it.notNull())
    .addColumn('rev', 'integer', (it) => it.notNull())
    .addPrimaryKeyConstraint('card_place', ['request', 'thread'])
    .execute();
}

async function createEvent(db: Kysely<unknown>, dialect: SqlDialect): Promise<void> {
  const { type, column } = dialect.sequence;
  await db.schema
    .createTable('event')
    .addColumn('seq', type, column)
    .addColumn('request', 'text', (it) => it.notNull())
    .addColumn('at', 'bigint', (it) => it.notNull())
    .addColumn('who', 'text', (it) => it.notNull())
    .addColumn('what', 'text', (it) => it.notNull())
    .addColumn('facts', 'text', (it) => it.notNull())
    .execute();
  await db.schema.createIndex('event_request').on('event').column('request').execute();
  await dialect.appendOnly(db, 'event');
}

async function createKept(db: Kysely<unknown>): Promise<void> {
  for (const table of ['person', 'thread']) {
    const kept = db.schema.createTable(table).addColumn('id', 'text', (it) => it.primaryKey().notNull());
    await kept.addColumn('doc', 'text', (it) => it.notNull()).execute();
  }
  const seen = db.schema.createTable('seen').addColumn('mark', 'text', (it) => it.primaryKey().notNull());
  await seen.addColumn('at', 'bigint', (it) => it.notNull()).execute();
  await db.schema.createIndex('seen_at').on('seen').column('at').execute();
  const pulse = db.schema.createTable('pulse').addColumn('id', 'integer', (it) => it.primaryKey().notNull());
  await pulse.addColumn('at', 'bigint', (it) => it.notNull()).execute();
}

function withWorkColumns<Table extends string, Columns extends string>(
  table: CreateTableBuilder<Table, Columns>,
): CreateTableBuilder<Table, Columns> {
  return table
    .addColumn('due_at', 'bigint')
    .addColumn('lease_until', 'bigint')
    .addColumn('again_at', 'bigint')
    .addColumn('attempt', 'integer', (it) => it.notNull().defaultTo(0))
    .addColumn('fails', 'integer', (it) => it.notNull().defaultTo(0))
    .addColumn('dead_at', 'bigint')
    .addColumn('dead_why', 'text');
}

/** Only living rows are in it: looking for work costs the same beside any number of finished rows. */
async function indexWork(db: Kysely<unknown>, table: string): Promise<void> {
  const due = db.schema.createIndex(`${table}_due`).on(table).columns(['due_at', 'lease_until']);
  await due.where(sql.ref('due_at'), 'is not', null).execute();
}
