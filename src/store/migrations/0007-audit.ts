import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SqlDialect } from '../sql-dialect.ts';

/** The audit: a chain of records, and beside it what may be forgotten without breaking it. */
export function audit(dialect: SqlDialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await createChain(db);
      await dialect.appendOnly(db, 'audit');
      await createWaiting(db, dialect);
      await createSealed(db);
      await createAnchors(db);
      await dialect.appendOnly(db, 'audit_anchor');
    },
  };
}

async function createChain(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('n', 'bigint', (it) => it.primaryKey().notNull())
    .addColumn('at', 'bigint', (it) => it.notNull())
    .addColumn('body', 'text', (it) => it.notNull())
    .addColumn('hash', 'text', (it) => it.notNull())
    .execute();
  await db.schema.createIndex('audit_at').on('audit').column('at').execute();
}

async function createWaiting(db: Kysely<unknown>, dialect: SqlDialect): Promise<void> {
  const { type, column } = dialect.sequence;
  await db.schema
    .createTable('audit_waiting')
    .addColumn('seq', type, column)
    .addColumn('since', 'bigint', (it) => it.notNull())
    .addColumn('bodies', 'text', (it) => it.notNull())
    .execute();
}

async function createSealed(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_sealed')
    .addColumn('seal', 'text', (it) => it.primaryKey().notNull())
    .addColumn('person', 'text', (it) => it.notNull())
    .addColumn('field', 'text', (it) => it.notNull())
    .addColumn('salt', 'text', (it) => it.notNull())
    .addColumn('text', 'text', (it) => it.notNull())
    .execute();
  await db.schema.createIndex('audit_sealed_person').on('audit_sealed').column('person').execute();
}

async function createAnchors(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_anchor')
    .addColumn('day', 'text', (it) => it.primaryKey().notNull())
    .addColumn('n', 'bigint', (it) => it.notNull())
    .addColumn('hash', 'text', (it) => it.notNull())
    .execute();
}
