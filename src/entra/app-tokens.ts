import type { ConfidentialClientApplication } from '@azure/msal-node';
import type { Answer } from '../scan/refusal.ts';
import { msalClient } from './msal-client.ts';
import type { MsalAccess } from './msal-client.ts';
import { EntraNetwork } from './network-client.ts';
import { tokenIn, tokenRefusal } from './refusals.ts';

export interface AppTokenScopes {
  /** Public cloud: `https://api.botframework.com/.default`. */
  readonly connectorScope: string;
  readonly defenderAudience: string;
}

/** Tokens of the app itself: to speak to Teams, and to read the endings of scans. Never to start one. */
export class AppTokens {
  readonly #access: MsalAccess;
  readonly #scopes: AppTokenScopes;
  readonly #network: EntraNetwork;
  readonly #client: ConfidentialClientApplication;
  readonly #flights = new Map<string, Promise<Answer<string>>>();

  constructor(access: MsalAccess, scopes: AppTokenScopes) {
    this.#access = access;
    this.#scopes = scopes;
    this.#network = new EntraNetwork(access.entra);
    this.#client = msalClient(access, this.#network);
  }

  connectorToken(options: { readonly fresh?: boolean } = {}): Promise<Answer<string>> {
    return this.#once(this.#scopes.connectorScope, options.fresh === true);
  }

  defenderAppToken(options: { readonly fresh?: boolean } = {}): Promise<Answer<string>> {
    return this.#once(`${this.#scopes.defenderAudience}/.default`, options.fresh === true);
  }

  /** For the app's own API: shows whether it is there, and which version its tokens have. */
  ownApiToken(uri: string): Promise<Answer<string>> {
    return this.#once(`${uri}/.default`, true);
  }

  #once(scope: string, fresh: boolean): Promise<Answer<string>> {
    const key = `${scope} ${String(fresh)}`;
    const running = this.#flights.get(key);
    if (running !== undefined) return running;
    const flight = this.#acquire(scope, fresh).finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }

  async #acquire(scope: string, fresh: boolean): Promise<Answer<string>> {
    try {
      const result = await this.#client.acquireTokenByClientCredential({ scopes: [scope], skipCache: fresh });
      return tokenIn(result);
    } catch (fault) {
      const answer = tokenRefusal(fault, this.#network.retryAt());
      this.#access.entra.log.error({ scope, ...answer.refusal }, 'Entra gave the app no token');
      return answer;
    }
  }
}
