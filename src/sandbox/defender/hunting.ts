import { json } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import type { Ending } from './scan-endings.ts';
import { failure, wireTime } from './wire-words.ts';
import type { Json } from './wire-words.ts';

const COLUMNS = ['Timestamp', 'DeviceId', 'ActionType', 'AdditionalFields'];

/** Understands one question: which antivirus scans has this device completed since then? */
export function hunt(body: unknown, endings: readonly Ending[]): HttpAnswer {
  const query = queryIn(body);
  if (query === undefined) return failure(400, 'MissingRequiredParameter', 'Parameter Query is missing');
  const device = /DeviceId\s*(?:==|=~)\s*['"]([0-9a-f]{40})['"]/i.exec(query)?.[1]?.toLowerCase();
  if (!query.trimStart().startsWith('DeviceEvents') || device === undefined) {
    return failure(400, 'BadRequest', 'The stand-in answers queries of DeviceEvents for one DeviceId only.');
  }
  const since = Date.parse(/Timestamp\s*>=?\s*datetime\(([^)]*)\)/.exec(query)?.[1] ?? '1970-01-01');
  const found = endings.filter(({ at, ...ending }) => ending.device.id === device && at > since && isWindows(ending));
  const columns = columnsOf(query);
  const rows = found.map((ending) => picked(eventOf(ending), columns));
  return json(200, { Schema: columns.map((Name) => ({ Name, Type: typeOf(Name) })), Results: rows });
}

function queryIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('Query' in body)) return undefined;
  return typeof body.Query === 'string' && body.Query !== '' ? body.Query : undefined;
}

function isWindows({ device }: Pick<Ending, 'device'>): boolean {
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

function eventOf({ action, device, at }: Ending): Json {
  const fields = { ScanId: `{${action.id}}`, ScanTypeIndex: action.type, ScanParametersIndex: '0' };
  return {
    Timestamp: wireTime(at),
    DeviceId: device.id,
    DeviceName: device.name,
    ActionType: 'AntivirusScanCompleted',
    AdditionalFields: JSON.stringify({ ...fields, Domain: 'NT AUTHORITY', User: 'SYSTEM' }),
    ScanType: action.type,
    ScanId: fields.ScanId,
    User: 'SYSTEM',
  };
}

function picked(event: Json, columns: readonly string[]): Json {
  return Object.fromEntries(columns.map((column) => [column, event[column] ?? '']));
}
