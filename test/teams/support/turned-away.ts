import { activity, ALICE, APP_ID, inChannel, invoke, message, SERVICE_URL, TENANT } from './activities.ts';
import { ISSUER, unsigned } from './channel.ts';
import type { Channel } from './channel.ts';

export interface Attempt {
  readonly name: string;
  readonly status: number;
  /** The word our own log has for it; none where the door was not reached. */
  readonly why?: string;
  readonly body?: unknown;
  /** The whole header. */
  readonly authorization?: (channel: Channel) => Promise<string> | string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const OTHER = 'deadbeef-9999-4999-8999-999999999999';
const NOW = Math.floor(Date.now() / 1000);
/** Far enough that a long run of all tests does not reach it. */
const DAY_SECONDS = 24 * 60 * 60;

function claims(of: Json, header: Json = {}, signer = 'good'): Pick<Attempt, 'authorization'> {
  return { authorization: async (channel) => `Bearer ${await channel.token(of, header, signer)}` };
}

function bare(header: Json, of: Json = {}): Pick<Attempt, 'authorization'> {
  const good = { iss: ISSUER, aud: APP_ID, serviceurl: SERVICE_URL, exp: NOW + 3600, ...of };
  return { authorization: () => `Bearer ${unsigned(header, good)}` };
}

function token(name: string, how: Pick<Attempt, 'authorization'>, why = 'token'): Attempt {
  return { name, status: 401, why, ...how };
}

function body(name: string, of: unknown, status: number, why: string): Attempt {
  return { name, body: of, status, why };
}

const EMULATOR = { ver: '1.0', appid: APP_ID, aud: ISSUER, iss: `https://sts.windows.net/${OTHER}/`, tid: OTHER };
const ASSERTION = {
  ver: '2.0',
  azp: APP_ID,
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  tid: TENANT,
  scp: 'access_as_user',
};
const TEAMS_CLIENT = '1fec8e78-bce4-4aaf-ab1b-5451cc387264';
const foreign = { conversation: { id: 'a:x', tenantId: OTHER }, channelData: { tenant: { id: TENANT } } };

const TOKENS: readonly Attempt[] = [
  token('no token', { authorization: () => undefined }, 'no-bearer'),
  token('an empty header', { authorization: () => ' ' }, 'no-bearer'),
  token('garbage', { authorization: () => 'Bearer garbage' }, 'no-bearer'),
  token('three parts of garbage', { authorization: () => 'Bearer gar.ba.ge' }),
  token('another scheme', { authorization: async (channel) => `bearer ${await channel.token()}` }, 'no-bearer'),
  token('a token and more', { authorization: async (channel) => `Bearer ${await channel.token()} x` }, 'no-bearer'),
  token('a signature by a key of their own', claims({}, { kid: 'good' }, 'forged')),
  token('a signature by nobody', bare({ alg: 'RS256', kid: 'good' })),
  token('alg none', bare({ alg: 'none' })),
  token('alg HS256', bare({ alg: 'HS256', kid: 'good' })),
  token('another way to sign', claims({}, { alg: 'RS384' })),
  token('an unknown key', claims({}, {}, 'forged')),
  token('no key named', claims({}, { kid: undefined })),
  token('a key without endorsements', claims({}, {}, 'unendorsed')),
  token('a key endorsed for another channel', claims({}, {}, 'other-channel')),
  token('another audience', claims({ aud: OTHER })),
  token('a list of audiences', claims({ aud: [APP_ID, OTHER] }), 'audience'),
  token('no audience', claims({ aud: undefined })),
  token('another issuer', claims({ iss: 'https://api.botframework.us' })),
  token('no issuer', claims({ iss: undefined })),
  token('an expired token', claims({ exp: NOW - 400, nbf: NOW - 4000 })),
  token('a token without an end', claims({ exp: undefined })),
  token('a token of the future', claims({ nbf: NOW + DAY_SECONDS })),
  token(
    'a token for another service address',
    claims({ serviceurl: 'https://smba.trafficmanager.net/amer/' }),
    'service-url-claim',
  ),
  token('a token without a service address', claims({ serviceurl: undefined })),
  token('an emulator token of any tenant', claims(EMULATOR)),
  token('a connector token of the bot itself', claims({ ...EMULATOR, aud: APP_ID })),
  token('the sign-in of a person', claims(ASSERTION)),
  token('the sign-in of a person, by the Teams client', claims({ ...ASSERTION, azp: TEAMS_CLIENT })),
  token('a Defender token', claims({ ...EMULATOR, aud: 'https://api.securitycenter.microsoft.com' })),
  token('a skill token', claims({ ver: '2.0', azp: OTHER, iss: `https://sts.windows.net/${TENANT}/` })),
];

const ASE = message('help', { channelId: 'AseChannel' });

const BODIES: readonly Attempt[] = [
  { ...body('the sign-in of a person for the App Service channel', ASE, 401, 'token'), ...claims(ASSERTION) },
  body('the App Service channel', ASE, 401, 'not-teams'),
  body('the emulator as channel', message('help', { channelId: 'emulator' }), 401, 'not-teams'),
  body('another channel', message('help', { channelId: 'webchat' }), 401, 'not-teams'),
  body('a channel beside Teams', message('help', { channelId: 'msteams:x' }), 401, 'not-teams'),
  body('no channel', message('help', { channelId: undefined }), 401, 'not-teams'),
  body('no service address', message('help', { serviceUrl: undefined }), 401, 'not-teams'),
  body('an empty service address', message('help', { serviceUrl: '' }), 401, 'service-url'),
  {
    ...body(
      'a service address of an attacker',
      message('help', { serviceUrl: 'https://attacker.example/' }),
      401,
      'service-url',
    ),
    ...claims({ serviceurl: 'https://attacker.example/' }),
  },
  {
    ...body(
      'a service address without TLS',
      message('help', { serviceUrl: SERVICE_URL.replace('https', 'http') }),
      401,
      'service-url',
    ),
    ...claims({ serviceurl: SERVICE_URL.replace('https', 'http') }),
  },
  body('no type', message('help', { type: undefined }), 400, 'no-type'),
  body('an object of nothing', {}, 401, 'not-teams'),
  body('another tenant in the conversation', message('help', foreign), 403, 'tenant'),
  body(
    'another tenant in the channel data',
    message('help', { channelData: { tenant: { id: OTHER } } }),
    403,
    'tenant',
  ),
  body('a tenant that is no text', message('help', { channelData: { tenant: { id: [TENANT] } } }), 403, 'tenant'),
  body('no tenant at all', message('help', { conversation: { id: 'a:x' }, channelData: {} }), 403, 'tenant'),
  body('another tenant installing', activity('installationUpdate', { action: 'add', ...foreign }), 403, 'tenant'),
  body('another tenant adding the bot', inChannel('conversationUpdate', foreign), 403, 'tenant'),
  body('a message of nobody', message('help', { from: undefined }), 403, 'no-person'),
  body('a message of a guest without an id', message('help', { from: { id: '29:x', name: 'Boss' } }), 403, 'no-person'),
  body(
    'a press of a name',
    invoke('adaptiveCard/action', {}, { from: { ...ALICE, aadObjectId: 'boss' } }),
    403,
    'no-person',
  ),
];

const WIRE: readonly Attempt[] = [
  { name: 'broken JSON', status: 400, body: '{"type":' },
  { name: 'broken JSON of nobody', status: 401, why: 'no-bearer', body: '{"type":', authorization: () => undefined },
  { name: 'a text', status: 400, body: '"help"' },
  { name: 'a list', status: 400, body: '[{}]' },
  { name: 'null', status: 400, body: 'null' },
  { name: 'nothing', status: 400, body: '' },
  { name: 'a list of nobody', status: 401, why: 'no-bearer', body: '[]', authorization: () => 'Basic eDp5' },
  { name: 'a body over 256 KiB', status: 413, body: JSON.stringify({ text: 'x'.repeat(256 * 1024) }) },
  { name: 'a body over 256 KiB of nobody', status: 413, body: 'x'.repeat(300_000), authorization: () => undefined },
];

/** Everything that must not come in, and what it is told. */
export const TURNED_AWAY: readonly Attempt[] = [...TOKENS, ...BODIES, ...WIRE];
