import assert from 'node:assert/strict';
import {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  TeamsInfo,
  type ConversationReference,
  type Response,
  type TurnContext,
} from 'botbuilder';
import type { UserTokenClient } from 'botframework-connector';
import sinon from 'sinon';
import { HttpServer, json, type HttpAnswer, type HttpCall } from '../../../src/sandbox/http.ts';
import { alice, APP_ID, BOT_TOKEN, heading, troupe, type Troupe } from './troupe.ts';

/** The SDK a bot is really made of, against the stand-in: what one sends the other must understand. */
describe('a bot made with botbuilder', () => {
  let all: Troupe;
  let server: HttpServer;
  let adapter: CloudAdapter;
  let turn: (context: TurnContext) => Promise<void>;

  beforeEach(async () => {
    all = await troupe();
    adapter = new CloudAdapter(authentication(all));
    turn = () => Promise.resolve();
    server = await HttpServer.start({
      routes: [{ method: 'POST', path: '/api/messages', answer: (call) => receive(call) }],
    });
    all.teams.botUrl = `${server.url}/api/messages`;
  });

  afterEach(async () => {
    await server.close();
    await all.close();
  });

  const receive = async (call: HttpCall): Promise<HttpAnswer> => {
    const answer: { status: number; body?: unknown } = { status: 500 };
    const response: Response = {
      socket: undefined,
      end: () => undefined,
      header: () => undefined,
      send: (body: unknown) => {
        answer.body = body;
      },
      status: (status: number) => {
        answer.status = status;
      },
    };
    const request = {
      body: call.body as Record<string, unknown>,
      headers: call.headers as Record<string, string[]>,
      method: call.method,
    };
    await adapter.process(request, response, (context) => turn(context));
    return json(answer.status, answer.body);
  };

  const clientIn = (context: TurnContext): UserTokenClient =>
    context.turnState.get<UserTokenClient>(context.adapter[`UserTokenClientKey` as never]);

  it('takes what people say, and refuses a token that is not the channel’s', async () => {
    let turns = 0;
    turn = () => {
      turns += 1;
      return Promise.resolve();
    };
    const { activity, status } = await all.teams.driver.says('alice', 'hello');
    assert.deepEqual([status, turns], [200, 1]);
    // The SDK complains on the console, too.
    const quiet = sinon.stub(console, 'error');
    const bad = [
      await all.teams.signChannelToken({ aud: 'another' }),
      await all.teams.signChannelToken({ serviceurl: 'https://elsewhere.example/' }),
      await all.teams.signChannelToken({}, 'foreign'),
      await all.teams.signChannelToken({}, 'unendorsed'),
      await all.teams.signChannelToken({ exp: 1000 }),
    ];
    for (const token of bad) await all.teams.driver.sends(activity, { token });
    await all.teams.driver.sendsUnsigned(activity);
    quiet.restore();
    assert.equal(turns, 1);
  });

  it('replies, updates and deletes', async () => {
    const card = (title: string): ReturnType<typeof CardFactory.adaptiveCard> =>
      CardFactory.adaptiveCard({ type: 'AdaptiveCard', version: '1.5', body: [heading(title)] });
    turn = async (context) => {
      const id = (await context.sendActivity({ attachments: [card('One')] }))?.id;
      await context.updateActivity({ id: id!, type: 'message', attachments: [card('Two')] });
      const text = await context.sendActivity('soon gone');
      await context.deleteActivity(text!.id);
    };
    assert.equal((await all.teams.driver.says('alice', 'go')).status, 200);
    assert.deepEqual(all.teams.driver.titles(), ['One', 'Two']);
    assert.deepEqual(all.teams.driver.texts(), []);
  });

  it('comes back later into the same thread', async () => {
    let reference: Partial<ConversationReference> = {};
    turn = (context) => {
      const { conversation, serviceUrl, channelId, recipient, from } = context.activity;
      reference = { conversation, serviceUrl, channelId, bot: recipient, user: from };
      return Promise.resolve();
    };
    await all.teams.driver.says('alice', 'go');
    await adapter.continueConversationAsync(APP_ID, reference, async (context) => {
      await context.sendActivity('later');
    });
    assert.deepEqual(all.teams.driver.texts(), ['later']);
  });

  it('reads the roster', async () => {
    let names: readonly string[] = [];
    turn = async (context) => {
      const { members } = await TeamsInfo.getPagedMembers(context);
      names = members.map(({ name }) => name);
      assert.equal((await TeamsInfo.getMember(context, alice.teamsId)).aadObjectId, alice.oid);
    };
    await all.teams.driver.says('alice', 'go', all.teams.driver.groupChat('alice', 'bob'));
    assert.deepEqual(names, ['Alice', 'Bob']);
  });

  it('works with the Token Service', async () => {
    const seen: unknown[] = [];
    turn = async (context) => {
      const tokens = clientIn(context);
      const { id } = context.activity.from;
      // Undefined where the SDK's types promise a token: that is how it takes a 404.
      const kept = async (code = ''): Promise<{ readonly token: string } | undefined> =>
        tokens.getUserToken(id, 'defender', 'msteams', code);
      const { signInLink, tokenExchangeResource } = await tokens.getSignInResource('defender', context.activity, '');
      seen.push(tokenExchangeResource?.uri, (await kept())?.token);
      const signin = new URL(signInLink ?? '').searchParams.get('signin') ?? '';
      seen.push(typeof (await kept(await all.teams.signIns.complete(signin, alice.oid)))?.token);
      const [status] = await tokens.getTokenStatus(id, 'msteams', 'defender');
      seen.push(status?.hasToken);
      await tokens.signOutUser(id, 'defender', 'msteams');
      seen.push((await kept())?.token);
    };
    assert.equal((await all.teams.driver.says('alice', 'go')).status, 200);
    assert.deepEqual(seen, [`api://botid-${APP_ID}`, undefined, 'string', true, undefined]);
  });
});

function authentication(all: Troupe): ConfigurationBotFrameworkAuthentication {
  const origin = all.teams.tokenServiceUrl;
  const credentials = {
    signRequest: (request: { headers: { set(name: string, value: string): void } }) => {
      request.headers.set('authorization', `Bearer ${BOT_TOKEN}`);
      return Promise.resolve(request);
    },
  };
  const factory = {
    isValidAppId: (appId: string) => Promise.resolve(appId === APP_ID),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () => Promise.resolve(credentials),
  };
  const settings = {
    MicrosoftAppId: APP_ID,
    ToChannelFromBotLoginUrl: `${origin}/login`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: all.teams.openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: `${origin}/none`,
    OAuthUrl: origin,
    CallerId: 'urn:botframework:azure',
  };
  return new ConfigurationBotFrameworkAuthentication(settings, factory as never);
}
