import { z } from 'zod';
import { json, type HttpAnswer, type HttpCall, type HttpRoute } from '../http.ts';
import type { Moods } from './moods.ts';
import { connectorError } from './outbound.ts';
import { expiryOf, type SignIns, type TokenKey } from './sign-ins.ts';

const state = z.looseObject({
  connectionName: z.string(),
  msAppId: z.string().nullish(),
  conversation: z.looseObject({
    channelId: z.string().nullish(),
    user: z.looseObject({ id: z.string() }),
  }),
});

const exchanged = z.looseObject({ token: z.string() });

/** The Bot Framework Token Service as a bot calls it. */
export class TokenRoutes {
  readonly #signIns: SignIns;
  readonly #moods: Moods;

  constructor(signIns: SignIns, moods: Moods) {
    this.#signIns = signIns;
    this.#moods = moods;
  }

  routes(): readonly HttpRoute[] {
    const answers: readonly (readonly [string, string, (call: HttpCall) => HttpAnswer | Promise<HttpAnswer>])[] = [
      ['GET', '/api/usertoken/GetToken', (call) => this.#get(call)],
      ['POST', '/api/usertoken/exchange', (call) => this.#exchange(call)],
      ['DELETE', '/api/usertoken/SignOut', (call) => this.#signOut(call)],
      ['GET', '/api/usertoken/GetTokenStatus', (call) => this.#status(call)],
      ['GET', '/api/botsignin/GetSignInResource', (call) => this.#open(call)],
    ];
    return answers.map(([method, path, act]) => ({
      method,
      path,
      answer: (call) => this.#moods.metTokens(() => act(call)),
    }));
  }

  async #get(call: HttpCall): Promise<HttpAnswer> {
    const key = keyIn(call);
    const token = await this.#found(key, call.query.get('code') ?? undefined);
    return token === undefined ? json(404) : tokenAnswer(key, token);
  }

  async #found(key: TokenKey, code: string | undefined): Promise<string | undefined> {
    switch (this.#moods.tokens.kind) {
      case 'forgets':
        return undefined;
      case 'stale':
        return this.#signIns.stale(key);
      case 'well':
      case 'slow':
      case 'fails':
      case 'wants-consent':
      case 'silent':
        return code === undefined ? this.#signIns.token(key) : this.#signIns.redeem(key, code);
    }
  }

  async #exchange(call: HttpCall): Promise<HttpAnswer> {
    const body = exchanged.safeParse(call.body);
    if (!body.success) return connectorError(400, 'BadArgument', 'A token is missing.');
    if (this.#moods.tokens.kind === 'wants-consent') {
      return connectorError(400, 'BadArgument', 'AADSTS65001: nobody has consented to the use of this application.');
    }
    const key = keyIn(call);
    const token = await this.#signIns.exchange(key, body.data.token);
    return token === undefined
      ? connectorError(400, 'BadArgument', 'The token is not for this bot.')
      : tokenAnswer(key, token);
  }

  #signOut(call: HttpCall): HttpAnswer {
    const { userId, channelId, connectionName } = keyIn(call);
    this.#signIns.signOut(userId, channelId, connectionName === '' ? undefined : connectionName);
    return json(200);
  }

  #status(call: HttpCall): HttpAnswer {
    const { connectionName } = this.#signIns;
    const include = call.query.get('include') ?? '';
    if (include !== '' && !include.split(',').includes(connectionName)) return json(200, []);
    const hasToken = this.#signIns.has({ ...keyIn(call), connectionName });
    const serviceProviderDisplayName = 'Azure Active Directory v2';
    return json(200, [{ channelId: keyIn(call).channelId, connectionName, hasToken, serviceProviderDisplayName }]);
  }

  #open(call: HttpCall): HttpAnswer {
    const read = state.safeParse(stateIn(call));
    if (!read.success) return connectorError(400, 'BadArgument', 'The state cannot be read.');
    const { connectionName, conversation, msAppId } = read.data;
    if (connectionName !== this.#signIns.connectionName) {
      return connectorError(400, 'BadArgument', `There is no connection ${connectionName}.`);
    }
    const key = { userId: conversation.user.id, channelId: conversation.channelId ?? 'msteams', connectionName };
    return json(200, this.#signIns.open(key, typeof msAppId === 'string' && msAppId !== ''));
  }
}

function keyIn(call: HttpCall): TokenKey {
  return {
    userId: call.query.get('userId') ?? '',
    channelId: call.query.get('channelId') ?? '',
    connectionName: call.query.get('connectionName') ?? '',
  };
}

function stateIn(call: HttpCall): unknown {
  try {
    return JSON.parse(Buffer.from(call.query.get('state') ?? '', 'base64').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function tokenAnswer(key: TokenKey, token: string): HttpAnswer {
  const { channelId, connectionName } = key;
  return json(200, { channelId, connectionName, token, expiration: new Date(expiryOf(token)).toISOString() });
}
