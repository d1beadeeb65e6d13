import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which request has a device for itself. Of those that are under way already, one for each device. */
export const deviceLocks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('device_lock')
      .addColumn('device', 'text', (it) => it.primaryKey().notNull())
      .addColumn('request', 'text', (it) => it.notNull().unique())
      .execute();
    await sql`insert into device_lock (device, request) select device, min(id) from request
      where device is not null and stage in ('approved', 'submitting', 'following') group by device`.execute(db);
  },
};
