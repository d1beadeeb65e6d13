import { randomUUID } from 'node:crypto';
import type { Time } from '../../scan/ids.ts';
import { json } from '../http.ts';
import type { HttpAnswer } from '../http.ts';

const METADATA = 'https://api.securitycenter.microsoft.com/api/$metadata#';

/** The calls as Defender counts them. */
export type ApiName =
  | 'find-devices'
  | 'read-device'
  | 'start-scan'
  | 'list-actions'
  | 'read-action'
  | 'cancel-action'
  | 'read-alert'
  | 'list-alerts'
  | 'device-alerts'
  | 'av-health'
  | 'hunting';

export type Json = Readonly<Record<string, unknown>>;

export function context(name: string): Json {
  return { '@odata.context': METADATA + name };
}

export function failure(status: number, code: string, message: string): HttpAnswer {
  return json(status, { error: { code, message, target: randomUUID() } });
}

/** Defender writes seven digits of a second; a clock has three. */
export function wireTime(at: Time): string {
  const rest = String((at * 7919) % 10_000).padStart(4, '0');
  return `${new Date(at).toISOString().slice(0, -1)}${rest}Z`;
}
