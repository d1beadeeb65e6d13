import { z } from 'zod';
import { readJson } from '../net/read-json.ts';
import type { EndOutcome, ScanEnd } from '../scan/ending.ts';
import type { AvMode, AvRecord } from '../scan/ending-sources.ts';
import type { ScanType } from '../scan/device.ts';
import { readScanType } from '../scan/device.ts';
import { readDeviceId } from '../scan/ids.ts';
import type { DeviceId } from '../scan/ids.ts';
import { TEXT, TIME } from './wire.ts';

/** A row of `deviceavinfo`: the last Quick and the last Full scan of a device, and how its antivirus stands. */
const AV_RECORD = z.object({
  machineId: TEXT,
  avMode: TEXT,
  avIsSignatureUpToDate: TEXT,
  avSignaturePublishTime: TIME,
  avSignatureUpdateTime: TIME,
  quickScanResult: TEXT,
  quickScanError: TEXT,
  quickScanTime: TIME,
  fullScanResult: TEXT,
  fullScanError: TEXT,
  fullScanTime: TIME,
});

type Row = z.output<typeof AV_RECORD>;

export function readAvRecord(body: unknown): AvRecord | undefined {
  const { data: row } = AV_RECORD.safeParse(body);
  const device = readDeviceId(row?.machineId);
  if (row === undefined || device === undefined) return undefined;
  return {
    device,
    mode: MODES.get(row.avMode.trim()) ?? 'unknown',
    signaturesUpToDate: asFlag(row.avIsSignatureUpToDate),
    signaturesFrom: row.avSignaturePublishTime ?? row.avSignatureUpdateTime,
    ends: [endIn(device, 'Quick', row), endIn(device, 'Full', row)].filter((end) => end !== undefined),
  };
}

const MODES: ReadonlyMap<string, AvMode> = new Map<string, AvMode>([
  ['0', 'active'],
  ['1', 'passive'],
  ['2', 'disabled'],
  ['4', 'edr-blocked'],
  ['5', 'passive-audit'],
]);

function asFlag(word: string): boolean | undefined {
  const lower = word.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower === 'true' : undefined;
}

/** The time is that of the end. Without one, or with a result nobody knows, nothing has ended. */
function endIn(device: DeviceId, type: ScanType, row: Row): ScanEnd | undefined {
  const quick = type === 'Quick';
  const at = quick ? row.quickScanTime : row.fullScanTime;
  const outcome = OUTCOMES.get((quick ? row.quickScanResult : row.fullScanResult).toLowerCase());
  if (at === undefined || outcome === undefined) return undefined;
  return { device, type, outcome, at, errorCode: quick ? row.quickScanError : row.fullScanError };
}

const OUTCOMES: ReadonlyMap<string, EndOutcome> = new Map<string, EndOutcome>([
  ['completed', 'completed'],
  ['canceled', 'cancelled'],
  ['cancelled', 'cancelled'],
  ['failed', 'failed'],
]);

const HUNT = z.object({ Results: z.array(z.unknown()) });
const EVENT = z.object({ Timestamp: TIME, DeviceId: TEXT, ActionType: TEXT, AdditionalFields: z.unknown().optional() });
const FIELDS = z.object({ ScanTypeIndex: TEXT });
const EVENTS: ReadonlyMap<string, EndOutcome> = new Map<string, EndOutcome>([
  ['antivirusscancompleted', 'completed'],
  ['antivirusscancancelled', 'cancelled'],
  ['antivirusscanfailed', 'failed'],
]);

/** Undefined when this is no answer of hunting at all; a row that cannot be read is left out. */
export function readScanEnds(body: unknown): readonly ScanEnd[] | undefined {
  return HUNT.safeParse(body)
    .data?.Results.map(readEvent)
    .filter((end) => end !== undefined);
}

function readEvent(row: unknown): ScanEnd | undefined {
  const { data: event } = EVENT.safeParse(row);
  const device = readDeviceId(event?.DeviceId);
  const outcome = EVENTS.get(event?.ActionType.toLowerCase() ?? '');
  const type = scanTypeIn(event?.AdditionalFields);
  if (event?.Timestamp === undefined || device === undefined) return undefined;
  if (outcome === undefined || type === undefined) return undefined;
  return { device, type, outcome, at: event.Timestamp, errorCode: '' };
}

/** Defender sends these fields as text; a client that has parsed them sends them as they are. */
function scanTypeIn(fields: unknown): ScanType | undefined {
  const { data } = FIELDS.safeParse(typeof fields === 'string' ? readJson(fields) : fields);
  const word = data?.ScanTypeIndex.toLowerCase() ?? '';
  return readScanType(word.slice(0, 1).toUpperCase() + word.slice(1));
}
