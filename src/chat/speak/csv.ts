import type { CsvRow } from '../../scan/notice.ts';

const HEADER = ['asked', 'person', 'device', 'type', 'outcome', 'approved', 'started', 'took_seconds', 'alerts'];
/** A cell that begins like this would be run as a formula by the program that opens it. */
const FORMULA = /^[=+\-@\t\r]/;
/** UTF-16 units: with the card around it, well below what one message of Teams may hold, twice. */
const LONGEST = 8_000;

export interface Csv {
  readonly text: string;
  /** How many rows are in it. */
  readonly rows: number;
}

/** As many rows as fit into one message, the newest first; the same in every language. */
export function csvOf(rows: readonly CsvRow[]): Csv {
  return csvText(HEADER, rows.map(cellsOf), LONGEST);
}

/** As many rows as fit into so many characters. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[], longest: number): Csv {
  const lines = [header.join(',')];
  let length = lines[0]?.length ?? 0;
  for (const row of rows) {
    const line = row.map(cell).join(',');
    length += line.length + 1;
    if (length > longest) break;
    lines.push(line);
  }
  return { text: lines.join('\n'), rows: lines.length - 1 };
}

function cellsOf(row: CsvRow): readonly string[] {
  const { askedAt, name, device, type = '', outcome, approvedAt, startedAt, took, found } = row;
  const seconds = took === undefined ? '' : String(Math.round(took / 1000));
  const cells = [time(askedAt), name, device, type, outcome, time(approvedAt), time(startedAt), seconds];
  return [...cells, found === undefined ? '' : String(found)];
}

function time(at: number | undefined): string {
  return at === undefined ? '' : new Date(at).toISOString();
}

function cell(value: string): string {
  const line = value.replace(/[\r\n\u2028\u2029]+/g, ' ');
  const safe = FORMULA.test(line) ? `'${line}` : line;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
