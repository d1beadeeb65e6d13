import type { Time } from '../../scan/ids.ts';
import { HOUR, MINUTE, SECOND } from '../../scan/time.ts';
import type { HttpAnswer } from '../http.ts';
import { tooMany } from './mood-answers.ts';
import type { ApiName } from './wire-words.ts';

interface Quota {
  readonly minute: number;
  readonly hour: number;
}

const USUAL: Quota = { minute: 100, hour: 1500 };
const OWN: Partial<Record<ApiName, Quota>> = {
  'av-health': { minute: 30, hour: 1000 },
  hunting: { minute: 45, hour: 1500 },
};

/** Counts the calls of each API, for the whole tenant. */
export class Quotas {
  readonly #calls = new Map<ApiName, readonly Time[]>();

  /** Counts the call, or refuses it. */
  refuse(api: ApiName, now: Time): HttpAnswer | undefined {
    const { minute, hour } = OWN[api] ?? USUAL;
    const calls = (this.#calls.get(api) ?? []).filter((at) => at > now - HOUR);
    const full =
      fullUntil(calls, { quota: minute, length: MINUTE }, now) ?? fullUntil(calls, { quota: hour, length: HOUR }, now);
    if (full !== undefined) return tooMany(full.message, Math.ceil((full.until - now) / SECOND));
    this.#calls.set(api, [...calls, now]);
    return undefined;
  }
}

function fullUntil(
  calls: readonly Time[],
  { quota, length }: { readonly quota: number; readonly length: number },
  now: Time,
): { readonly until: Time; readonly message: string } | undefined {
  const until = (calls.at(-quota) ?? -Infinity) + length;
  if (until <= now) return undefined;
  const span = length === HOUR ? '01:00:00' : '00:01:00';
  return { until, message: `API calls quota exceeded! maximum allowed ${quota} per ${span}` };
}
