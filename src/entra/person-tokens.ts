import { InteractionRequiredAuthError } from '@azure/msal-node';
import type { AccountInfo, ConfidentialClientApplication } from '@azure/msal-node';
import type { Answer } from '../scan/refusal.ts';
import type { Assertion } from './assertion.ts';
import { msalClient } from './msal-client.ts';
import type { MsalAccess } from './msal-client.ts';
import { EntraNetwork } from './network-client.ts';
import { tokenIn, tokenRefusal } from './refusals.ts';

export interface TokenRequest {
  readonly scopes: readonly string[];
  /** Past every cache. */
  readonly fresh: boolean;
}

/**
 * One person's client: their cache, their refresh token and their throttling by Entra are nobody else's.
 * MSAL remembers a 429 without the person, and would serve any account that it holds.
 */
export class PersonTokens {
  readonly #access: MsalAccess;
  readonly #network: EntraNetwork;
  #client: ConfidentialClientApplication;
  #account: AccountInfo | undefined;
  #assertion: Assertion | undefined;
  /** Given to Entra last. */
  #tried: Assertion | undefined;

  constructor(access: MsalAccess) {
    this.#access = access;
    this.#network = new EntraNetwork(access.entra);
    this.#client = msalClient(access, this.#network);
  }

  get assertion(): Assertion | undefined {
    return this.#assertion;
  }

  remember(assertion: Assertion): void {
    this.#assertion = assertion;
  }

  /** The sign-in is over: what came of it is not used again. One that came meanwhile stays. */
  drop(): void {
    this.#client = msalClient(this.#access, this.#network);
    this.#account = undefined;
    if (this.#assertion === this.#tried) this.#assertion = undefined;
  }

  /** From memory, or renewed by the refresh token; `undefined` when there is neither. */
  async silent(request: TokenRequest): Promise<Answer<string> | undefined> {
    const account = this.#account;
    if (account === undefined) return undefined;
    try {
      const result = await this.#client.acquireTokenSilent({
        account,
        scopes: [...request.scopes],
        forceRefresh: request.fresh,
      });
      return tokenIn(result);
    } catch (fault) {
      return isNothingKept(fault) ? undefined : tokenRefusal(fault, this.#network.retryAt());
    }
  }

  async onBehalfOf(assertion: Assertion, request: TokenRequest): Promise<Answer<string>> {
    this.#tried = assertion;
    try {
      const result = await this.#client.acquireTokenOnBehalfOf({
        oboAssertion: assertion.token,
        scopes: [...request.scopes],
        skipCache: request.fresh,
      });
      // Missing from an answer out of the cache: the first one is kept.
      this.#account = result?.account ?? this.#account;
      return tokenIn(result);
    } catch (fault) {
      return tokenRefusal(fault, this.#network.retryAt());
    }
  }
}

function isNothingKept(fault: unknown): boolean {
  if (!(fault instanceof InteractionRequiredAuthError)) return false;
  return fault.errorCode === 'no_tokens_found' || fault.errorCode === 'refresh_token_expired';
}
