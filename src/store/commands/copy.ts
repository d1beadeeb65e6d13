import { sql } from 'kysely';
import type { Insertable, Kysely } from 'kysely';
import { releaseLeases } from '../claim-ends.ts';
import { lockDataDir } from '../embedded/open-embedded.ts';
import { openSqlite, sqlite } from '../embedded/sqlite.ts';
import { migrate } from '../migrations.ts';
import { connect } from '../postgres/connect.ts';
import { postgres } from '../postgres/dialect.ts';
import { isAbsence, StoreAbsent, toMend } from '../postgres/fault.ts';
import { WITHOUT_HURRY } from '../postgres/pool.ts';
import type { Tables } from '../tables.ts';
import { CommandRefused, embeddedOnly, plural } from './command.ts';
import type { CommandParts, Told } from './command.ts';
import { databaseFile } from './open-place.ts';
import { setAside, stamp } from './restore.ts';

type Table = keyof Tables;

/** Everything but the pulse, which says nothing. */
const TABLES: readonly Table[] = [
  'request',
  'errand',
  'follower',
  'confirmer',
  'scan_time',
  'message',
  'search',
  'batch',
  'card',
  'event',
  'halt',
  'person',
  'thread',
  'seen',
  'audit',
  'audit_waiting',
  'audit_sealed',
  'audit_anchor',
  'device_lock',
  'quota',
  'call',
];
/** Tables whose rows count themselves: the next number has to be a later one. */
const NUMBERED = ['message', 'event', 'halt', 'audit_waiting'] as const;
const AT_ONCE = 500;

/** Moves the embedded store, with the bot stopped and scans under way, into an empty database: all of it or nothing. */
export async function copy({ place, now }: CommandParts, databaseUrl: string): Promise<Told> {
  embeddedOnly({ ...place }, 'What is there already needs no copy: remove DATABASE_URL to copy the store in DATA_DIR.');
  const file = databaseFile(place.dataDir);
  const release = lockDataDir(place.dataDir);
  try {
    const rows = await copyInto(file, databaseUrl);
    const aside = setAside(file, `copied-${stamp(now)}`);
    return {
      lines: [
        `Copied ${plural(rows, 'row')}. Start the bot with that DATABASE_URL: it goes on where this store stood.`,
        `This store is now ${aside ?? file}, so that no bot goes on from it as well.`,
      ],
    };
  } finally {
    release();
  }
}

async function copyInto(file: string, databaseUrl: string): Promise<number> {
  const { db: source } = openSqlite(file);
  const target = connect(databaseUrl, WITHOUT_HURRY);
  try {
    await migrate(source, sqlite);
    // The bot that held them is stopped.
    await releaseLeases(source);
    await migrate(target, postgres('command'));
    return await target.transaction().execute((tx) => copyAll(source, tx));
  } catch (error) {
    throw toMend(error) ?? (isAbsence(error) ? new StoreAbsent(error) : error);
  } finally {
    await source.destroy();
    await target.destroy();
  }
}

async function copyAll(source: Kysely<Tables>, target: Kysely<Tables>): Promise<number> {
  // Whoever has the target open waits: nothing can come in between the look and the copy.
  await sql`lock table ${sql.join(TABLES.map((table) => sql.table(table)))} in exclusive mode`.execute(target);
  for (const table of TABLES) await assertEmpty(target, table);
  let rows = 0;
  for (const table of TABLES) rows += await copyTable(source, target, table);
  for (const table of NUMBERED) await countOn(target, table);
  return rows;
}

async function assertEmpty(target: Kysely<Tables>, table: Table): Promise<void> {
  const row = await target.selectFrom(table).select(sql.lit(1).as('one')).limit(1).executeTakeFirst();
  if (row !== undefined)
    throw new CommandRefused('The database is not empty: it holds a store already. Name an empty one.');
}

async function copyTable(source: Kysely<Tables>, target: Kysely<Tables>, table: Table): Promise<number> {
  let copied = 0;
  for (let after: number | undefined = 0; after !== undefined;) {
    const rows: readonly Numbered[] = await nextRows(source, table, after);
    if (rows.length > 0) await target.insertInto(table).values(rows.map(withoutNumber)).execute();
    copied += rows.length;
    after = rows.at(-1)?.[NUMBER];
  }
  return copied;
}

/** Every table of SQLite numbers its rows. */
const NUMBER = 'number in the file';

type Numbered = Readonly<Record<typeof NUMBER, number>>;

function nextRows(source: Kysely<Tables>, table: Table, after: number): Promise<readonly Numbered[]> {
  const rows = source
    .selectFrom(table)
    .selectAll()
    .select(sql<number>`rowid`.as(NUMBER));
  return rows.where(sql.ref('rowid'), '>', after).orderBy(sql.ref('rowid')).limit(AT_ONCE).execute();
}

function withoutNumber(row: Numbered): Insertable<Tables[Table]> {
  const columns = Object.entries(row).filter(([name]) => name !== NUMBER);
  return Object.fromEntries(columns);
}

async function countOn(target: Kysely<Tables>, table: (typeof NUMBERED)[number]): Promise<void> {
  const sequence = sql`pg_get_serial_sequence(${table}, 'seq')`;
  await sql`select setval(${sequence}, coalesce(max(seq), 1), max(seq) is not null) from ${sql.table(table)}`.execute(
    target,
  );
}
