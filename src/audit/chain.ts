import { hash } from 'node:crypto';
import { z } from 'zod';

/** A record in its place. The body is the text that the hash is over; `at` stands beside it to be found by. */
export interface ChainRow {
  readonly n: number;
  readonly at: number;
  readonly body: string;
  readonly hash: string;
}

/** Where a chain ends. Kept elsewhere it is an anchor: what stands before it cannot change unnoticed. */
export interface Head {
  readonly n: number;
  readonly hash: string;
}

/** What the first record follows. */
export const START: Head = { n: 0, hash: hash('sha256', 'scan-bot audit 1') };

const RECORD = z.object({
  n: z.number(),
  at: z.number(),
  request: z.string(),
  who: z.enum(['person', 'bot', 'defender', 'operator']),
  what: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  sealed: z.record(z.string(), z.string()),
});

export type AuditRecord = Readonly<z.infer<typeof RECORD>>;

/** The next records after this head, from bodies that have no place yet. */
export function chained(head: Head, bodies: readonly string[]): readonly ChainRow[] {
  const rows: ChainRow[] = [];
  let last = head;
  for (const unplaced of bodies) {
    const n = last.n + 1;
    const body = `{"n":${n},${unplaced.slice(1)}`;
    const row = { n, at: timeIn(body), body, hash: hashAfter(last.hash, body) };
    rows.push(row);
    last = row;
  }
  return rows;
}

/** Of a body of our own making. */
function timeIn(body: string): number {
  return (JSON.parse(body) as { at: number }).at;
}

export function hashAfter(previous: string, body: string): string {
  return hash('sha256', `${previous}\n${body}`);
}

export function readRecord(body: string): AuditRecord | undefined {
  return RECORD.safeParse(attempt(() => JSON.parse(body) as unknown)).data;
}

/** As an anchor is written: `12:ab…`. */
export function anchorText({ n, hash }: Head): string {
  return `${n}:${hash}`;
}

export function readAnchor(text: string): Head | undefined {
  const [, n, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  return n === undefined || hash === undefined ? undefined : { n: Number(n), hash: hash.toLowerCase() };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
