import type { ConfidentialClientApplication } from '@azure/msal-node';
import type { Time } from '../scan/ids.ts';
import { answered } from '../scan/refusal.ts';
import type { Answer } from '../scan/refusal.ts';
import { MINUTE } from '../scan/time.ts';
import { msalClient } from './msal-client.ts';
import type { MsalAccess } from './msal-client.ts';
import { EntraNetwork } from './network-client.ts';
import { tokenIn, tokenRefusal } from './refusals.ts';

export interface AppTokenScopes {
  /** Public cloud: `https://api.botframework.com/.default`. */
  readonly connectorScope: string;
  readonly defenderAudience: string;
}

/** Every message takes one. MSAL hands out none that ends within five minutes, so that this much longer is safe. */
const KEPT_FOR = MINUTE;

interface Kept {
  readonly token: string;
  readonly since: Time;
}

/** Tokens of the app itself: to speak to Teams, and to read the endings of scans. Never to start one. */
export class AppTokens {
  readonly #access: MsalAccess;
  readonly #scopes: AppTokenScopes;
  readonly #network: EntraNetwork;
  readonly #client: ConfidentialClientApplication;
  readonly #flights = new Map<string, Promise<Answer<string>>>();
  readonly #kept = new Map<string, Kept>();

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
    const kept = fresh ? undefined : this.#lately(scope);
    if (kept !== undefined) return Promise.resolve(answered(kept));
    const key = `${scope} ${String(fresh)}`;
    const running = this.#flights.get(key);
    if (running !== undefined) return running;
    const flight = this.#acquire(scope, fresh).finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }

  #lately(scope: string): string | undefined {
    const { token, since = Infinity } = this.#kept.get(scope) ?? {};
    const age = this.#access.entra.clock.now() - since;
    return age >= 0 && age < KEPT_FOR ? token : undefined;
  }

  async #acquire(scope: string, fresh: boolean): Promise<Answer<string>> {
    try {
      const since = this.#access.entra.clock.now();
      const result = await this.#client.acquireTokenByClientCredential({ scopes: [scope], skipCache: fresh });
      const answer = tokenIn(result);
      if (answer.ok) this.#kept.set(scope, { token: answer.value, since });
      return answer;
    } catch (fault) {
      const answer = tokenRefusal(fault, this.#network.retryAt());
      this.#access.entra.log.error({ scope, ...answer.refusal }, 'Entra gave the app no token');
      return answer;
    }
  }
}
