import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { readRequest } from '../../src/store/document.ts';
import type { Postgres } from '../../test/support/postgres.ts';

const STORE = resolve(import.meta.dirname, '../../src/store/cli.ts');

/** What the bots have left in their store. */
export interface Left {
  readonly requests: readonly ScanRequest[];
  /** Rows that still wait for something, or that nobody could do. */
  readonly behind: readonly string[];
  /** What `npm run store -- verify` says; empty when every rule holds. */
  readonly verdict: string;
}

type Row = Readonly<Record<string, unknown>>;
export type Query = (sql: string) => Promise<readonly Row[]>;

/** Asks one question after another, also while bots are at work. */
export function queryOf(
  dataDir: string,
  database: { readonly server: Postgres; readonly name: string } | undefined,
): Query {
  if (database !== undefined) return (sql) => database.server.ask(database.name, sql);
  return (sql) => {
    const file = new Database(join(dataDir, 'bot.db'), { readonly: true });
    try {
      return Promise.resolve(file.prepare(sql).all() as Row[]);
    } finally {
      file.close();
    }
  };
}

const WAITING = [
  "select 'request ' || id || ' is not over: ' || stage as row from request where is_over = 0",
  "select 'message ' || id || ' is not delivered' as row from message where done_at is null and dead_at is null",
  // Of a scan's end people hear later than of its result: first it is looked for, and what was found with it.
  `select 'request ' || id || ' has not told its end' as row from request r where stage = 'settled'
    and not exists (select 1 from message m where m.id = 'ended:' || r.id)`,
  "select 'errand ' || id || ' is not done' as row from errand",
];
const DEAD = ['request', 'message', 'errand', 'follower', 'confirmer', 'search'].map(
  (table) => `select '${table} ' || id || ' was given up: ' || dead_why as row from ${table} where dead_at is not null`,
);
const OLD_CARD = `select 'the card of ' || r.id || ' shows ' || c.rev || ' of ' || r.rev as row
  from request r join card c on c.request = r.id where c.rev < r.rev`;

/** What still waits, as of one moment: whatever moves from one table to the next is seen in one of them. */
export async function waiting(query: Query): Promise<readonly string[]> {
  const rows = await query(WAITING.join(' union all '));
  return rows.map(({ row }) => String(row));
}

export async function whatIsLeft(query: Query, env: Readonly<Record<string, string>>): Promise<Left> {
  const documents = await query('select doc from request');
  const rows = await Promise.all([...WAITING, ...DEAD, OLD_CARD].map(query));
  return {
    requests: documents.map(({ doc }) => readRequest(String(doc))),
    behind: rows.flat().map(({ row }) => String(row)),
    verdict: await verify(env),
  };
}

function verify(env: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((done) => {
    execFile(process.execPath, [STORE, 'verify'], { env: { ...env } }, (fault, said, complaint) => {
      done(fault === null ? '' : said + complaint);
    });
  });
}
