import { readJson } from '../net/read-json.ts';
import type { Net, NetAnswer } from '../net/request.ts';
import type { Time } from '../scan/ids.ts';
import type { Clock } from '../scan/ports.ts';
import { answered, refused } from '../scan/refusal.ts';
import { MINUTE } from '../scan/time.ts';
import { Turns } from '../scan/turns.ts';
import type { Answer } from '../scan/refusal.ts';
import type { CallBudget, DefenderApi } from './call-budget.ts';
import { refusalOf } from './refusals.ts';

export interface CallSettings {
  /** Without `/api`. */
  readonly baseUrl: string;
  readonly net: Net;
  readonly clock: Clock;
  readonly budget: CallBudget;
  /** How long one call may take, its repetitions included. */
  readonly timeoutMs: number;
}

export interface Caller {
  readonly token: string;
  /** May use the part of the budget that is kept for people's own actions. */
  readonly reserve: boolean;
}

export interface Call {
  readonly api: DefenderApi;
  /** Below `/api/`. */
  readonly path: string;
  readonly caller: Caller;
}

/** Between two calls of one API, while many wait. */
const GAP = Math.ceil(MINUTE / 95);
/** Pauses before a read is repeated; as many repetitions as pauses. */
const PAUSES: readonly number[] = [200, 600];
/** A full page of 10,000 devices is about 13 MB. */
const MOST_BYTES = 32 * 1024 * 1024;
const PASSING: ReadonlySet<number> = new Set([502, 503, 504]);

/** Single calls to Defender: within the budget, within their time, and every failure in our words. */
export class Calls {
  readonly #settings: CallSettings;
  readonly #root: string;
  readonly #turns = new Turns(GAP);

  constructor(settings: CallSettings) {
    this.#settings = settings;
    this.#root = `${settings.baseUrl.replace(/\/+$/, '')}/api/`;
  }

  /** Reads are repeated quickly when the way was broken. */
  async read(call: Call): Promise<Answer<unknown>> {
    const { clock, timeoutMs } = this.#settings;
    const deadline = clock.now() + timeoutMs;
    for (let repeated = 0; ; repeated += 1) {
      const sent = await this.#send(call, deadline);
      if (!sent.ok) return sent;
      const pause = PAUSES[repeated];
      if (pause === undefined || !isPassing(sent.value) || clock.now() + pause >= deadline) {
        return this.#answerOf(call.api, sent.value);
      }
      await new Promise<void>((resolve) => clock.after(pause, resolve));
    }
  }

  /** Never repeated: what got no answer may have been done. `before` ends it earlier than its usual time. */
  async act(call: Call, body: Readonly<Record<string, string>>, before = Infinity): Promise<Answer<unknown>> {
    const { clock, timeoutMs } = this.#settings;
    const sent = await this.#send(call, Math.min(before, clock.now() + timeoutMs), JSON.stringify(body));
    return sent.ok ? this.#answerOf(call.api, sent.value) : sent;
  }

  async #send(call: Call, deadline: Time, body?: string): Promise<Answer<NetAnswer>> {
    const { net, clock, budget } = this.#settings;
    const allowance = await budget.take(call.api, { reserve: call.caller.reserve }, clock.now());
    if (!allowance.ok) return refused('throttled', { retryAt: this.#comeBack(call, allowance.retryAt) });
    const headers = { authorization: `Bearer ${call.caller.token}`, accept: 'application/json' };
    const common = {
      url: this.#root + call.path,
      timeoutMs: Math.max(1, deadline - clock.now()),
      maxBytes: MOST_BYTES,
    };
    if (body === undefined) return answered(await net.request({ ...common, method: 'GET', headers }));
    const jsonHeaders = { ...headers, 'content-type': 'application/json' };
    return answered(await net.request({ ...common, method: 'POST', headers: jsonHeaders, body }));
  }

  /** What goes on by itself finds its own time: there one call serves many. */
  #comeBack({ api, caller }: Call, from: Time): Time {
    return caller.reserve ? this.#turns.next(api, from, this.#settings.clock.now()) : from;
  }

  async #answerOf(api: DefenderApi, answer: NetAnswer): Promise<Answer<unknown>> {
    if (!answer.ok) return refused(isSilence(answer.why) ? 'no-answer' : 'unreadable', { code: answer.why });
    if (answer.status >= 200 && answer.status < 300) {
      const body = readJson(answer.text);
      return body === undefined ? refused('unreadable', { status: answer.status }) : answered(body);
    }
    const refusal = refusalOf(answer, this.#settings.clock.now());
    if (refusal.retryAt !== undefined) await this.#settings.budget.heed(api, refusal.retryAt);
    return { ok: false, refusal };
  }
}

function isPassing(answer: NetAnswer): boolean {
  return answer.ok ? PASSING.has(answer.status) : answer.why === 'network';
}

function isSilence(why: Extract<NetAnswer, { ok: false }>['why']): boolean {
  return why === 'timeout' || why === 'network';
}
