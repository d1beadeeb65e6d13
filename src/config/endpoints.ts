import { readAddress } from './address.ts';
import { CLOUDS, CLOUD_NAMES, REGIONS, regionalDefenderUrl } from './clouds.ts';
import type { CloudName } from './clouds.ts';
import type { Environment } from './environment.ts';
import { hasLoopback, readServiceHosts } from './service-hosts.ts';
import type { Variable } from './variables.ts';

export interface Endpoints {
  readonly loginUrl: string;
  readonly defenderUrl: string;
  readonly defenderAudience: string;
  readonly graphUrl: string;
  readonly graphAudience: string;
  readonly openIdMetadataUrl: string;
  readonly botIssuer: string;
  readonly connectorScope: string;
  readonly tokenServiceUrl: string;
  /** `host` or `host:port`, as in the `host` of a URL. */
  readonly serviceHosts: readonly string[];
  readonly portalUrl: string;
}

/** The addresses of the cloud, or those set instead. The audience is never set: it belongs to the cloud. */
export function readEndpoints(env: Environment): { readonly cloud: CloudName; readonly endpoints: Endpoints } {
  const cloud = env.word('CLOUD', CLOUD_NAMES);
  const own = CLOUDS[cloud];
  const loopback = { path: true, loopbackHttp: true };
  const endpoints = {
    loginUrl: readAddress(env, 'ENTRA_LOGIN_URL', { path: false, loopbackHttp: false }) ?? own.loginUrl,
    defenderUrl: readAddress(env, 'DEFENDER_API_URL', loopback) ?? regional(env, cloud) ?? own.defenderUrl,
    defenderAudience: own.defenderAudience,
    graphUrl: readAddress(env, 'GRAPH_API_URL', loopback) ?? own.graphUrl,
    graphAudience: own.graphUrl,
    openIdMetadataUrl: readAddress(env, 'BOT_OPENID_METADATA_URL', loopback) ?? own.openIdMetadataUrl,
    botIssuer: own.botIssuer,
    connectorScope: own.connectorScope,
    tokenServiceUrl: readAddress(env, 'BOT_TOKEN_SERVICE_URL', loopback) ?? own.tokenServiceUrl,
    serviceHosts: readServiceHosts(env) ?? own.serviceHosts,
    portalUrl: own.portalUrl,
  };
  checkRegion(env, cloud);
  return { cloud, endpoints };
}

/** One line about everything that goes without TLS, or none. */
export function warningsAbout(endpoints: Endpoints): readonly string[] {
  const addresses: readonly (readonly [Variable, string])[] = [
    ['DEFENDER_API_URL', endpoints.defenderUrl],
    ['GRAPH_API_URL', endpoints.graphUrl],
    ['BOT_OPENID_METADATA_URL', endpoints.openIdMetadataUrl],
    ['BOT_TOKEN_SERVICE_URL', endpoints.tokenServiceUrl],
  ];
  const plain = addresses.filter(([, url]) => url.startsWith('http:')).map(([variable]) => variable);
  if (hasLoopback(endpoints.serviceHosts)) plain.push('TEAMS_SERVICE_HOSTS');
  if (plain.length === 0) return [];
  return [`Plain http is allowed on this machine's loopback by ${plain.join(', ')}: for trials, never for a tenant.`];
}

function regional(env: Environment, cloud: CloudName): string | undefined {
  const region = REGIONS.find((known) => known === env.text('DEFENDER_REGION'));
  return region === undefined || cloud !== 'public' ? undefined : regionalDefenderUrl(region);
}

function checkRegion(env: Environment, cloud: CloudName): void {
  if (env.optionalWord('DEFENDER_REGION', REGIONS) === undefined) return;
  if (cloud !== 'public') {
    env.fault('DEFENDER_REGION', 'has a meaning in the public cloud only', 'Remove it, or set CLOUD to public.');
  }
  if (env.isSet('DEFENDER_API_URL')) {
    env.fault('DEFENDER_REGION', 'is set together with DEFENDER_API_URL', 'Keep one of the two and remove the other.');
  }
}
