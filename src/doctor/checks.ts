import type { Config } from '../config.ts';
import { applicationPermissionCheck, behindToken, connectorTokenCheck, exposedApiCheck } from './checks/app-tokens.ts';
import { clockCheck } from './checks/clock.ts';
import { connectionCheck } from './checks/connection.ts';
import { hostCheck } from './checks/hosts.ts';
import { metadataCheck } from './checks/metadata.ts';
import { packageCheck } from './checks/package.ts';
import { defenderCheck, delegatedCheck, groupsCheck, signInCheck } from './checks/person.ts';
import { regionCheck } from './checks/regions.ts';
import { databaseCheck, diskCheck } from './checks/storage.ts';
import type { Check } from './finding.ts';
import type { Instruments } from './instruments.ts';
import { namesGroups } from './named-groups.ts';

/** Everything that is looked at, from the ground up: who mends from the top mends the causes first. */
export function checksFor(config: Config, instruments: Instruments): readonly Check[] {
  const { net, clock, appTokens, askConnection, signedIn, storeWords, manifestIn, packageFile } = instruments;
  const { endpoints, tenantId } = config;
  const entraMetadata = `${endpoints.loginUrl}/${tenantId}/v2.0/.well-known/openid-configuration`;
  return [
    diskCheck(config.storage),
    databaseCheck(config.storage, storeWords),
    ...hostsOf(config).map(([what, address]) => hostCheck(what, address)),
    clockCheck(entraMetadata, net, clock),
    metadataCheck('keys of Teams', endpoints.openIdMetadataUrl, net, endpoints.botIssuer),
    metadataCheck('keys of Entra', entraMetadata, net),
    connectorTokenCheck(config, appTokens),
    behindToken(exposedApiCheck(config, appTokens), appTokens),
    behindToken(connectionCheck(config, askConnection), appTokens),
    applicationPermissionCheck(config, appTokens),
    signInCheck(config, signedIn),
    delegatedCheck('scan', ['Machine.Scan', 'Machine.Read'], signedIn),
    delegatedCheck('alerts', ['Alert.Read'], signedIn),
    delegatedCheck('hunting', ['AdvancedQuery.Read'], signedIn),
    groupsCheck(config, signedIn),
    defenderCheck(signedIn),
    regionCheck(config),
    packageCheck(config, packageFile, manifestIn),
  ];
}

/** Graph and a collector only where the bot calls them. */
function hostsOf(config: Config): readonly (readonly [string, string])[] {
  const { endpoints, tracesEndpoint } = config;
  const scheme = (host: string): string => (/^(localhost|127\.|\[::1\])/.test(host) ? 'http' : 'https');
  return [
    ['Entra', endpoints.loginUrl],
    ['Defender', endpoints.defenderUrl],
    ['Bot Framework', endpoints.openIdMetadataUrl],
    ['Token Service', endpoints.tokenServiceUrl],
    ...(namesGroups(config) ? [['Graph', endpoints.graphUrl] as const] : []),
    ...endpoints.serviceHosts.map((host) => ['Teams', `${scheme(host)}://${host}`] as const),
    ...(tracesEndpoint === undefined ? [] : [['traces', tracesEndpoint] as const]),
  ];
}
