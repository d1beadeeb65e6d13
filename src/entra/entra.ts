import { AppTokens } from './app-tokens.ts';
import type { AppTokenScopes } from './app-tokens.ts';
import { AssertionGuard } from './assertion.ts';
import type { AppRegistration } from './authority.ts';
import { authOf } from './credential.ts';
import type { Credential } from './credential.ts';
import type { EntraAccess } from './network-client.ts';
import { DefenderTokens } from './on-behalf-of.ts';
import type { DefenderTokenNeeds } from './on-behalf-of.ts';

export interface EntraSettings {
  readonly app: AppRegistration;
  readonly credential: Credential;
  readonly scopes: AppTokenScopes & { readonly graphAudience: string };
}

export type KeptSignIns = Pick<DefenderTokenNeeds, 'assertionOf' | 'signOut'>;

export interface Entra {
  readonly appTokens: AppTokens;
  /** Needs to know where a person's sign-in is kept: that is not Entra's matter. */
  defenderTokens(kept: KeptSignIns): DefenderTokens;
}

/** The room's front door: one credential, shared by the app's own tokens and the people's. Throws `CredentialFault`. */
export function openEntra(settings: EntraSettings, access: EntraAccess): Entra {
  const msal = { app: settings.app, credential: authOf(settings.credential, access), entra: access };
  const guard = new AssertionGuard(settings.app, access.net, access.clock);
  const { defenderAudience: audience, graphAudience } = settings.scopes;
  return {
    appTokens: new AppTokens(msal, settings.scopes),
    defenderTokens: (kept) => new DefenderTokens({ msal, audience, graphAudience, guard, ...kept }),
  };
}
