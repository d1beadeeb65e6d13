import { randomUUID } from 'node:crypto';

/** An answer of the token endpoint. */
export interface TokenReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Refusal {
  readonly status: number;
  readonly error: string;
  readonly number: number;
  readonly suberror?: string;
  readonly text: string;
}

/** The refusals as Microsoft documents them; the wording of the texts is our own. */
const REFUSALS = {
  'bad-signature': {
    status: 400,
    error: 'invalid_grant',
    number: 50013,
    text: 'The assertion failed signature validation.',
  },
  'wrong-audience': {
    status: 400,
    error: 'invalid_grant',
    number: 500131,
    text: 'The assertion is meant for another audience.',
  },
  'expired-assertion': {
    status: 400,
    error: 'invalid_grant',
    number: 500133,
    text: 'The assertion is not within its time range.',
  },
  'no-consent': {
    status: 400,
    error: 'invalid_grant',
    number: 65001,
    suberror: 'consent_required',
    text: 'Nobody consented to this.',
  },
  'mfa-asked': {
    status: 400,
    error: 'interaction_required',
    number: 50076,
    suberror: 'basic_action',
    text: 'A second factor is required.',
  },
  revoked: {
    status: 400,
    error: 'invalid_grant',
    number: 50173,
    suberror: 'bad_token',
    text: 'The grant was revoked.',
  },
  disabled: { status: 400, error: 'invalid_grant', number: 50057, text: 'The account is disabled.' },
  'bad-refresh-token': { status: 400, error: 'invalid_grant', number: 70000, text: 'The refresh token is not valid.' },
  'wrong-secret': {
    status: 401,
    error: 'invalid_client',
    number: 7000215,
    text: 'The client secret is not the registered one.',
  },
  'wrong-key': {
    status: 401,
    error: 'invalid_client',
    number: 700027,
    text: 'The client assertion failed signature validation.',
  },
  'no-federation': {
    status: 401,
    error: 'invalid_client',
    number: 700213,
    text: 'No federated identity matches the assertion.',
  },
  'no-proof': {
    status: 401,
    error: 'invalid_client',
    number: 7000218,
    text: 'A client secret or assertion is required.',
  },
  'wrong-app': {
    status: 400,
    error: 'unauthorized_client',
    number: 700016,
    text: 'The application is not in this directory.',
  },
  'wrong-tenant': { status: 400, error: 'invalid_request', number: 90002, text: 'There is no such tenant.' },
  'wrong-scope': { status: 400, error: 'invalid_scope', number: 70011, text: 'The scope is not valid.' },
  'wrong-resource': {
    status: 400,
    error: 'invalid_resource',
    number: 500011,
    text: 'The resource is not in this tenant.',
  },
  'wrong-grant': {
    status: 400,
    error: 'unsupported_grant_type',
    number: 70003,
    text: 'The grant type is not supported.',
  },
  unavailable: { status: 503, error: 'temporarily_unavailable', number: 90033, text: 'A passing fault. Try again.' },
  throttled: { status: 429, error: 'invalid_request', number: 90055, text: 'Too many requests.' },
} as const satisfies Record<string, Refusal>;

export type EntraRefusal = keyof typeof REFUSALS;

const CLAIMS = JSON.stringify({
  access_token: { capolids: { essential: true, values: ['00000000-0000-0000-0000-0000000000ca'] } },
});

export function refusalReply(name: EntraRefusal, retryAfter?: number): TokenReply {
  const { status, error, number, text, ...more }: Refusal = REFUSALS[name];
  const trace = randomUUID();
  const body = {
    error,
    error_description: `AADSTS${number}: ${text} Trace ID: ${trace}`,
    error_codes: [number],
    timestamp: new Date().toISOString().replace('T', ' ').replace(/\..*/, 'Z'),
    trace_id: trace,
    correlation_id: randomUUID(),
    ...more,
    ...(name === 'mfa-asked' ? { claims: CLAIMS } : {}),
  };
  return { status, body, ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }) };
}
