import type { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import type { SandboxPerson } from '../../src/sandbox/person.ts';
import type { ChannelKeys } from '../../src/sandbox/teams/channel-keys.ts';
import { APP_ID, TENANT } from '../../test/support/cast.ts';
import type { Reply, Wire, WireCall } from './wire.ts';

const OK = 200;

/** Takes every message at once. */
export function connectorWire(posted: (path: string, body: string) => void): Wire {
  let nth = 0;
  return {
    prefix: '/amer/',
    answer: ({ method, path, text }) => {
      if (method === 'POST' || method === 'PUT') posted(path, text);
      nth += 1;
      return { status: 201, body: `{"id":"${1_700_000_000_000 + nth}"}` };
    },
  };
}

/** Everybody is signed in. */
export function tokenWire(entra: EntraStandIn, people: readonly SandboxPerson[]): Wire {
  const byTeamsId = new Map(people.map((person) => [person.teamsId, person]));
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = ({ oid }: SandboxPerson): Promise<string> => {
    const known = tokens.get(oid) ?? entra.assertionFor(oid);
    tokens.set(oid, known);
    return known;
  };
  return {
    prefix: '/api/usertoken/',
    answer: async ({ path }) => {
      const query = new URL(path, 'http://127.0.0.1').searchParams;
      const person = byTeamsId.get(query.get('userId') ?? '');
      if (person === undefined) return { status: 404, body: {} };
      const common = { channelId: 'msteams', connectionName: query.get('connectionName') ?? '' };
      return { status: OK, body: { ...common, token: await tokenOf(person) } };
    },
  };
}

/** The channel's keys where the Bot Framework has them, and where an Entra tenant would. */
export function keysWire(keys: ChannelKeys, origin: () => string): Wire {
  const answer = async (call: WireCall): Promise<Reply | undefined> => {
    const path = call.path.endsWith('/discovery/v2.0/keys') ? '/v1/.well-known/keys' : call.path;
    const route = keys.routes(origin).find((one) => one.path === path);
    const given = await route?.answer({
      ...call,
      path,
      params: {},
      query: new URLSearchParams(),
      headers: {},
      body: {},
    });
    return given?.kind === 'json' ? { status: OK, body: given.body as object } : undefined;
  };
  return { prefix: '/', answer };
}

/** Tokens of the channel for this bot, many at a time as in use; `entra` as another issuer would name itself. */
export function channelTokens(
  keys: ChannelKeys,
  { serviceUrl, count, entra }: { readonly serviceUrl: string; readonly count: number; readonly entra: boolean },
): Promise<readonly string[]> {
  const issuer = entra ? { iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, tid: TENANT } : {};
  const claims = (nth: number): object => ({ aud: APP_ID, serviceurl: serviceUrl, jti: String(nth), ...issuer });
  return Promise.all(Array.from({ length: count }, (_, nth) => keys.sign({ ...claims(nth) })));
}
