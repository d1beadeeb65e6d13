import assert from 'node:assert/strict';
import { MINUTE, HOUR } from '../../src/scan/time.ts';
import { refused } from '../../src/scan/refusal.ts';
import { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import { SANDBOX_SECRET } from '../../src/sandbox/entra/client-proof.ts';
import {
  alice,
  APP,
  bob,
  EntraWorld,
  personOf,
  refusalOf,
  startEntra,
  TENANT,
  valueOf,
} from './support/entra-world.ts';

const ALICE = personOf(alice);
const BOB = personOf(bob);
/** MSAL counts a token with less than 300 s left as expired. */
const TOO_SHORT = 200;

describe('a token for Defender', () => {
  let entra: EntraStandIn;
  let world: EntraWorld;

  before(async () => {
    entra = await startEntra();
  });
  beforeEach(() => {
    world = new EntraWorld(entra);
  });
  after(() => entra.close());

  const asked = (): readonly number[] => [world.asked('on_behalf_of'), world.asked('refresh_token')];

  it('carries the person and just the rights to scan', async () => {
    await world.signsIn(alice);
    const bearer = await world.entra.verifyDefenderToken(valueOf(await world.tokens.token(ALICE, 'scan')));
    assert.deepEqual(bearer, {
      kind: 'person',
      oid: alice.oid,
      upn: alice.upn,
      scopes: ['Machine.Scan', 'Machine.Read'],
      roles: [],
    });
  });

  it('asks each optional right in a request of its own', async () => {
    await world.signsIn(alice);
    for (const [want, right] of [
      ['alerts', 'Alert.Read'],
      ['hunting', 'AdvancedQuery.Read'],
    ] as const) {
      const bearer = await world.entra.verifyDefenderToken(valueOf(await world.tokens.token(ALICE, want)));
      assert.deepEqual(bearer.scopes, [right]);
    }
  });

  it('comes at once with a sign-in of its own, although the Token Service hangs', async () => {
    const tokens = world.tokensFrom(() => new Promise(() => undefined));
    void tokens.token(ALICE, 'scan');
    const assertion = await world.entra.assertionFor(alice.oid);
    valueOf(await tokens.accept(ALICE, assertion));
    assert.ok((await tokens.token(ALICE, 'scan')).ok);
  });

  it('is asked once while it lasts, for each want', async () => {
    await world.signsIn(alice);
    for (const want of ['scan', 'alerts', 'scan', 'alerts', 'scan'] as const)
      valueOf(await world.tokens.token(ALICE, want));
    assert.deepEqual(asked(), [1, 1]);
    assert.equal(world.tokenServiceAsked, 0);
  });

  it('is asked once by twenty at the same time', async () => {
    await world.signsIn(alice);
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.tokens.token(ALICE, 'scan')));
    assert.equal(new Set(answers.map(valueOf)).size, 1);
    assert.deepEqual(asked(), [1, 0]);
  });

  it('is found again when Entra puts more rights into it than were asked', async () => {
    world.entra.moods.widerScopes = true;
    await world.signsIn(alice);
    for (const want of ['scan', 'alerts', 'scan', 'hunting'] as const) valueOf(await world.tokens.token(ALICE, want));
    assert.deepEqual(asked(), [1, 0]);
  });

  it('is new when a fresh one is wanted, and old again afterwards', async () => {
    await world.signsIn(alice);
    const first = valueOf(await world.tokens.token(ALICE, 'scan'));
    const second = valueOf(await world.tokens.token(ALICE, 'scan', { fresh: true }));
    assert.notEqual(second, first);
    assert.equal(valueOf(await world.tokens.token(ALICE, 'scan')), second);
    assert.deepEqual(asked(), [1, 1]);
  });

  it('is new when a fresh one is wanted and there is no refresh token', async () => {
    world.entra.moods.withholdsRefreshTokens = true;
    await world.signsIn(alice);
    const first = valueOf(await world.tokens.token(ALICE, 'scan'));
    assert.notEqual(valueOf(await world.tokens.token(ALICE, 'scan', { fresh: true })), first);
    assert.deepEqual(asked(), [2, 0]);
  });

  it('is renewed when the sign-in has expired', async () => {
    world.entra.moods.ttlSeconds = TOO_SHORT;
    await world.signsIn(alice);
    valueOf(await world.tokens.token(ALICE, 'scan'));
    world.clock.pass(2 * HOUR);
    valueOf(await world.tokens.token(ALICE, 'scan'));
    assert.deepEqual(asked(), [1, 1]);
    assert.equal(world.tokenServiceAsked, 0);
  });

  it('comes from the sign-in that the Token Service keeps', async () => {
    world.keepsSignIn(alice, await world.entra.assertionFor(alice.oid));
    valueOf(await world.tokens.token(ALICE, 'scan'));
    assert.deepEqual(world.tokens.accounts(ALICE), [alice.upn]);
    valueOf(await world.tokens.token(ALICE, 'scan'));
    assert.equal(world.tokenServiceAsked, 1);
  });

  it('does not come from a sign-in with less than five minutes left while another can be had', async () => {
    await world.signsIn(alice);
    world.clock.pass(56 * MINUTE);
    refusalOf(await world.tokens.token(ALICE, 'scan'), 'sign-in-needed');
    assert.equal(world.tokenServiceAsked, 1);
    assert.deepEqual(asked(), [0, 0]);
  });

  it('needs a sign-in when none is known', async () => {
    assert.equal(refusalOf(await world.tokens.token(ALICE, 'scan'), 'sign-in-needed').code, 'none-kept');
    assert.deepEqual(world.tokens.accounts(ALICE), []);
    assert.deepEqual(asked(), [0, 0]);
  });

  it('waits when the Token Service does not answer', async () => {
    world.tokenService.set(ALICE.id, refused('entra-unavailable', { code: 'token-service' }));
    refusalOf(await world.tokens.token(ALICE, 'scan'), 'entra-unavailable');
  });

  it('is not made of the sign-in of somebody else', async () => {
    const token = await world.entra.assertionFor(bob.oid);
    assert.equal(refusalOf(await world.tokens.accept(ALICE, token), 'sign-in-needed').code, 'wrong-person');
    world.keepsSignIn(alice, token);
    assert.equal(refusalOf(await world.tokens.token(ALICE, 'scan'), 'sign-in-needed').code, 'wrong-person');
    assert.deepEqual(world.signedOut, [ALICE.id]);
    assert.deepEqual(asked(), [0, 0]);
  });

  it('is not made of a stale sign-in from the Token Service', async () => {
    const past = Math.floor(Date.now() / 1000) - 600;
    world.keepsSignIn(alice, await world.entra.assertionFor(alice.oid, { exp: past }));
    assert.equal(refusalOf(await world.tokens.token(ALICE, 'scan'), 'sign-in-needed').code, 'expired');
    assert.deepEqual(asked(), [0, 0]);
  });

  it('is forgotten with the person', async () => {
    await world.signsIn(alice);
    valueOf(await world.tokens.token(ALICE, 'scan'));
    world.tokens.forget(ALICE.id);
    assert.deepEqual(world.tokens.accounts(ALICE), []);
    refusalOf(await world.tokens.token(ALICE, 'scan'), 'sign-in-needed');
  });

  it('is not given out of a flight that began before the person was forgotten', async () => {
    await world.signsIn(alice);
    const before = world.tokens.token(ALICE, 'scan');
    world.tokens.forget(ALICE.id);
    refusalOf(await world.tokens.token(ALICE, 'scan'), 'sign-in-needed');
    valueOf(await before);
    refusalOf(await world.tokens.token(ALICE, 'scan'), 'sign-in-needed');
  });

  it('belongs to one person only', async () => {
    await world.signsIn(alice);
    await world.signsIn(bob);
    const [first, second] = await Promise.all([world.tokens.token(ALICE, 'scan'), world.tokens.token(BOB, 'scan')]);
    assert.equal((await world.entra.verifyDefenderToken(valueOf(first))).oid, alice.oid);
    assert.equal((await world.entra.verifyDefenderToken(valueOf(second))).oid, bob.oid);
  });

  it('names the account of the sign-in', async () => {
    const token = await world.entra.assertionFor(alice.oid);
    assert.deepEqual(valueOf(await world.tokens.accept(ALICE, token)), [alice.upn]);
    assert.deepEqual(world.tokens.accounts(ALICE), [alice.upn]);
  });

  it('is not asked for longer than the timeout', async () => {
    const token = await world.signsIn(alice);
    const hasty = world.tokensWith({ clientSecret: SANDBOX_SECRET }, 100);
    valueOf(await hasty.accept(ALICE, token));
    world.entra.moods.slowMs = 5000;
    assert.equal(refusalOf(await hasty.token(ALICE, 'scan'), 'entra-unavailable').status, undefined);
  });

  it('lasts by the clock that Entra goes by', async () => {
    const own = await EntraStandIn.start({ tenantId: TENANT, appId: APP, people: [alice], clock: world.clock });
    try {
      const timed = new EntraWorld(own, world.clock);
      world.clock.pass(3 * HOUR);
      await timed.signsIn(alice);
      const token = valueOf(await timed.tokens.token(ALICE, 'scan'));
      assert.equal((await own.verifyDefenderToken(token)).oid, alice.oid);
      world.clock.pass(HOUR + MINUTE);
      await assert.rejects(own.verifyDefenderToken(token));
      const renewed = valueOf(await timed.tokens.token(ALICE, 'scan', { fresh: true }));
      assert.equal((await own.verifyDefenderToken(renewed)).oid, alice.oid);
    } finally {
      await own.close();
    }
  });
});
