import type { Clock } from '../../scan/ports.ts';
import { html, json, type HttpAnswer } from '../http.ts';
import { wait } from './clock.ts';

/** An answer that the connector gives instead of doing anything. */
export interface Trouble {
  readonly status: number;
  /** The code in the error body. */
  readonly code?: string;
  /** Seconds, or a date as HTTP writes it. */
  readonly retryAfter?: string;
  /** A page instead of JSON, as a proxy in between would send. */
  readonly html?: string;
  /** Only calls of this method are met by it. */
  readonly method?: string;
}

export type TokenMood =
  | { readonly kind: 'well' }
  /** Answers, but late. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Answers every call with this status and an error body. */
  | { readonly kind: 'fails'; readonly status: number }
  /** Knows nobody's token (404), though people signed in. */
  | { readonly kind: 'forgets' }
  /** Hands out a token that has expired. */
  | { readonly kind: 'stale' }
  /** Refuses every exchange because somebody must consent first; the sign-in button works. */
  | { readonly kind: 'wants-consent' }
  /** Takes the call and never answers. */
  | { readonly kind: 'silent' };

interface Planned {
  readonly trouble: Trouble | 'lost';
  readonly method: string | undefined;
  left: number;
}

/** Switches for what goes wrong on Microsoft's side. */
export class Moods {
  /** Whether the documented limits per thread are kept (429 beyond them). */
  limitsRate = false;
  /** How the Token Service feels. */
  tokens: TokenMood = { kind: 'well' };
  readonly #clock: Clock;
  #planned: Planned[] = [];
  #delay = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next `times` connector calls are answered so, and nothing is done. */
  connectorAnswers(trouble: Trouble, times = 1): void {
    this.#planned.push({ trouble, method: trouble.method, left: times });
  }

  /** The next `times` connector calls are carried out, but the connection breaks before the answer. */
  connectorLosesAnswers(times = 1, method?: string): void {
    this.#planned.push({ trouble: 'lost', method, left: times });
  }

  /** Every connector call takes this much longer by the clock, until `calm`. */
  connectorTakes(ms: number): void {
    this.#delay = ms;
  }

  /** What the connector has yet to do wrong. */
  get planned(): readonly (Trouble | 'lost')[] {
    return this.#planned.map(({ trouble }) => trouble);
  }

  /** Takes back what was planned. */
  connectorForgets(trouble: Trouble | 'lost'): void {
    this.#planned = this.#planned.filter((plan) => plan.trouble !== trouble);
  }

  /** Everything works again. */
  calm(): void {
    this.#planned = [];
    this.#delay = 0;
    this.tokens = { kind: 'well' };
    this.limitsRate = false;
  }

  /** A connector call under the present mood. */
  async met(method: string, act: () => HttpAnswer | Promise<HttpAnswer>): Promise<HttpAnswer> {
    if (this.#delay > 0) await wait(this.#clock, this.#delay);
    const trouble = this.#next(method);
    if (trouble === undefined) return act();
    if (trouble !== 'lost') return answerOf(trouble);
    await act();
    return { kind: 'cut' };
  }

  /** A Token Service call under the present mood. */
  async metTokens(act: () => HttpAnswer | Promise<HttpAnswer>): Promise<HttpAnswer> {
    const mood = this.tokens;
    if (mood.kind === 'silent') return { kind: 'silence' };
    if (mood.kind === 'fails') return answerOf({ status: mood.status });
    if (mood.kind === 'slow') await wait(this.#clock, mood.ms);
    return act();
  }

  #next(method: string): Trouble | 'lost' | undefined {
    const planned = this.#planned.find((plan) => plan.method === undefined || plan.method === method);
    if (planned === undefined) return undefined;
    planned.left -= 1;
    this.#planned = this.#planned.filter((plan) => plan.left > 0);
    return planned.trouble;
  }
}

function answerOf(trouble: Trouble): HttpAnswer {
  const headers = trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter };
  if (trouble.html !== undefined) return html(trouble.status, trouble.html, headers);
  const error = { code: trouble.code ?? 'ServiceError', message: '' };
  return json(trouble.status, { error }, headers);
}
