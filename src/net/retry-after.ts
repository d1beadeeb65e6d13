import type { Time } from '../scan/ids.ts';
import { SECOND } from '../scan/time.ts';

/** When to come back, by the `Retry-After` header: seconds or a date. Nonsense and the past are `undefined`. */
export function readRetryAfter(header: string | undefined, now: Time): Time | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return now + Number(text) * SECOND;
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) || at <= now ? undefined : at;
}
