import type { Clock } from '../../scan/ports.ts';
import { claimsIn } from '../claims.ts';
import type { EventStream } from './event-stream.ts';
import { isJson, type Json } from './json.ts';

export interface WireCall {
  /** `in` comes from the bot, `out` goes to it. */
  readonly direction: 'in' | 'out';
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
  /** 0 when nothing was answered. */
  readonly status: number;
  readonly answer: unknown;
}

export interface WireEntry extends Omit<WireCall, 'authorization'> {
  readonly at: number;
  /** What the bearer token says; undefined when there is none or it cannot be read. */
  readonly claims: Json | undefined;
}

const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const HIDDEN = '[token]';

/** Everything that was said between the stand-in and the bot. Claims are kept, tokens never. */
export class WireLog {
  readonly #entries: WireEntry[] = [];
  readonly #clock: Clock;
  readonly #events: EventStream;

  constructor(clock: Clock, events: EventStream) {
    this.#clock = clock;
    this.#events = events;
  }

  get entries(): readonly WireEntry[] {
    return this.#entries;
  }

  add(call: WireCall): void {
    const { authorization, ...rest } = call;
    const entry: WireEntry = {
      ...rest,
      at: this.#clock.now(),
      path: call.path.replace(JWT, HIDDEN),
      body: withoutTokens(call.body),
      answer: withoutTokens(call.answer),
      claims: claimsIn(authorization ?? ''),
    };
    this.#entries.push(entry);
    this.#events.tell('wire', entry);
  }
}

function withoutTokens(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(JWT, HIDDEN);
  if (Array.isArray(value)) return value.map(withoutTokens);
  if (!isJson(value)) return value;
  const fields = Object.entries(value).map(([key, field]) => [
    key,
    key === 'token' && typeof field === 'string' ? HIDDEN : withoutTokens(field),
  ]);
  return Object.fromEntries(fields) as Json;
}
