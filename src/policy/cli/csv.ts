/*
 * Comma-separated values as in RFC 4180, with any line end. Quotes within a field that does not begin
 * with one, and quotes that are never closed, are faults: guessing would move columns.
 */

export type CsvReading =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | { readonly ok: false; readonly line: number; readonly fault: string };

export interface CsvRow {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** One field and what ends it: quoted, or anything without quotes, commas and line ends. */
const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n?|\n|$)/y;
const LINE_END = /\r\n?|\n/g;

/** Empty lines are no rows. */
export function readCsv(text: string): CsvReading {
  const source = text.replace(/^\ufeff/, '');
  const fields = new RegExp(FIELD);
  const rows: CsvRow[] = [];
  let row: string[] = [];
  let line = 1;
  let begins = 1;
  while (fields.lastIndex < source.length || row.length > 0) {
    const [all, quoted, plain = '', end] = fields.exec(source) ?? [];
    if (all === undefined) return { ok: false, line, fault: 'has a quote that is out of place or never closed' };
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    line += all.match(LINE_END)?.length ?? 0;
    if (end === ',') continue;
    if (row.length > 1 || quoted !== undefined || plain !== '') rows.push({ line: begins, fields: row });
    row = [];
    begins = line;
  }
  return { ok: true, rows };
}
