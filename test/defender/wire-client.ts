import { createNet } from '../../src/net/request.ts';
import type { DefenderStandIn } from '../../src/sandbox/defender/stand-in.ts';

interface Ask {
  /** Undefined sends no token. */
  readonly as?: string | undefined;
  readonly body?: unknown;
  readonly contentType?: string;
}

export interface Told {
  /** 0 for a line that was cut. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly code: unknown;
}

const net = createNet();

/** Calls the stand-in as any HTTP client would: `GET /machines`. */
export async function ask(standIn: DefenderStandIn, what: string, { as, body, contentType }: Ask = {}): Promise<Told> {
  const [method = '', path = ''] = what.split(/ (.*)/s);
  const answer = await net.request({
    method,
    url: `${standIn.url}/api${path}`,
    headers: {
      ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
      ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    timeoutMs: 5000,
  });
  if (!answer.ok) return { status: 0, headers: {}, body: {}, rows: [], code: undefined };
  const read = (answer.text.startsWith('{') ? JSON.parse(answer.text) : {}) as Told['body'];
  const { error, value } = read as { error?: { code: unknown }; value?: Told['rows'] };
  return { status: answer.status, headers: answer.headers, body: read, rows: value ?? [], code: error?.code };
}
