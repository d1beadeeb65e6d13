import { z } from 'zod';
import { readJson } from '../net/read-json.ts';
import type { NetAnswer } from '../net/request.ts';
import { readRetryAfter } from '../net/retry-after.ts';
import type { Time } from '../scan/ids.ts';
import { HOUR, SECOND } from '../scan/time.ts';

export type NotSent =
  /** Not taken: send it again at `at` or later. */
  | { readonly ok: false; readonly why: 'retry'; readonly at: Time; readonly code: string; readonly isThrottled?: true }
  /** The message or the conversation is not there any more. */
  | { readonly ok: false; readonly why: 'gone'; readonly code: string }
  /** Teams does not let the bot write there. */
  | { readonly ok: false; readonly why: 'blocked'; readonly code: string }
  /** Will never be taken as it is. */
  | { readonly ok: false; readonly why: 'impossible'; readonly code: string }
  /** It may have been delivered. */
  | { readonly ok: false; readonly why: 'unknown'; readonly code: string };

/** The id is empty when Teams took the activity without telling one. */
export type Sent = { readonly ok: true; readonly id: string } | NotSent;

/** Whether doing the same again makes a second message. */
export type Repeat = 'safe' | 'duplicates';

const PAUSE = 5 * SECOND;
const LONGEST_PAUSE = HOUR;
const NOTHING_LEFT = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/;
const Fault = z.object({ error: z.object({ code: z.string() }) });

/** What an answer other than 2xx, or none, means for the sender: the retry table of Teams' page on rate limits for bots. */
export function notSent(answer: NetAnswer, repeat: Repeat, now: Time): NotSent {
  if (!answer.ok) return unanswered(answer, repeat, now);
  const code = codeOf(answer.text) ?? String(answer.status);
  const at = pauseEnd(answer.headers['retry-after'], now);
  switch (answer.status) {
    case 429:
      return { ok: false, why: 'retry', at, code, isThrottled: true };
    case 412:
    case 503:
      return { ok: false, why: 'retry', at, code };
    case 502:
    case 504:
      return repeat === 'safe' ? { ok: false, why: 'retry', at, code } : { ok: false, why: 'unknown', code };
    case 404:
      return { ok: false, why: 'gone', code };
    case 403:
      return { ok: false, why: 'blocked', code };
    default:
      return { ok: false, why: 'impossible', code };
  }
}

function unanswered(answer: Extract<NetAnswer, { ok: false }>, repeat: Repeat, now: Time): NotSent {
  const { why: code, detail } = answer;
  if (code === 'redirect') return { ok: false, why: 'impossible', code };
  const neverLeft = code === 'network' && NOTHING_LEFT.test(detail);
  if (repeat === 'safe' || neverLeft) return { ok: false, why: 'retry', at: now + PAUSE, code };
  return { ok: false, why: 'unknown', code };
}

function pauseEnd(retryAfter: string | undefined, now: Time): Time {
  return Math.min(readRetryAfter(retryAfter, now) ?? now + PAUSE, now + LONGEST_PAUSE);
}

/** Teams' word for what is wrong: a word, never its sentence. */
function codeOf(text: string): string | undefined {
  const code = Fault.safeParse(readJson(text)).data?.error.code;
  return code !== undefined && /^\w{1,64}$/.test(code) ? code : undefined;
}
