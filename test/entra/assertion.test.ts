import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT, base64url } from 'jose';
import fc from 'fast-check';
import { AssertionGuard } from '../../src/entra/assertion.ts';
import type { AssertionVerdict } from '../../src/entra/assertion.ts';
import { createNet } from '../../src/net/request.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import {
  alice,
  APP,
  bob,
  EntraWorld,
  guest,
  OTHER_TENANT,
  personOf,
  startEntra,
  TENANT,
  TestClock,
} from './support/entra-world.ts';

describe('an assertion', () => {
  let world: EntraWorld;
  const id = personOf(alice).id;

  before(async () => {
    world = new EntraWorld(await startEntra());
  });
  after(() => world.entra.close());

  async function judged(overrides: Record<string, unknown> = {}): Promise<AssertionVerdict> {
    return world.guard.verify(await world.entra.assertionFor(alice.oid, overrides), id);
  }

  function seconds(ms: number): number {
    return Math.floor((world.clock.now() + ms) / SECOND);
  }

  it('is accepted for the person who signed in', async () => {
    const exp = seconds(HOUR);
    const token = await world.entra.assertionFor(alice.oid, { exp });
    const verdict = await world.guard.verify(token, id);
    assert.deepEqual(verdict, { ok: true, assertion: { token, accounts: [alice.upn], expiresAt: exp * SECOND } });
  });

  it('tells every name of the account once', async () => {
    const verdict = await judged({ upn: 'a@x', preferred_username: 'b@x', unique_name: 'a@x', email: 'c@x' });
    assert.deepEqual(verdict.ok && verdict.assertion.accounts, ['a@x', 'b@x', 'c@x']);
  });

  it('may name no account at all', async () => {
    const verdict = await judged({ preferred_username: undefined, email: 5, upn: '' });
    assert.deepEqual(verdict.ok && verdict.assertion.accounts, []);
  });

  for (const aud of [APP, `api://${APP}`, `api://botid-${APP}`]) {
    it(`may be meant for ${aud}`, async () => {
      assert.ok((await judged({ aud })).ok);
    });
  }

  it('may be of version 1', async () => {
    assert.ok((await judged({ iss: `https://sts.windows.net/${TENANT}/`, ver: '1.0' })).ok);
  });

  it('may name the person in capitals', async () => {
    assert.ok((await judged({ oid: alice.oid.toUpperCase() })).ok);
  });

  it('may come from an identity provider that is this tenant', async () => {
    assert.ok((await judged({ idp: `https://sts.windows.net/${TENANT}/`, acct: 0 })).ok);
  });

  it('may be a minute off', async () => {
    assert.ok((await judged({ exp: seconds(-50 * SECOND) })).ok);
    assert.ok((await judged({ nbf: seconds(50 * SECOND) })).ok);
  });

  const refusals: readonly (readonly [string, string, () => Record<string, unknown>])[] = [
    ['has expired', 'expired', () => ({ exp: seconds(-90 * SECOND) })],
    ['is not valid yet', 'invalid', () => ({ nbf: seconds(90 * SECOND) })],
    ['never expires', 'invalid', () => ({ exp: undefined })],
    ['is meant for another app', 'invalid', () => ({ aud: 'bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee' })],
    ['is meant for Defender', 'invalid', () => ({ aud: 'https://api.securitycenter.microsoft.com' })],
    ['is meant for nobody', 'invalid', () => ({ aud: undefined })],
    ['comes from another issuer', 'guest', () => ({ iss: 'https://login.example/common/v2.0' })],
    ['names another tenant', 'guest', () => ({ tid: OTHER_TENANT })],
    ['names no tenant', 'invalid', () => ({ tid: undefined })],
    ['names no issuer', 'invalid', () => ({ iss: undefined })],
    ['names nobody', 'invalid', () => ({ oid: undefined })],
    ['names no GUID', 'invalid', () => ({ oid: 'alice' })],
    ['names somebody else', 'wrong-person', () => ({ oid: bob.oid })],
    ['names somebody else of another tenant', 'wrong-tenant', () => ({ oid: bob.oid, tid: OTHER_TENANT })],
    ['is not for signing in to the bot', 'invalid', () => ({ scp: 'User.Read access_as_user2' })],
    ['has no scope', 'invalid', () => ({ scp: undefined })],
    ['is the app itself', 'invalid', () => ({ idtyp: 'app' })],
    ['is marked as a guest', 'guest', () => ({ acct: 1 })],
    ['is marked as a guest in letters', 'guest', () => ({ acct: '1' })],
    ['was signed in elsewhere', 'guest', () => ({ idp: `https://sts.windows.net/${OTHER_TENANT}/` })],
    ['was signed in by a private account', 'guest', () => ({ idp: 'live.com' })],
  ];
  for (const [what, why, overrides] of refusals) {
    it(`is refused when it ${what}`, async () => {
      assert.deepEqual(await judged(overrides()), { ok: false, why });
    });
  }

  it('of a guest is refused', async () => {
    const token = await world.entra.assertionFor(guest.oid);
    assert.deepEqual(await world.guard.verify(token, personOf(guest).id), { ok: false, why: 'guest' });
  });

  it('is refused when somebody else signed it', async () => {
    for (const under of ['our-key-id', 'own-key-id'] as const) {
      const token = await world.entra.forgedAssertionFor(alice.oid, under);
      assert.deepEqual(await world.guard.verify(token, id), { ok: false, why: 'invalid' });
    }
  });

  it('is refused when a byte was changed', async () => {
    const [head, body = '', signature] = (await world.entra.assertionFor(bob.oid)).split('.');
    const claims: unknown = JSON.parse(Buffer.from(base64url.decode(body)).toString());
    const changed = base64url.encode(JSON.stringify({ ...(claims as object), oid: alice.oid }));
    assert.deepEqual(await world.guard.verify([head, changed, signature].join('.'), id), { ok: false, why: 'invalid' });
  });

  it('is refused without a signature, or with a shared secret', async () => {
    const claims = {
      aud: APP,
      oid: alice.oid,
      tid: TENANT,
      iss: `${world.entra.url}/${TENANT}/v2.0`,
      scp: 'access_as_user',
    };
    const unsigned = new UnsecuredJWT(claims).setExpirationTime('1h').encode();
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'sandbox-1' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('x'.repeat(32)));
    for (const token of [unsigned, shared]) {
      assert.deepEqual(await world.guard.verify(token, id), { ok: false, why: 'invalid' });
    }
  });

  it('is refused when our own key signed it by another algorithm', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig' }] };
    const fetch = (): Promise<Response> => Promise.resolve(Response.json(keys));
    const guard = new AssertionGuard(world.app, { ...world.net, fetch }, world.clock);
    const iss = `${world.entra.url}/${TENANT}/v2.0`;
    const claims = { aud: APP, oid: alice.oid, tid: TENANT, iss, scp: 'access_as_user' };
    const signed = (alg: string): Promise<string> =>
      new SignJWT(claims).setProtectedHeader({ alg, kid: 'k' }).setExpirationTime('1h').sign(privateKey);
    assert.ok((await guard.verify(await signed('RS256'), id)).ok);
    for (const alg of ['RS384', 'RS512', 'PS256']) {
      assert.deepEqual(await guard.verify(await signed(alg), id), { ok: false, why: 'invalid' });
    }
  });

  it('is refused whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.base64String().map((part) => `${part}.${part}.${part}`),
        ),
        async (token) => {
          assert.deepEqual(await world.guard.verify(token, id), { ok: false, why: 'invalid' });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('cannot be judged while the keys cannot be had', async () => {
    const token = await world.entra.assertionFor(alice.oid);
    const app = { ...world.app, loginUrl: 'https://127.0.0.1:1' };
    const unreachable = new AssertionGuard(app, createNet(), new TestClock());
    assert.deepEqual(await unreachable.verify(token, id), { ok: false, why: 'keys-unavailable' });
    const noKeys = new AssertionGuard({ ...world.app, tenantId: OTHER_TENANT }, world.net, world.clock);
    assert.deepEqual(await noKeys.verify(token, id), { ok: false, why: 'keys-unavailable' });
    world.entra.moods.proxyPage = true;
    const noJson = new AssertionGuard(world.app, world.net, world.clock);
    assert.deepEqual(await noJson.verify(token, id), { ok: false, why: 'keys-unavailable' });
    world.entra.moods.reset();
    assert.ok((await noJson.verify(token, id)).ok);
  });

  it('is judged by known keys while Entra is down', async () => {
    assert.ok((await judged()).ok);
    world.entra.moods.down = true;
    assert.ok((await judged()).ok);
    world.entra.moods.reset();
  });

  it('is judged by the clock that was given', async () => {
    const clock = new TestClock();
    const guard = new AssertionGuard(world.app, world.net, clock);
    const token = await world.entra.assertionFor(alice.oid);
    assert.ok((await guard.verify(token, id)).ok);
    clock.pass(HOUR + 2 * MINUTE);
    assert.deepEqual(await guard.verify(token, id), { ok: false, why: 'expired' });
  });
});
