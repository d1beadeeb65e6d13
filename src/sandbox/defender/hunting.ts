import { json } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import type { DeviceEnd } from './device-ends.ts';
import { failure, wireTime } from './wire-words.ts';
import type { Json } from './wire-words.ts';

const COLUMNS = ['Timestamp', 'DeviceId', 'ActionType', 'AdditionalFields'];

/** Understands one question: which antivirus scans have these devices ended since then? */
export function hunt(body: unknown, ends: readonly DeviceEnd[]): HttpAnswer {
  const query = queryIn(body);
  if (query === undefined) return failure(400, 'MissingRequiredParameter', 'Parameter Query is missing');
  const devices = devicesIn(query);
  if (!query.trimStart().startsWith('DeviceEvents') || devices.size === 0) {
    return failure(400, 'BadRequest', 'The stand-in answers queries of DeviceEvents by DeviceId only.');
  }
  const since = Date.parse(/Timestamp\s*>=?\s*datetime\(([^)]*)\)/.exec(query)?.[1] ?? '1970-01-01');
  const found = ends.filter((end) => devices.has(end.device.id) && end.at > since && isWindows(end));
  const columns = columnsOf(query);
  const rows = found.map((end) => picked(eventOf(end), columns));
  return json(200, { Schema: columns.map((Name) => ({ Name, Type: typeOf(Name) })), Results: rows });
}

/** `DeviceId == '…'` or `DeviceId in ('…', '…')`. */
function devicesIn(query: string): ReadonlySet<string> {
  const asked = /DeviceId\s*(?:(?:==|=~)\s*|in\s*\()([^|)]*)/i.exec(query)?.[1] ?? '';
  return new Set([...asked.matchAll(/['"]([0-9a-f]{40})['"]/gi)].map(([, id = '']) => id.toLowerCase()));
}

function queryIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('Query' in body)) return undefined;
  return typeof body.Query === 'string' && body.Query !== '' ? body.Query : undefined;
}

function isWindows({ device }: DeviceEnd): boolean {
  return device.os.startsWith('Windows');
}

/** The names in `project`; a name that no event has stays an empty column. */
function columnsOf(query: string): readonly string[] {
  const projected = /\|\s*project\s+([^|]+)/.exec(query)?.[1];
  return projected?.split(',').map((column) => (column.split('=')[0] ?? '').trim()) ?? COLUMNS;
}

function typeOf(column: string): string {
  return column === 'Timestamp' ? 'DateTime' : 'String';
}

const ACTION_TYPES = {
  Completed: 'AntivirusScanCompleted',
  Canceled: 'AntivirusScanCancelled',
  Failed: 'AntivirusScanFailed',
} as const;

function eventOf({ id, type, device, at, result }: DeviceEnd): Json {
  const fields = { ScanId: `{${id}}`, ScanTypeIndex: type, ScanParametersIndex: '0' };
  return {
    Timestamp: wireTime(at),
    DeviceId: device.id,
    DeviceName: device.name,
    ActionType: ACTION_TYPES[result],
    AdditionalFields: JSON.stringify({ ...fields, Domain: 'NT AUTHORITY', User: 'SYSTEM' }),
    ScanType: type,
    ScanId: fields.ScanId,
    User: 'SYSTEM',
  };
}

function picked(event: Json, columns: readonly string[]): Json {
  return Object.fromEntries(columns.map((column) => [column, event[column] ?? '']));
}
