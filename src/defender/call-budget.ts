import type { Time } from '../scan/ids.ts';
import { HOUR, MINUTE } from '../scan/time.ts';

/** Defender counts each of its APIs on its own, for all people of the tenant together. */
export type DefenderApi = 'find-devices' | 'read-device' | 'start-scan' | 'list-scans' | 'read-scan' | 'cancel-scan';

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

function slidingWindow(length: number, quota: number): Window {
  const all = Math.floor(quota * 0.95);
  return { length, all, withoutReserve: Math.floor(all * 0.8) };
}

export const WINDOWS: readonly Window[] = [slidingWindow(MINUTE, 100), slidingWindow(HOUR, 1500)];
const LONGEST = Math.max(...WINDOWS.map(({ length }) => length));

interface Count {
  /** Times of the calls in the longest window, oldest first. */
  calls: readonly Time[];
  closedUntil: Time;
}

/** The budget of a single process: a restart begins with an empty count. */
export class MemoryCallBudget implements CallBudget {
  readonly #counts = new Map<DefenderApi, Count>();

  take(api: DefenderApi, as: { readonly reserve: boolean }, now: Time): Allowance {
    const count = this.#countOf(api);
    const calls = count.calls.filter((at) => at > now - LONGEST);
    const open = WINDOWS.map((window) => opensAt(calls, window, as.reserve));
    const retryAt = Math.max(count.closedUntil, ...open);
    if (retryAt > now) return { ok: false, retryAt };
    count.calls = [...calls, now];
    return { ok: true };
  }

  heed(api: DefenderApi, retryAt: Time): void {
    const count = this.#countOf(api);
    count.closedUntil = Math.max(count.closedUntil, retryAt);
  }

  #countOf(api: DefenderApi): Count {
    const known = this.#counts.get(api);
    if (known !== undefined) return known;
    const fresh: Count = { calls: [], closedUntil: -Infinity };
    this.#counts.set(api, fresh);
    return fresh;
  }
}

/** A window has room again when its limit-th call from the end has left it. */
function opensAt(calls: readonly Time[], window: Window, reserve: boolean): Time {
  const blocking = calls.at(-(reserve ? window.all : window.withoutReserve));
  return blocking === undefined ? -Infinity : blocking + window.length;
}
