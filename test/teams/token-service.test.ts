import assert from 'node:assert/strict';
import { json } from '../../src/sandbox/http.ts';
import type { HttpAnswer } from '../../src/sandbox/http.ts';
import { refused } from '../../src/scan/refusal.ts';
import { TokenService } from '../../src/teams/token-service.ts';
import type { BotToken } from '../../src/teams/bearer-call.ts';
import { ALICE, APP_ID, BOT, CHANNEL, ROOT } from './support/activities.ts';
import { ALICE_HERSELF, Microsoft, NET } from './support/microsoft.ts';

describe('the client of the Token Service', () => {
  let microsoft: Microsoft;

  before(async () => {
    microsoft = await Microsoft.start();
  });
  after(() => microsoft.close());

  function service(token: BotToken = microsoft.token): TokenService {
    return new TokenService({ url: `${microsoft.url}/`, appId: APP_ID, connection: 'defender' }, NET, token);
  }

  const WHO = { userId: ALICE.id, connectionName: 'defender', channelId: 'msteams' };
  const QUICK = { timeoutMs: 200 };
  const KEPT = json(200, { channelId: 'msteams', connectionName: 'defender', token: 'kept' });

  const FAILURES: readonly (readonly [string, HttpAnswer, { readonly why: string; readonly code: string }])[] = [
    ['400', json(400, { error: { code: 'BadArgument' } }), { why: 'none', code: '400' }],
    ['404', json(404), { why: 'none', code: '404' }],
    ['412', json(412), { why: 'none', code: '412' }],
    ['200 without a token', json(200, {}), { why: 'none', code: 'no-token' }],
    ['200 that cannot be read', { kind: 'text', status: 200, text: '<html>' }, { why: 'none', code: 'no-token' }],
    ['401', json(401), { why: 'refused', code: '401' }],
    ['403', json(403), { why: 'refused', code: '403' }],
    ['429', json(429), { why: 'no-answer', code: '429' }],
    ['500', json(500), { why: 'no-answer', code: '500' }],
    ['silence', { kind: 'silence' }, { why: 'no-answer', code: 'timeout' }],
    ['a broken connection', { kind: 'cut' }, { why: 'no-answer', code: 'network' }],
  ];

  describe('the Token Service', () => {
    it('is asked for the token that it keeps for a person', async () => {
      microsoft.answers(KEPT);
      assert.deepEqual(await service().getToken(ALICE.id), { ok: true, token: 'kept' });
      const [call] = microsoft.calls;
      assert.deepEqual([call?.method, call?.path], ['GET', '/api/usertoken/GetToken']);
      assert.deepEqual(Object.fromEntries(call?.query ?? []), WHO);
      assert.equal(call?.headers.authorization, 'Bearer bot-token-0');
    });

    it('is given the code of a sign-in just done', async () => {
      microsoft.answers(KEPT);
      await service().getToken(ALICE.id, { code: '745254' });
      assert.deepEqual(Object.fromEntries(microsoft.calls[0]?.query ?? []), { ...WHO, code: '745254' });
    });

    it('takes what a client fetched silently, in the body', async () => {
      microsoft.answers(KEPT);
      assert.deepEqual(await service().exchange(ALICE.id, 'from-the-client'), { ok: true, token: 'kept' });
      const [call] = microsoft.calls;
      assert.deepEqual([call?.method, call?.path], ['POST', '/api/usertoken/exchange']);
      assert.deepEqual(Object.fromEntries(call?.query ?? []), WHO);
      assert.deepEqual(call?.body, { token: 'from-the-client' });
    });

    for (const [name, answer, { why, code }] of FAILURES) {
      it(`answering ${name} has given no token: ${why}`, async () => {
        microsoft.answers(answer);
        assert.deepEqual(await service().getToken(ALICE.id, QUICK), { ok: false, why, code });
        assert.deepEqual(await service().exchange(ALICE.id, 'x', QUICK), { ok: false, why, code });
      });
    }

    it('forgets a person, whether it knew them or not', async () => {
      microsoft.answers(json(200), json(404), json(500));
      assert.deepEqual(await service().signOut(ALICE.id), { ok: true });
      assert.deepEqual([microsoft.calls[0]?.method, microsoft.calls[0]?.path], ['DELETE', '/api/usertoken/SignOut']);
      assert.deepEqual(Object.fromEntries(microsoft.calls[0]?.query ?? []), WHO);
      assert.deepEqual(await service().signOut(ALICE.id), { ok: true });
      assert.deepEqual(await service().signOut(ALICE.id), { ok: false, why: 'no-answer', code: '500' });
    });

    it('is called again with a fresh token of the bot, once', async () => {
      microsoft.answers(json(401), KEPT);
      assert.equal((await service().getToken(ALICE.id)).ok, true);
      assert.deepEqual(microsoft.tokens, [false, true]);
    });

    it('is not called without a token of the bot', async () => {
      microsoft.answers(KEPT);
      const none = service(() => Promise.resolve(refused('entra-misconfigured')));
      assert.deepEqual(await none.getToken(ALICE.id), { ok: false, why: 'refused', code: 'entra-misconfigured' });
      const later = service(() => Promise.resolve(refused('entra-unavailable', { code: 'x' })));
      assert.deepEqual(await later.getToken(ALICE.id), { ok: false, why: 'no-answer', code: 'x' });
      assert.equal(microsoft.calls.length, 0);
    });
  });

  describe('where to sign in', () => {
    const exchange = { id: 'fc67', uri: `api://botid-${APP_ID}`, providerId: '30dd' };
    const resource = {
      signInLink: 'https://token.botframework.com/api/oauth/signin?signin=x',
      tokenExchangeResource: exchange,
    };

    function state(): Record<string, unknown> {
      const text = Buffer.from(microsoft.calls[0]?.query.get('state') ?? '', 'base64').toString();
      return JSON.parse(text) as Record<string, unknown>;
    }

    it('comes with the silent exchange where it is wanted', async () => {
      microsoft.answers(json(200, resource));
      const found = await service().signInResource(ALICE_HERSELF, microsoft.thread(), { silent: true });
      assert.deepEqual(found, { ok: true, resource });
      assert.equal(microsoft.calls[0]?.path, '/api/botsignin/GetSignInResource');
      assert.deepEqual(state(), {
        connectionName: 'defender',
        conversation: {
          user: { id: ALICE.id },
          bot: { id: BOT.id },
          conversation: { id: `${CHANNEL};messageid=${ROOT}` },
          channelId: 'msteams',
          serviceUrl: `${microsoft.url}/emea/`,
        },
        msAppId: APP_ID,
      });
    });

    it('comes without it elsewhere, whatever the service says', async () => {
      microsoft.answers(json(200, resource));
      const found = await service().signInResource(ALICE_HERSELF, microsoft.thread(), { silent: false });
      assert.deepEqual(found, {
        ok: true,
        resource: { signInLink: resource.signInLink, tokenExchangeResource: undefined },
      });
      assert.equal('msAppId' in state(), false);
    });

    it('is no link but to a page', async () => {
      for (const signInLink of ['javascript:alert(1)', 'file:///etc/passwd', '', 7]) {
        microsoft.answers(json(200, { signInLink }));
        const found = await service().signInResource(ALICE_HERSELF, microsoft.thread(), { silent: true });
        assert.deepEqual(found, { ok: false, why: 'no-answer', code: 'unreadable' });
      }
    });

    it('is not waited for longer than wanted', async () => {
      microsoft.answers({ kind: 'silence' });
      const found = await service().signInResource(ALICE_HERSELF, microsoft.thread(), { silent: true, ...QUICK });
      assert.deepEqual(found, { ok: false, why: 'no-answer', code: 'timeout' });
    });
  });
});
