import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { HOUR } from '../../../src/scan/time.ts';
import { alice, APP_ID, assertionFor, bob, troupe, type Answered, type Troupe } from './troupe.ts';

const ALICE = `userId=${encodeURIComponent(alice.teamsId)}&connectionName=defender&channelId=msteams`;
const BOB = ALICE.replace(encodeURIComponent(alice.teamsId), encodeURIComponent(bob.teamsId));

describe('the Token Service', () => {
  let all: Troupe;

  beforeEach(async () => {
    all = await troupe();
  });

  afterEach(() => all.close());

  const get = (query: string): Promise<Answered> => all.tokens('GET', `api/usertoken/GetToken?${query}`);
  const oidIn = (answer: Answered): unknown => decodeJwt(String(answer.body['token']))['oid'];

  const resource = async (over: Record<string, unknown> = {}): Promise<Answered> => {
    const conversation = { user: { id: alice.teamsId }, channelId: 'msteams', conversation: { id: 'a:1' } };
    const state = { connectionName: 'defender', conversation, msAppId: APP_ID, ...over };
    const text = encodeURIComponent(Buffer.from(JSON.stringify(state)).toString('base64'));
    return all.tokens('GET', `api/botsignin/GetSignInResource?state=${text}`);
  };

  const signinOf = (answer: Answered): string =>
    new URL(String(answer.body['signInLink'])).searchParams.get('signin') ?? '';

  it('knows nobody at first', async () => {
    assert.equal((await get(ALICE)).status, 404);
  });

  it('keeps a token by user, channel and connection', async () => {
    await all.teams.driver.isSignedIn('alice');
    const answer = await get(ALICE);
    assert.deepEqual([answer.status, oidIn(answer)], [200, alice.oid]);
    assert.deepEqual([answer.body['connectionName'], answer.body['channelId']], ['defender', 'msteams']);
    assert.ok(Date.parse(String(answer.body['expiration'])) > Date.now());
    assert.equal((await get(BOB)).status, 404);
    assert.equal((await get(ALICE.replace('defender', 'other'))).status, 404);
    assert.equal((await get(ALICE.replace('msteams', 'webchat'))).status, 404);
  });

  it('hands out the same token until it is about to expire', async () => {
    await all.teams.driver.isSignedIn('alice');
    const first = await get(ALICE);
    assert.equal((await get(ALICE)).body['token'], first.body['token']);
    all.clock.advance(HOUR);
    const renewed = await get(ALICE);
    assert.deepEqual([renewed.status, oidIn(renewed)], [200, alice.oid]);
    assert.notEqual(renewed.body['token'], first.body['token']);
  });

  it('lets in only who carries the bot’s token', async () => {
    assert.equal((await all.tokens('GET', `api/usertoken/GetToken?${ALICE}`, undefined, 'stranger')).status, 401);
    assert.equal((await all.tokens('POST', `api/usertoken/exchange?${ALICE}`, { token: 'x' }, 'stranger')).status, 401);
  });

  it('exchanges a client’s token for the bot, and keeps what came of it', async () => {
    const token = await assertionFor(alice.oid, { azp: 'a client' });
    const answer = await all.tokens('POST', `api/usertoken/exchange?${ALICE}`, { token });
    assert.deepEqual([answer.status, decodeJwt(String(answer.body['token']))['azp']], [200, APP_ID]);
    assert.equal(oidIn(await get(ALICE)), alice.oid);
  });

  it('exchanges nothing that is meant for another, stale or no token', async () => {
    const bad = [
      await assertionFor(alice.oid, { aud: 'https://graph.example' }),
      await assertionFor(alice.oid, { exp: 1 }),
      'no token',
    ];
    for (const token of bad) {
      assert.equal((await all.tokens('POST', `api/usertoken/exchange?${ALICE}`, { token })).status, 400);
    }
    assert.equal((await all.tokens('POST', `api/usertoken/exchange?${ALICE}`, {})).status, 400);
    assert.equal((await get(ALICE)).status, 404);
  });

  it('offers the silent exchange only to who names the app', async () => {
    const { body } = await resource();
    const exchange = body['tokenExchangeResource'] as Record<string, unknown>;
    assert.equal(exchange['uri'], `api://botid-${APP_ID}`);
    assert.equal('tokenExchangeResource' in (await resource({ msAppId: undefined })).body, false);
    assert.equal((await resource({ connectionName: 'other' })).status, 400);
    assert.equal((await all.tokens('GET', 'api/botsignin/GetSignInResource?state=%21')).status, 400);
  });

  it('files whoever signed in on the page under the key it was opened for, once', async () => {
    const code = await all.teams.signIns.complete(signinOf(await resource()), bob.oid);
    assert.match(code, /^\d{6}$/);
    assert.equal((await get(`${BOB}&code=${code}`)).status, 404);
    assert.equal(oidIn(await get(`${ALICE}&code=${code}`)), bob.oid);
    assert.equal((await get(`${ALICE}&code=${code}`)).status, 404);
    assert.equal(oidIn(await get(ALICE)), bob.oid);
    await assert.rejects(all.teams.signIns.complete('unknown', bob.oid), /no open page/);
  });

  it('has a page of its own behind the link', async () => {
    const link = String((await resource()).body['signInLink']);
    const page = await (await fetch(link)).text();
    assert.match(page, /<button name="handle" value="bob">Bob<\/button>/);
    const codes: string[] = [];
    all.teams.on('signed-in', ({ code }) => codes.push(code));
    const form = new URLSearchParams({ signin: new URL(link).searchParams.get('signin') ?? '', handle: 'bob' });
    const done = await (await fetch(link, { method: 'POST', body: form })).text();
    assert.ok(done.includes(`<output>${codes[0]}</output>`));
    assert.equal((await fetch(link.replace(/signin=.*/, 'signin=unknown'))).status, 404);
  });

  it('forgets who signs out', async () => {
    await all.teams.driver.isSignedIn('alice');
    assert.equal((await all.tokens('DELETE', `api/usertoken/SignOut?${ALICE}`)).status, 200);
    assert.equal((await get(ALICE)).status, 404);
  });

  it('tells for which connections there is a token', async () => {
    const status = async (): Promise<unknown> =>
      (await all.tokens('GET', `api/usertoken/GetTokenStatus?${ALICE}`)).body['items'];
    const entry = {
      channelId: 'msteams',
      connectionName: 'defender',
      hasToken: false,
      serviceProviderDisplayName: 'Azure Active Directory v2',
    };
    assert.deepEqual(await status(), [entry]);
    await all.teams.driver.isSignedIn('alice');
    assert.deepEqual(await status(), [{ ...entry, hasToken: true }]);
    const other = await all.tokens('GET', `api/usertoken/GetTokenStatus?${ALICE}&include=other`);
    assert.deepEqual(other.body['items'], []);
  });

  describe('in a mood', () => {
    beforeEach(() => all.teams.driver.isSignedIn('alice'));

    it('fails', async () => {
      all.teams.moods.tokens = { kind: 'fails', status: 500 };
      assert.equal((await get(ALICE)).status, 500);
      assert.equal((await resource()).status, 500);
      all.teams.moods.calm();
      assert.equal((await get(ALICE)).status, 200);
    });

    it('forgets', async () => {
      all.teams.moods.tokens = { kind: 'forgets' };
      assert.equal((await get(ALICE)).status, 404);
    });

    it('hands out a stale token', async () => {
      all.teams.moods.tokens = { kind: 'stale' };
      const { exp, oid } = decodeJwt(String((await get(ALICE)).body['token']));
      assert.ok(Number(exp) * 1000 < Date.now());
      assert.equal(oid, alice.oid);
      assert.equal((await get(BOB)).status, 404);
    });

    it('wants consent', async () => {
      all.teams.moods.tokens = { kind: 'wants-consent' };
      const token = await assertionFor(alice.oid);
      assert.equal((await all.tokens('POST', `api/usertoken/exchange?${ALICE}`, { token })).status, 400);
    });

    it('is slow', async () => {
      all.teams.moods.tokens = { kind: 'slow', ms: 3000 };
      const waits = all.clock.nextWait();
      const answer = get(ALICE);
      await waits;
      all.clock.advance(3000);
      assert.equal((await answer).status, 200);
    });

    it('never answers', async () => {
      all.teams.moods.tokens = { kind: 'silent' };
      const url = `${all.teams.tokenServiceUrl}/api/usertoken/GetToken?${ALICE}`;
      const headers = { authorization: 'Bearer the-bot' };
      await assert.rejects(fetch(url, { headers, signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
    });
  });
});
