import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SqlDialect } from '../sql-dialect.ts';

/** When a scan was sent, so that limits can count it, and what operators say about new scans. */
export function limits(dialect: SqlDialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('request').addColumn('sent_at', 'bigint').execute();
      for (const counted of ['device', 'person']) {
        const sent = db.schema.createIndex(`request_sent_${counted}`).on('request').columns([counted, 'sent_at']);
        await sent.where(sql.ref('sent_at'), 'is not', null).execute();
      }
      const { type, column } = dialect.sequence;
      await db.schema
        .createTable('halt')
        .addColumn('seq', type, column)
        .addColumn('at', 'bigint', (it) => it.notNull())
        .addColumn('doc', 'text', (it) => it.notNull())
        .execute();
      await dialect.appendOnly(db, 'halt');
    },
  };
}
