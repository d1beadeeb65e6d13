import type { JWTPayload } from 'jose';
import { claimsIn } from '../claims.ts';
import type { TokenReply } from './refusal-body.ts';

const LONGEST = 1000;
const HIDDEN = '[hidden]';
/** What is worth seeing in a form; MSAL sends more about itself. */
const OPEN_FIELDS = new Set(['grant_type', 'requested_token_use', 'scope', 'client_id', 'client_assertion_type']);
const SECRET_FIELDS = new Set(['client_secret', 'client_assertion', 'assertion', 'refresh_token']);
const TOKENS = new Set(['access_token', 'refresh_token', 'id_token']);
/** Long texts; the number of the error stands beside them. */
const LEFT_OUT = new Set(['error_description', 'client_info']);

/** One exchange, without what is secret in it. */
export interface WireLine {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly grant: string | undefined;
  readonly scope: string | undefined;
  readonly oid: string | undefined;
  readonly status: number;
  readonly error: string | undefined;
  readonly form: Readonly<Record<string, string>>;
  readonly answer: Readonly<Record<string, unknown>>;
  /** What the person's sign-in says, on whose behalf a token is asked for. */
  readonly claims: JWTPayload | undefined;
}

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly form: URLSearchParams;
  readonly reply: TokenReply;
  readonly oid: string | undefined;
}

export class WireLog {
  readonly #lines: WireLine[] = [];
  readonly #tell: (line: WireLine) => void;

  constructor(tell: (line: WireLine) => void = () => undefined) {
    this.#tell = tell;
  }

  get lines(): readonly WireLine[] {
    return this.#lines;
  }

  add(exchange: Exchange): void {
    const line = lineOf(exchange);
    this.#lines.push(line);
    if (this.#lines.length > LONGEST) this.#lines.shift();
    this.#tell(line);
  }
}

function lineOf({ method, path, form, reply, oid }: Exchange): WireLine {
  const { error } = reply.body;
  return {
    at: Date.now(),
    method,
    path,
    grant: form.get('requested_token_use') ?? form.get('grant_type') ?? undefined,
    scope: form.get('scope') ?? undefined,
    oid,
    status: reply.status,
    error: typeof error === 'string' ? error : undefined,
    form: shown(form),
    answer: withoutTokens(reply.body),
    claims: claimsIn(form.get('assertion') ?? ''),
  };
}

function shown(form: URLSearchParams): Readonly<Record<string, string>> {
  const fields = [...form].flatMap(([name, value]) => {
    if (OPEN_FIELDS.has(name)) return [[name, value] as const];
    return SECRET_FIELDS.has(name) ? [[name, HIDDEN] as const] : [];
  });
  return Object.fromEntries(fields);
}

function withoutTokens(body: TokenReply['body']): Readonly<Record<string, unknown>> {
  const fields = Object.entries(body).filter(([name]) => !LEFT_OUT.has(name));
  return Object.fromEntries(fields.map(([name, value]) => [name, TOKENS.has(name) ? HIDDEN : value]));
}
