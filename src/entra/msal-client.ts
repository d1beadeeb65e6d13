import { ConfidentialClientApplication } from '@azure/msal-node';
import { authorityUrl } from './authority.ts';
import type { AppRegistration } from './authority.ts';
import type { CredentialAuth } from './credential.ts';
import type { EntraAccess, EntraNetwork } from './network-client.ts';

export interface MsalAccess {
  readonly app: AppRegistration;
  readonly credential: CredentialAuth;
  readonly entra: EntraAccess;
}

/** A client with a cache of its own. Naming the host as known keeps MSAL from asking the public cloud about it. */
export function msalClient(access: MsalAccess, network: EntraNetwork): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId: access.app.appId,
      authority: authorityUrl(access.app),
      knownAuthorities: [new URL(access.app.loginUrl).host],
      ...access.credential,
    },
    system: { networkClient: network, disableInternalRetries: true },
  });
}
