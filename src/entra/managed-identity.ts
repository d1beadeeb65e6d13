import { z } from 'zod';
import { readJson } from '../net/read-json.ts';
import type { Net, NetRequest } from '../net/request.ts';
import type { Time } from '../scan/ids.ts';
import type { Clock } from '../scan/ports.ts';
import { MINUTE, SECOND } from '../scan/time.ts';
import { CredentialFault } from './credential-fault.ts';

/** Where App Service and Container Apps hand out tokens: `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`. */
export interface IdentityEndpoint {
  readonly url: string;
  readonly header: string;
}

export interface ManagedIdentityAccess {
  readonly net: Net;
  readonly clock: Clock;
  /** Where a virtual machine hands out tokens; another one only in tests. */
  readonly machineUrl?: string;
}

const MACHINE_URL = 'http://169.254.169.254';
const AUDIENCE = 'api://AzureADTokenExchange';
const TIMEOUT = 5 * SECOND;
const RENEW_BEFORE = 5 * MINUTE;

const issued = z.object({ access_token: z.string().min(1), expires_on: z.coerce.number().positive() });

/**
 * Tokens of a managed identity that stand in for the app's secret.
 * Not MSAL's own client: that keeps the first endpoint and its cache for the whole process.
 */
export class ManagedIdentity {
  readonly #clientId: string;
  readonly #endpoint: IdentityEndpoint | undefined;
  readonly #access: ManagedIdentityAccess;
  #token: { readonly text: string; readonly expiresAt: Time } | undefined;
  #flight: Promise<string> | undefined;

  constructor(clientId: string, endpoint: IdentityEndpoint | undefined, access: ManagedIdentityAccess) {
    this.#clientId = clientId;
    this.#endpoint = endpoint;
    this.#access = access;
  }

  /** Cheap while a token lasts: MSAL asks before every call, also when it answers from its cache. */
  token(): Promise<string> {
    const kept = this.#token;
    if (kept !== undefined && kept.expiresAt - RENEW_BEFORE > this.#access.clock.now())
      return Promise.resolve(kept.text);
    this.#flight ??= this.#ask().finally(() => {
      this.#flight = undefined;
    });
    return this.#flight;
  }

  async #ask(): Promise<string> {
    const answer = await this.#access.net.request(this.#request());
    if (!answer.ok) throw unavailable(answer.why);
    if (passes(answer.status)) throw unavailable(String(answer.status));
    const token = issued.safeParse(answer.status === 200 ? readJson(answer.text) : undefined);
    if (!token.success) {
      const code = `managed-identity-${answer.status}`;
      throw new CredentialFault('misconfigured', code, 'the managed identity gives no token');
    }
    this.#token = { text: token.data.access_token, expiresAt: token.data.expires_on * SECOND };
    return this.#token.text;
  }

  #request(): NetRequest {
    const identity = { resource: AUDIENCE, client_id: this.#clientId };
    const endpoint = this.#endpoint;
    if (endpoint === undefined) {
      const query = new URLSearchParams({ 'api-version': '2018-02-01', ...identity });
      const url = `${this.#access.machineUrl ?? MACHINE_URL}/metadata/identity/oauth2/token?${query.toString()}`;
      return { url, method: 'GET', headers: { Metadata: 'true' }, timeoutMs: TIMEOUT };
    }
    const query = new URLSearchParams({ 'api-version': '2019-08-01', ...identity });
    const headers = { 'X-IDENTITY-HEADER': endpoint.header };
    return { url: `${endpoint.url}?${query.toString()}`, method: 'GET', headers, timeoutMs: TIMEOUT };
  }
}

/** A machine answers 404 and 410 while its identity is being set up. */
function passes(status: number): boolean {
  return status === 404 || status === 410 || status === 429 || status >= 500;
}

function unavailable(code: string): CredentialFault {
  return new CredentialFault('unavailable', `managed-identity-${code}`, 'the managed identity does not answer');
}
