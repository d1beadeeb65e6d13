import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { RequestId, Time } from '../scan/ids.ts';
import type { Counted, ScanLimit, SentScan } from '../scan/limits.ts';
import type { Write } from '../scan/ports.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { Tables } from './tables.ts';

/**
 * Whether every limit leaves room for one more scan beside those of other requests. Whoever counts the same scans
 * waits until this transaction is over, and then counts what it has added.
 */
export async function hasRoom(tx: Kysely<Tables>, { room, move }: Write, dialect: SqlDialect): Promise<boolean> {
  if (room === undefined || room.length === 0) return true;
  const names = new Set(room.map(({ of }) => nameOf(of)));
  await dialect.takeTurns(tx, [...names].sort());
  for (const limit of room) if (await isFull(tx, limit, move?.after.id)) return false;
  return true;
}

export async function sentScans(
  db: Kysely<Tables>,
  of: Counted,
  { since, limit }: { readonly since: Time; readonly limit: number },
): Promise<readonly SentScan[]> {
  const rows = await sentAfter(db, of, since).limit(limit).execute();
  return rows.map(({ id, sent_at: at }) => ({ request: id as RequestId, at: at ?? 0 }));
}

async function isFull(tx: Kysely<Tables>, { of, since, most }: ScanLimit, but = ''): Promise<boolean> {
  const others = await sentAfter(tx, of, since).where('id', '<>', but).limit(most).execute();
  return others.length >= most;
}

function sentAfter(
  db: Kysely<Tables>,
  of: Counted,
  since: Time,
): SelectQueryBuilder<Tables, 'request', { id: string; sent_at: number | null }> {
  const [column, id] = 'device' in of ? (['device', of.device] as const) : (['person', of.person] as const);
  const rows = db.selectFrom('request').select(['id', 'sent_at']).where(column, '=', id);
  return rows.where('sent_at', '>', since).orderBy('sent_at', 'desc');
}

function nameOf(of: Counted): string {
  return 'device' in of ? `scans of ${of.device}` : `scans by ${of.person}`;
}
