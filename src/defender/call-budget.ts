import type { Time } from '../scan/ids.ts';
import type { CallCount, CallLimit } from '../scan/ports.ts';
import { HOUR, MINUTE } from '../scan/time.ts';

/** Defender counts each of its APIs on its own, for all people of the tenant together. */
export type DefenderApi =
  | 'find-devices'
  | 'find-by-ip'
  | 'read-device'
  | 'start-scan'
  | 'list-scans'
  | 'read-scan'
  | 'cancel-scan'
  | 'read-av-records'
  | 'hunt'
  | 'device-alerts'
  | 'read-alert'
  | 'list-alerts';

export type Allowance = { readonly ok: true } | { readonly ok: false; readonly retryAt: Time };

/** Keeps us below Defender's quotas. */
export interface CallBudget {
  /** Counts one call, or says when there is room for it. `reserve`: may use what is kept for people's own actions. */
  take(api: DefenderApi, as: { readonly reserve: boolean }, now: Time): Allowance | Promise<Allowance>;
  /** Defender answered 429: nothing goes to this API before `retryAt`. */
  heed(api: DefenderApi, retryAt: Time): void | Promise<void>;
}

interface Window {
  readonly length: number;
  readonly all: number;
  readonly withoutReserve: number;
}

/** A call counts here when it leaves and there when it arrives: a little is left for the difference. */
const SHARE = 0.95;
const OTHERS_THAN_RESERVE = 0.8;

function slidingWindow(length: number, quota: number): Window {
  const all = Math.floor(quota * SHARE);
  return { length, all, withoutReserve: Math.floor(all * OTHERS_THAN_RESERVE) };
}

export const WINDOWS: readonly Window[] = [slidingWindow(MINUTE, 100), slidingWindow(HOUR, 1500)];
const AV_RECORD_WINDOWS: readonly Window[] = [slidingWindow(MINUTE, 30), slidingWindow(HOUR, 1000)];
/**
 * Hunting may cost ten minutes of processor time an hour, three hours a day, and no answer tells what it cost. At five
 * seconds each, many times what one filter over a few hundred devices needs, 80 an hour stay within both.
 */
const HUNTS_AN_HOUR = 80;
const HUNT_WINDOWS: readonly Window[] = [slidingWindow(MINUTE, 45), only(HOUR, HUNTS_AN_HOUR)];

function only(length: number, most: number): Window {
  return { length, all: most, withoutReserve: most };
}

export function windowsOf(api: DefenderApi): readonly Window[] {
  if (api === 'hunt') return HUNT_WINDOWS;
  return api === 'read-av-records' ? AV_RECORD_WINDOWS : WINDOWS;
}

/** The budget of all replicas together, counted where they all look. Who cannot count does not call. */
export class StoreCallBudget implements CallBudget {
  readonly #count: CallCount;

  constructor(count: CallCount) {
    this.#count = count;
  }

  async take(api: DefenderApi, { reserve }: { readonly reserve: boolean }, now: Time): Promise<Allowance> {
    const retryAt = await this.#count.take(quotaOf(api), limitsOf(api, reserve), now);
    return retryAt === undefined ? { ok: true } : { ok: false, retryAt };
  }

  heed(api: DefenderApi, retryAt: Time): Promise<void> {
    return this.#count.pause(quotaOf(api), retryAt);
  }
}

function limitsOf(api: DefenderApi, reserve: boolean): readonly CallLimit[] {
  return windowsOf(api).map(({ length, all, withoutReserve }) => ({ length, most: reserve ? all : withoutReserve }));
}

/** Every API with a quota, for whoever watches how much of each is left. */
export const APIS: readonly DefenderApi[] = [
  'find-devices',
  'find-by-ip',
  'read-device',
  'start-scan',
  'list-scans',
  'read-scan',
  'cancel-scan',
  'read-av-records',
  'hunt',
  'device-alerts',
  'read-alert',
  'list-alerts',
];

export function quotaOf(api: DefenderApi): string {
  return `defender ${api}`;
}
