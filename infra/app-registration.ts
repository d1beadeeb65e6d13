import { CLOUDS } from '../src/config/clouds.ts';
import type { CloudName } from '../src/config/clouds.ts';

/** Teams on desktop and mobile, and Teams in the browser. */
const TEAMS_CLIENTS = ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'] as const;

const DEFENDER = 'fc780465-2017-40d4-a0c5-307022471b92';
const GRAPH = '00000003-0000-0000-c000-000000000000';
const GRAPH_USER_READ = 'e1fe6dd8-ba31-4d61-89e7-88639da4683d';

const DEFENDER_DELEGATED = {
  'Machine.Scan': 'b4618115-647e-42a5-bd0d-0ea9878fb376',
  'Machine.Read': 'fbd3d33a-b1f5-4573-906c-51b39682fbcf',
  'Alert.Read': 'b2069dc0-9fe9-4e6d-9aca-ccf3dd503819',
  'AdvancedQuery.Read': '1fb6e712-1bd9-4184-b1c0-5e71e759196b',
} as const;
const MACHINE_READ_ALL = 'ea8291d3-4b9a-44b5-bc3a-6cea3026dc79';

export interface Wishes {
  readonly name: string;
  readonly cloud: CloudName;
  /** The app's own right to follow scans: for STATUS_READER=application. */
  readonly readsStatusItself: boolean;
}

export interface Access {
  readonly resourceAppId: string;
  readonly resourceAccess: readonly { readonly id: string; readonly type: string }[];
}

/** What there is already, and stays: an administrator may have added to it. */
export interface Present {
  readonly redirectUris: readonly string[];
  readonly access: readonly Access[];
}

const NOTHING: Present = { redirectUris: [], access: [] };

/** A new registration, as Microsoft Graph wants it. The addresses that hold its id come afterwards. */
export function newRegistration(wishes: Wishes): object {
  return { displayName: wishes.name, ...settings(wishes) };
}

/** What the bot needs of one, whatever it is called. */
export function settings(wishes: Wishes, present = NOTHING): object {
  return {
    signInAudience: 'AzureADMyOrg',
    isFallbackPublicClient: false,
    web: webOf(wishes.cloud, present.redirectUris),
    spa: { redirectUris: [] },
    publicClient: { redirectUris: [] },
    api: { requestedAccessTokenVersion: 2 },
    requiredResourceAccess: together([...present.access, ...permissionsOf(wishes)]),
  };
}

/** No implicit grant and no public client: with one of them anybody could obtain a token in the name of the bot. */
function webOf(cloud: CloudName, present: readonly string[]): object {
  const own = `https://${CLOUDS[cloud].signInHost}/.auth/web/redirect`;
  return {
    redirectUris: [...new Set([...present, own])],
    implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
  };
}

function permissionsOf({ readsStatusItself }: Wishes): readonly Access[] {
  const delegated = Object.values(DEFENDER_DELEGATED).map((id) => ({ id, type: 'Scope' }));
  const own = readsStatusItself ? [{ id: MACHINE_READ_ALL, type: 'Role' }] : [];
  return [
    { resourceAppId: DEFENDER, resourceAccess: [...delegated, ...own] },
    { resourceAppId: GRAPH, resourceAccess: [{ id: GRAPH_USER_READ, type: 'Scope' }] },
  ];
}

/** Each resource once, with everything that is asked of it. */
function together(all: readonly Access[]): readonly Access[] {
  const resources = [...new Set(all.map(({ resourceAppId }) => resourceAppId))];
  return resources.map((resourceAppId) => {
    const asked = all.filter((one) => one.resourceAppId === resourceAppId).flatMap((one) => one.resourceAccess);
    const resourceAccess = [...new Map(asked.map((one) => [`${one.type} ${one.id}`, one])).values()];
    return { resourceAppId, resourceAccess };
  });
}

/** What Teams asks a token for. The id of the scope is kept when there is one already, and so are other scopes. */
export function exposedApi(appId: string, scopeId: string, others: readonly object[] = []): object {
  return {
    identifierUris: [`api://botid-${appId}`],
    api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [...others, accessAsUser(scopeId)] },
  };
}

function accessAsUser(id: string): object {
  return {
    id,
    value: 'access_as_user',
    type: 'User',
    isEnabled: true,
    adminConsentDisplayName: 'Use Scan Bot as the signed-in person',
    adminConsentDescription:
      'Lets Teams pass a sign-in to Scan Bot, so that scans run in the name of the person who asked.',
    userConsentDisplayName: 'Use Scan Bot in your name',
    userConsentDescription: 'Lets Teams pass your sign-in to Scan Bot, so that scans run in your name.',
  };
}

/** Teams may ask for that token without a question to each person. Only accepted once the scope exists. */
export function trustInTeams(scopeId: string): object {
  const preAuthorizedApplications = TEAMS_CLIENTS.map((appId) => ({ appId, delegatedPermissionIds: [scopeId] }));
  return { api: { preAuthorizedApplications } };
}

/** The managed identity of the bot may speak for the app: no secret anywhere. */
export function trustInIdentity(cloud: CloudName, tenantId: string, principalId: string): object {
  return {
    name: `scan-bot-${principalId}`,
    issuer: `${CLOUDS[cloud].loginUrl}/${tenantId}/v2.0`,
    subject: principalId,
    audiences: [AUDIENCES[cloud]],
    description: 'The managed identity that Scan Bot runs as',
  };
}

const AUDIENCES: Readonly<Record<CloudName, string>> = {
  public: 'api://AzureADTokenExchange',
  gcc: 'api://AzureADTokenExchange',
  gcchigh: 'api://AzureADTokenExchangeUSGov',
  dod: 'api://AzureADTokenExchangeUSGov',
};
