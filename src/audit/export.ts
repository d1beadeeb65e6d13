import type { AuditRecord, ChainRow } from './chain.ts';
import { readRecord } from './chain.ts';
import type { Beside } from './chain-check.ts';
import { csvLine } from './csv.ts';

export type ExportFormat = 'jsonl' | 'csv';

export interface ExportedEntry {
  readonly row: ChainRow;
  readonly beside: Beside;
}

/** What stands for a personal field of somebody who was forgotten. */
const GONE = '(forgotten)';

const PERSONAL = ['who', 'name', 'account', 'typed', 'deviceName', 'comment', 'thread'] as const;
const FACTS = ['stage', 'device', 'type', 'action', 'status', 'refusal', 'error'] as const;
const COLUMNS = ['n', 'at', 'request', 'actor', 'what', ...FACTS, ...PERSONAL, 'other', 'hash'];

/** What comes before the first record. */
export function exportHead(format: ExportFormat): string {
  return format === 'csv' ? csvLine(COLUMNS) : '';
}

/** A record with its personal fields in the open, as far as they are still there. */
export function exportLine({ row, beside }: ExportedEntry, format: ExportFormat): string {
  const record = readRecord(row.body);
  const personal = record === undefined ? {} : personalOf(record, beside);
  if (format === 'csv') return record === undefined ? '' : csvRow(record, personal, row);
  // The record goes in letter by letter: the hash is over exactly this text.
  return `{"hash":${JSON.stringify(row.hash)},"personal":${JSON.stringify(personal)},"record":${row.body}}\n`;
}

function personalOf({ sealed }: AuditRecord, beside: Beside): Readonly<Record<string, string>> {
  const entries = Object.entries(sealed).map(([field, seal]) => [field, beside.get(seal)?.text ?? GONE] as const);
  return Object.fromEntries(entries);
}

function csvRow(record: AuditRecord, personal: Readonly<Record<string, string>>, { hash }: ChainRow): string {
  const { n, at, request, who, what, facts } = record;
  const isNamed = (name: string): boolean => [...PERSONAL, ...FACTS].some((known) => known === name);
  const other = Object.entries({ ...facts, ...personal }).filter(([name]) => !isNamed(name));
  return csvLine([
    n,
    new Date(at).toISOString(),
    request,
    who,
    what,
    ...FACTS.map((name) => String(facts[name] ?? '')),
    ...PERSONAL.map((name) => personal[name] ?? ''),
    other.length === 0 ? '' : JSON.stringify(Object.fromEntries(other)),
    hash,
  ]);
}
