import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Time } from '../../scan/ids.ts';
import type { Tables } from '../tables.ts';
import { checkRequests } from '../invariants/requests.ts';
import { checkRows } from '../invariants/rows.ts';
import type { Finding } from '../invariants/finding.ts';
import { plural } from './command.ts';
import type { CommandParts, Told } from './command.ts';
import { withPlace } from './open-place.ts';

const MOST_LINES = 100;

/** Whether what the store holds can be true. Reads only, all of it as of one moment, beside a bot that may be running. */
export function verify({ place, now }: CommandParts): Promise<Told> {
  return withPlace(place, async ({ db }) => {
    const file = place.databaseUrl === undefined ? await checkFile(db) : [];
    const moment = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
    const findings = [...file, ...(await moment.execute((tx) => checkAll(tx, now)))];
    if (findings.length === 0) return { lines: ['Every rule holds.'] };
    const lines = findings.slice(0, MOST_LINES).map(({ row, what }) => `${row}: ${what}`);
    return { lines: [...lines, `${plural(findings.length, 'row breaks', 'rows break')} a rule.`], found: true };
  });
}

export async function checkAll(db: Kysely<Tables>, now: Time): Promise<readonly Finding[]> {
  return [...(await checkRequests(db)), ...(await checkRows(db, now))];
}

async function checkFile(db: Kysely<Tables>): Promise<readonly Finding[]> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  return rows.filter((row) => row.integrity_check !== 'ok').map((row) => ({ row: 'file', what: row.integrity_check }));
}
