import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { readRequest } from '../document.ts';
import { tallyColumns } from '../report-rows.ts';
import type { Tables } from '../tables.ts';

const NUMBERS = ['approved_at', 'started_at', 'took', 'found'] as const;

/** What reports count, beside each request, so that they read no whole ones. */
export const tallies: Migration = {
  async up(db: Kysely<Tables>) {
    for (const column of NUMBERS) await db.schema.alterTable('request').addColumn(column, 'bigint').execute();
    await db.schema.alterTable('request').addColumn('scan_type', 'text').execute();
    for (const column of ['outcome', 'device_name']) {
      const table = db.schema.alterTable('request');
      await table.addColumn(column, 'text', (it) => it.notNull().defaultTo('')).execute();
    }
    await db.schema.createIndex('request_asked').on('request').columns(['asked_at', 'id']).execute();
    await db.schema.createIndex('request_about').on('request').columns(['device', 'asked_at']).execute();
    await countWhatIsThere(db);
  },
};

async function countWhatIsThere(db: Kysely<Tables>): Promise<void> {
  for (const { id } of await db.selectFrom('request').select('id').execute()) {
    const { doc } = await db.selectFrom('request').select('doc').where('id', '=', id).executeTakeFirstOrThrow();
    const approved = db.selectFrom('event').select('at').where('request', '=', id).where('what', '=', 'approved');
    const first = await approved.orderBy('seq').executeTakeFirst();
    const columns = { ...tallyColumns(readRequest(doc)), approved_at: first?.at ?? null };
    await db.updateTable('request').set(columns).where('id', '=', id).execute();
  }
}
