import type { DeviceSource } from '../../scan/batch/source.ts';
import { quotedDevice } from './device-word.ts';

/** A table that was pasted: its column of devices, and where in the typed text it stands. */
export interface Table {
  readonly devices: readonly DeviceSource[];
  readonly from: number;
  readonly to: number;
}

interface Line {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

interface Column {
  readonly cells: number;
  readonly at: number;
  readonly delimiter: string;
}

/** What the column is called by Defender's portal and API, by spreadsheets, and in the languages that are spoken here. */
const HEADERS: ReadonlySet<string> = new Set(
  [
    [
      'device',
      'devicename',
      'computerdnsname',
      'computername',
      'computer',
      'machine',
      'machinename',
      'hostname',
      'host',
    ],
    ['deviceid', 'machineid', 'name', 'dnsname', 'fqdn', 'endpoint', 'asset', 'assetname'],
    ['enhet', 'enhetsnamn', 'dator', 'datornamn', 'värdnamn', 'namn'],
    ['apparaat', 'apparaatnaam', 'computernaam', 'hostnaam', 'naam'],
    ['设备', '设备名称', '设备名', '计算机名', '主机名', '主机', '名称'],
  ].flat(),
);
const DELIMITERS = ['\t', ';', ',', '|'];
const MOST_ROWS = 5000;
const FEWEST_CELLS = 2;

/**
 * The first table whose heading names a column of devices. It ends where a line begins a reason. The first line may
 * begin at any of these places, since some of its words may still be of the command.
 */
export function tableIn(typed: string, froms: readonly number[], reasons: ReadonlySet<number>): Table | undefined {
  const [from = 0, ...later] = froms;
  for (const place of later.filter((one) => !/[\n\r]/.test(typed.slice(from, one)))) {
    const [first = ''] = /^[^\n\r\u2028\u2029]*/.exec(typed.slice(place)) ?? [];
    if (columnIn(first) !== undefined) return tableFrom(typed, place, reasons);
  }
  return tableFrom(typed, from, reasons);
}

function tableFrom(typed: string, from: number, reasons: ReadonlySet<number>): Table | undefined {
  const lines = linesOf(typed, from).filter(({ text }) => text.trim() !== '');
  for (const [index, line] of lines.entries()) {
    const column = columnIn(line.text);
    if (column === undefined) continue;
    const below = lines.slice(index + 1, index + 1 + MOST_ROWS);
    const end = below.findIndex((one) => reasons.has(one.from + one.text.search(/\S/)));
    const rows = rowsAfter(end === -1 ? below : below.slice(0, end), column);
    const last = rows.at(-1);
    if (last === undefined) continue;
    const devices = rows.flatMap((row) => deviceIn(cellsOf(row.text, column.delimiter)[column.at]));
    if (devices.length > 0) return { devices, from: line.from, to: last.to };
  }
  return undefined;
}

function linesOf(typed: string, from: number): readonly Line[] {
  const lines: Line[] = [];
  for (let start = from; start <= typed.length && lines.length <= MOST_ROWS;) {
    const found = typed.slice(start).search(/\r\n|[\n\r\u2028\u2029]/);
    const end = found === -1 ? typed.length : start + found;
    lines.push({ text: typed.slice(start, end), from: start, to: end });
    start = end + (typed.startsWith('\r\n', end) ? 2 : 1);
  }
  return lines;
}

/** Id columns lead as well as names: the first that is called like either. */
function columnIn(line: string): Column | undefined {
  for (const delimiter of DELIMITERS) {
    const cells = cellsOf(line, delimiter);
    if (cells.length < FEWEST_CELLS) continue;
    const at = cells.findIndex(isHeading);
    if (at !== -1) return { cells: cells.length, at, delimiter };
  }
  return undefined;
}

/** What a column of devices is called. */
export function isHeading(cell: string): boolean {
  return HEADERS.has(cell.toLowerCase().replace(/[\s_-]+/g, ''));
}

/** As long as each line has as many cells as the heading. */
function rowsAfter(lines: readonly Line[], { cells, delimiter }: Column): readonly Line[] {
  const end = lines.findIndex(({ text }) => cellsOf(text, delimiter).length !== cells);
  return end === -1 ? lines : lines.slice(0, end);
}

/** A cell in quotes may hold the delimiter, and quotes of its own twice. */
function cellsOf(line: string, delimiter: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

function deviceIn(cell: string | undefined): readonly DeviceSource[] {
  const typed = cell === undefined || cell === '' ? undefined : quotedDevice(cell);
  return typed === undefined ? [] : [{ is: 'device', typed }];
}
