import { said } from '../facts.ts';
import type { DeviceFacts } from '../facts.ts';
import { readCsv } from './csv.ts';
import type { CsvRow } from './csv.ts';

export type DeviceList =
  { readonly ok: true; readonly devices: readonly DeviceFacts[] } | { readonly ok: false; readonly fault: string };

/** Headings, without case, blanks and punctuation. A column that is not there is unknown for every device. */
const HEADINGS = {
  name: ['name', 'device', 'devicename'],
  tags: ['tag', 'tags'],
  group: ['group', 'devicegroup'],
  os: ['os', 'osplatform'],
  value: ['value', 'devicevalue'],
  risk: ['risk', 'risklevel'],
} as const;

type Column = keyof typeof HEADINGS;

/** Devices as in an exported list: a heading, then a row for each. Columns of other names are passed over. */
export function readDeviceList(text: string): DeviceList {
  const csv = readCsv(text);
  if (!csv.ok) return { ok: false, fault: `line ${csv.line} ${csv.fault}` };
  const [heading, ...rows] = csv.rows;
  const headings = heading?.fields.map((field) => field.toLowerCase().replace(/[^a-z]/g, '')) ?? [];
  const places = new Map((Object.keys(HEADINGS) as Column[]).map((column) => [column, placeOf(column, headings)]));
  if ((places.get('name') ?? -1) < 0) return { ok: false, fault: `has no column ${HEADINGS.name.join(' or ')}` };
  const ragged = rows.find(({ fields }) => fields.length !== headings.length);
  if (ragged !== undefined) return { ok: false, fault: raggedText(ragged, headings.length) };
  return { ok: true, devices: rows.map(({ fields }) => toDevice(fields, places)) };
}

function raggedText({ line, fields }: CsvRow, wanted: number): string {
  return `line ${line} has ${fields.length} fields, the heading has ${wanted}`;
}

function placeOf(column: Column, headings: readonly string[]): number {
  const names: readonly string[] = HEADINGS[column];
  return headings.findIndex((heading) => names.includes(heading));
}

function toDevice(fields: readonly string[], places: ReadonlyMap<Column, number>): DeviceFacts {
  const field = (column: Column): string | undefined => fields[places.get(column) ?? -1];
  return {
    name: said(field('name')),
    tags: field('tags')
      ?.split(/[;,]/)
      .flatMap((tag) => said(tag) ?? []),
    group: said(field('group')),
    os: said(field('os')),
    value: said(field('value')),
    risk: said(field('risk')),
  };
}
