import { z } from 'zod';
import type { DefenderScan, ScanStatus } from '../scan/defender-scan.ts';
import { readScanType } from '../scan/device.ts';
import type { Device, ScanType } from '../scan/device.ts';
import { readActionId, readDeviceId } from '../scan/ids.ts';
import type { DeviceId, Time } from '../scan/ids.ts';

/*
 * Defender's JSON in our words. Only what a row cannot do without makes it unreadable; whatever else is missing,
 * null or of another type than documented becomes an empty word.
 */

export const ANY = z.unknown().optional();
export const TEXT = ANY.transform(asText);
export const TIME = ANY.transform(asTime);

const MACHINE = z.object({
  id: ANY.transform(readDeviceId),
  computerDnsName: TEXT,
  osPlatform: TEXT,
  version: TEXT,
  osBuild: TEXT,
  healthStatus: TEXT,
  onboardingStatus: TEXT,
  onboardingstatus: TEXT,
  lastSeen: TIME,
  riskScore: TEXT,
  deviceValue: TEXT,
  rbacGroupName: TEXT,
  lastIpAddress: TEXT,
  machineTags: ANY.transform(asTexts),
  mergedIntoMachineId: ANY.transform(readDeviceId),
});

/** Read by the thousand: a transformation of each field by zod would cost more than all the rest of a look. */
const MACHINE_ACTION = z.object({
  id: ANY,
  status: ANY,
  scope: ANY,
  machineId: ANY,
  requestor: ANY,
  requestorComment: ANY,
  creationDateTimeUtc: ANY,
  lastUpdateDateTimeUtc: ANY,
  lastUpdateTimeUtc: ANY,
  errorHResult: ANY,
});

/** Asked of every row of a list, before any of it is read. */
const KIND_OF_ACTION = z.object({ type: TEXT });

const LIST = z.object({ value: z.array(z.unknown()), '@odata.nextLink': TEXT });

const SHORT_WORD = ANY.transform((value) => /^[\w.:-]{1,64}$/.exec(asText(value))?.[0] ?? '');
const ERROR = z.object({ error: z.object({ code: SHORT_WORD, message: TEXT, target: SHORT_WORD }) });

const SCAN_ACTION = 'runantivirusscan';
const LONGEST_WORD = 64;

export interface Page {
  readonly rows: readonly unknown[];
  /** Defender says itself that there are more rows. */
  readonly goesOn: boolean;
}

export interface Rows<T> {
  readonly read: readonly T[];
  /** How many rows could not be read. */
  readonly unread: number;
}

/** What a failed call said; words that it did not say are empty. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly target: string;
}

export function readPage(body: unknown): Page | undefined {
  const { data: list } = LIST.safeParse(body);
  return list === undefined ? undefined : { rows: list.value, goesOn: list['@odata.nextLink'] !== '' };
}

export function readError(body: unknown): WireError {
  return ERROR.safeParse(body).data?.error ?? { code: '', message: '', target: '' };
}

export function readMachine(body: unknown): Device | undefined {
  const { data: machine } = MACHINE.safeParse(body);
  if (machine?.id === undefined) return undefined;
  return {
    id: machine.id,
    name: machine.computerDnsName,
    os: machine.osPlatform,
    osVersion: machine.version,
    osBuild: machine.osBuild,
    health: machine.healthStatus,
    onboarding: machine.onboardingStatus || machine.onboardingstatus,
    lastSeen: machine.lastSeen,
    risk: machine.riskScore,
    value: machine.deviceValue,
    group: machine.rbacGroupName,
    lastIp: machine.lastIpAddress,
    tags: machine.machineTags,
    mergedInto: machine.mergedIntoMachineId,
  };
}

/** `known` stands in for what the answer to a start may leave out: there an id alone means that it was taken. */
export function readScan(
  body: unknown,
  known?: { readonly device: DeviceId; readonly at: Time },
): DefenderScan | undefined {
  const { data: action } = MACHINE_ACTION.safeParse(body);
  if (action === undefined) return undefined;
  const id = readActionId(action.id);
  const device = readDeviceId(action.machineId) ?? known?.device;
  const createdAt = asTime(action.creationDateTimeUtc) ?? known?.at;
  if (id === undefined || device === undefined || createdAt === undefined) return undefined;
  const word = asText(action.status);
  return {
    id,
    device,
    status: asStatus(word),
    word: word.trim().slice(0, LONGEST_WORD),
    type: asScanType(action.scope),
    requester: asText(action.requestor),
    comment: asText(action.requestorComment),
    createdAt,
    updatedAt: asTime(action.lastUpdateDateTimeUtc) ?? asTime(action.lastUpdateTimeUtc) ?? createdAt,
    errorCode: asErrorCode(action.errorHResult),
  };
}

/** False only for a row that says itself that it is something else, such as `Isolate`. */
export function mayBeScan(row: unknown): boolean {
  const type = KIND_OF_ACTION.safeParse(row).data?.type.toLowerCase() ?? '';
  return type === '' || type === SCAN_ACTION;
}

export function readRows<T>(rows: readonly unknown[], read: (row: unknown) => T | undefined): Rows<T> {
  const readable = rows.map(read).filter((row) => row !== undefined);
  return { read: readable, unread: rows.length - readable.length };
}

/** Defender has been seen to send null bytes inside strings. */
function asText(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll('\0', '');
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Unknown when it is missing or an entry cannot be read: what is not known must not pass for an empty list. */
function asTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.some((entry) => typeof entry === 'object')) return undefined;
  return value.map(asText).filter((text) => text !== '');
}

/** All times are UTC, whether or not the zone is written. The year 1 means that there is none. */
function asTime(value: unknown): Time | undefined {
  const [, stem, zone] = /^(\d{4}-\d\d-\d\dT[\d:.]+)(Z|[+-]\d\d:\d\d)?$/i.exec(asText(value)) ?? [];
  const time = stem === undefined ? NaN : Date.parse(stem + (zone ?? 'Z'));
  return time >= 0 ? time : undefined;
}

function asStatus(word: string): ScanStatus {
  return STATUS[word.toLowerCase()] ?? 'Unknown';
}

const STATUS: Readonly<Partial<Record<string, ScanStatus>>> = Object.assign(
  Object.create(null) as object,
  {
    pending: 'Pending',
    inprogress: 'InProgress',
    succeeded: 'Succeeded',
    failed: 'Failed',
    timeout: 'TimeOut',
    cancelled: 'Cancelled',
    canceled: 'Cancelled',
  } as const,
);

function asScanType(value: unknown): ScanType | undefined {
  const text = asText(value);
  return readScanType(text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase());
}

/** A signed 32-bit HRESULT as people look it up: -2145844840 is 0x80190198. */
function asErrorCode(value: unknown): string {
  const number = Number(asText(value));
  if (!Number.isInteger(number) || number === 0) return '';
  if (number < -0x8000_0000 || number > 0xffff_ffff) return '';
  return `0x${(number >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}
