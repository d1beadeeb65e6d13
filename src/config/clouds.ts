export type CloudName = 'public' | 'gcc' | 'gcchigh' | 'dod';

/** Where Microsoft keeps each service in one of its clouds. */
export interface Cloud {
  readonly loginUrl: string;
  readonly defenderUrl: string;
  /** What a Defender token is asked for. Not the host: `api.security.microsoft.com` as a resource is another product. */
  readonly defenderAudience: string;
  /** Microsoft Graph: where it is, and what its tokens are asked for. */
  readonly graphUrl: string;
  readonly openIdMetadataUrl: string;
  readonly botIssuer: string;
  readonly connectorScope: string;
  readonly tokenServiceUrl: string;
  /** Where the sign-in window opens: the manifest's valid domain and the host of the redirect address. */
  readonly signInHost: string;
  readonly serviceHosts: readonly string[];
  readonly portalUrl: string;
}

const WORLDWIDE_BOTS = {
  loginUrl: 'https://login.microsoftonline.com',
  graphUrl: 'https://graph.microsoft.com',
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  botIssuer: 'https://api.botframework.com',
  connectorScope: 'https://api.botframework.com',
  tokenServiceUrl: 'https://api.botframework.com',
  signInHost: 'token.botframework.com',
  portalUrl: 'https://security.microsoft.com',
} as const;

const GOVERNMENT_BOTS = {
  loginUrl: 'https://login.microsoftonline.us',
  openIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  botIssuer: 'https://api.botframework.us',
  connectorScope: 'https://api.botframework.us',
  defenderUrl: 'https://api-gov.securitycenter.microsoft.us',
  defenderAudience: 'https://api-gov.securitycenter.microsoft.us',
} as const;

export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: {
    ...WORLDWIDE_BOTS,
    defenderUrl: 'https://api.security.microsoft.com',
    defenderAudience: 'https://api.securitycenter.microsoft.com',
    serviceHosts: ['smba.trafficmanager.net', 'smba.onyx.prod.teams.trafficmanager.net'],
  },
  // A GCC bot is registered in worldwide Azure; Teams may name the worldwide host or its own.
  gcc: {
    ...WORLDWIDE_BOTS,
    defenderUrl: 'https://api-gcc.securitycenter.microsoft.us',
    defenderAudience: 'https://api-gcc.securitycenter.microsoft.us',
    serviceHosts: ['smba.infra.gcc.teams.microsoft.com', 'smba.trafficmanager.net'],
  },
  gcchigh: {
    ...GOVERNMENT_BOTS,
    graphUrl: 'https://graph.microsoft.us',
    tokenServiceUrl: 'https://tokengcch.botframework.azure.us',
    signInHost: 'tokengcch.botframework.azure.us',
    serviceHosts: ['smba.infra.gov.teams.microsoft.us'],
    portalUrl: 'https://security.microsoft.us',
  },
  dod: {
    ...GOVERNMENT_BOTS,
    graphUrl: 'https://dod-graph.microsoft.us',
    tokenServiceUrl: 'https://apidod.botframework.azure.us',
    signInHost: 'apidod.botframework.azure.us',
    serviceHosts: ['smba.infra.dod.teams.microsoft.us'],
    portalUrl: 'https://security.apps.mil',
  },
};

export const CLOUD_NAMES = ['public', 'gcc', 'gcchigh', 'dod'] as const satisfies readonly CloudName[];

/** Nearer hosts of the public cloud. Not all of them are audiences: the token stays the global one. */
export const REGIONS = ['us', 'eu', 'uk', 'au', 'swa', 'ina'] as const;
export type Region = (typeof REGIONS)[number];

export function regionalDefenderUrl(region: Region): string {
  return `https://${region}.api.security.microsoft.com`;
}
