import type { JWTPayload } from 'jose';
import { claimsIn } from '../claims.ts';
import { statusOf } from '../http.ts';
import type { HttpAnswer, HttpCall } from '../http.ts';
import type { Time } from '../../scan/ids.ts';

/** One call as it went over the wire; the token is left out. */
export interface WireEntry {
  readonly at: Time;
  readonly method: string;
  readonly path: string;
  /** Decoded. */
  readonly query: string;
  /** As Defender names the caller; empty for somebody not let in. */
  readonly caller: string;
  readonly contentType: string;
  readonly requestBody: string;
  /** 0 where the line was cut. */
  readonly status: number;
  readonly answerBody: unknown;
  /** What the bearer token says; undefined when there is none or it cannot be read. */
  readonly claims: JWTPayload | undefined;
}

const KEPT = 500;

/** The last calls, oldest first. */
export class WireLog {
  readonly #entries: WireEntry[] = [];

  get entries(): readonly WireEntry[] {
    return this.#entries;
  }

  add(entry: WireEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.shift();
  }
}

export function wireEntry(call: HttpCall, answer: HttpAnswer, about: Pick<WireEntry, 'at' | 'caller'>): WireEntry {
  return {
    ...about,
    method: call.method,
    path: call.path,
    query: [...call.query].map(([key, value]) => `${key}=${value}`).join('&'),
    contentType: call.headers['content-type'] ?? '',
    requestBody: call.text,
    status: statusOf(answer),
    claims: claimsIn(call.headers.authorization ?? ''),
    answerBody: answer.kind === 'json' ? answer.body : answer.kind === 'text' ? answer.text : undefined,
  };
}
