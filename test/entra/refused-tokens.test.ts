import assert from 'node:assert/strict';
import type { RefusalKind } from '../../src/scan/refusal.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import type { EntraMoods } from '../../src/sandbox/entra/moods.ts';
import type { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import { SANDBOX_SECRET } from '../../src/sandbox/entra/client-proof.ts';
import { alice, bob, EntraWorld, personOf, refusalOf, startEntra, valueOf } from './support/entra-world.ts';

const ALICE = personOf(alice);
const BOB = personOf(bob);
const TOO_SHORT = 200;

describe('a refused token', () => {
  let entra: EntraStandIn;
  let world: EntraWorld;
  let moods: EntraMoods;

  before(async () => {
    entra = await startEntra();
  });
  beforeEach(() => {
    world = new EntraWorld(entra);
    ({ moods } = entra);
  });
  after(() => entra.close());

  interface Row {
    readonly when: string;
    readonly mood: (moods: EntraMoods) => void;
    readonly kind: RefusalKind;
    readonly code: string;
  }
  const rows: readonly Row[] = [
    {
      when: 'nobody consented',
      mood: (all) => all.consentMissing.add('Machine.Scan'),
      kind: 'consent-missing',
      code: 'invalid_grant/consent_required/AADSTS65001',
    },
    {
      when: 'a second factor is asked',
      mood: (all) => all.mfaAsked.add(alice.oid),
      kind: 'mfa-needed',
      code: 'interaction_required/basic_action/AADSTS50076',
    },
    {
      when: 'the session was revoked',
      mood: (all) => all.revokedAt.set(alice.oid, Date.now() + MINUTE),
      kind: 'session-revoked',
      code: 'invalid_grant/bad_token/AADSTS50173',
    },
    {
      when: 'the account is disabled',
      mood: (all) => all.disabled.add(alice.oid),
      kind: 'account-disabled',
      code: 'invalid_grant/AADSTS50057',
    },
    {
      when: 'the secret is wrong',
      mood: (all) => (all.secretWrong = true),
      kind: 'entra-misconfigured',
      code: 'invalid_client/AADSTS7000215',
    },
    {
      when: 'Entra has a passing fault',
      mood: (all) => (all.unavailable = 'without-retry-after'),
      kind: 'entra-unavailable',
      code: 'temporarily_unavailable/AADSTS90033',
    },
    {
      when: 'too much was asked',
      mood: (all) => all.throttled.set(alice.oid, 30),
      kind: 'entra-unavailable',
      code: 'invalid_request/AADSTS90055',
    },
    {
      when: 'Entra hangs up',
      mood: (all) => (all.down = true),
      kind: 'entra-unavailable',
      code: 'endpoints_resolution_error',
    },
    {
      when: 'a proxy answers instead',
      mood: (all) => (all.proxyPage = true),
      kind: 'entra-unavailable',
      code: 'endpoints_resolution_error',
    },
  ];

  for (const { when, mood, kind, code } of rows) {
    it(`is ${kind} when ${when}`, async () => {
      await world.signsIn(alice);
      mood(moods);
      assert.equal(refusalOf(await world.tokens.token(ALICE, 'scan'), kind).code, code);
      moods.reset();
    });
  }

  it('is told with the status of the answer', async () => {
    await world.signsIn(alice);
    moods.secretWrong = true;
    assert.equal(refusalOf(await world.tokens.token(ALICE, 'scan'), 'entra-misconfigured').status, 401);
  });

  it('is entra-unavailable when Entra hangs up on a client that knows it', async () => {
    moods.ttlSeconds = TOO_SHORT;
    await world.signsIn(alice);
    valueOf(await world.tokens.token(ALICE, 'scan'));
    for (const mood of ['down', 'proxyPage'] as const) {
      moods[mood] = true;
      assert.equal(refusalOf(await world.tokens.token(ALICE, 'scan'), 'entra-unavailable').code, 'network_error');
      moods[mood] = false;
    }
    valueOf(await world.tokens.token(ALICE, 'scan'));
  });

  it('needs a new sign-in when Entra finds the old one expired', async () => {
    // Within the guard's tolerance, past Entra's.
    const exp = Math.floor(Date.now() / 1000) - 30;
    world.keepsSignIn(alice, await world.entra.assertionFor(alice.oid, { exp }));
    const refusal = refusalOf(await world.tokens.token(ALICE, 'scan'), 'sign-in-needed');
    assert.equal(refusal.code, 'invalid_grant/AADSTS500133');
  });

  it('says when to come back, and is not asked again before', async () => {
    await world.signsIn(alice);
    moods.unavailable = 120;
    const { retryAt } = refusalOf(await world.tokens.token(ALICE, 'scan'), 'entra-unavailable');
    assert.equal(retryAt, world.clock.now() + 120 * SECOND);
    moods.reset();
    const asked = entra.wire.length;
    assert.equal(refusalOf(await world.tokens.token(ALICE, 'scan'), 'entra-unavailable').retryAt, retryAt);
    assert.equal(entra.wire.length, asked);
  });

  for (const hurt of ['throttled', 'unavailable'] as const) {
    it(`of one person leaves another alone (${hurt})`, async () => {
      await world.signsIn(alice);
      await world.signsIn(bob);
      if (hurt === 'throttled') moods.throttled.set(alice.oid, 600);
      else moods.unavailable = 600;
      refusalOf(await world.tokens.token(ALICE, 'scan'), 'entra-unavailable');
      moods.reset();
      valueOf(await world.tokens.token(BOB, 'scan'));
      refusalOf(await world.tokens.token(ALICE, 'scan'), 'entra-unavailable');
    });
  }

  it('for an optional right never blocks a scan', async () => {
    moods.consentMissing.add('Alert.Read').add('AdvancedQuery.Read');
    await world.signsIn(alice);
    refusalOf(await world.tokens.token(ALICE, 'alerts'), 'consent-missing');
    const [alerts, hunting, scan] = await Promise.all([
      world.tokens.token(ALICE, 'alerts'),
      world.tokens.token(ALICE, 'hunting'),
      world.tokens.token(ALICE, 'scan'),
    ]);
    refusalOf(alerts, 'consent-missing');
    refusalOf(hunting, 'consent-missing');
    valueOf(scan);
    refusalOf(await world.tokens.token(ALICE, 'alerts'), 'consent-missing');
    valueOf(await world.tokens.token(ALICE, 'scan'));
  });

  it('for want of consent is not tried with the same person again in one go', async () => {
    moods.consentMissing.add('Machine.Scan');
    await world.signsIn(alice);
    world.keepsSignIn(alice, await world.entra.assertionFor(alice.oid));
    refusalOf(await world.tokens.token(ALICE, 'scan'), 'consent-missing');
    assert.equal(world.asked('on_behalf_of'), 1);
    assert.equal(world.tokenServiceAsked, 0);
  });

  it('for want of a second factor is mended by a newer sign-in', async () => {
    moods.mfaAsked.add(alice.oid);
    const old = await world.signsIn(alice);
    world.keepsSignIn(alice, old);
    refusalOf(await world.tokens.token(ALICE, 'scan'), 'mfa-needed');
    assert.equal(world.asked('on_behalf_of'), 1);
    world.keepsSignIn(alice, await world.entra.assertionFor(alice.oid, { amr: ['pwd', 'mfa'] }));
    valueOf(await world.tokens.token(ALICE, 'scan'));
  });

  it('keeps its reason when the Token Service has nothing newer', async () => {
    moods.mfaAsked.add(alice.oid);
    await world.signsIn(alice);
    refusalOf(await world.tokens.token(ALICE, 'scan'), 'mfa-needed');
    assert.equal(world.tokenServiceAsked, 1);
  });

  it("shows that the kept sign-in is somebody else's", async () => {
    moods.mfaAsked.add(alice.oid);
    await world.signsIn(alice);
    world.keepsSignIn(alice, await world.entra.assertionFor(bob.oid));
    assert.equal(refusalOf(await world.tokens.token(ALICE, 'scan'), 'sign-in-needed').code, 'wrong-person');
  });

  it('ends a revoked session, until the person signs in anew', async () => {
    moods.ttlSeconds = TOO_SHORT;
    const signedInAt = Math.floor(Date.now() / 1000) - 60;
    await world.signsIn(alice, { iat: signedInAt });
    valueOf(await world.tokens.token(ALICE, 'scan'));
    moods.revokedAt.set(alice.oid, Date.now() - 30 * SECOND);
    refusalOf(await world.tokens.token(ALICE, 'scan'), 'session-revoked');
    assert.deepEqual(world.tokens.accounts(ALICE), []);
    assert.equal(refusalOf(await world.tokens.token(ALICE, 'scan'), 'sign-in-needed').code, 'none-kept');
    await world.signsIn(alice);
    valueOf(await world.tokens.token(ALICE, 'scan'));
  });

  it('of a refresh token is overcome by a newer sign-in', async () => {
    moods.ttlSeconds = TOO_SHORT;
    await world.signsIn(alice, { iat: Math.floor(Date.now() / 1000) - 60 });
    valueOf(await world.tokens.token(ALICE, 'scan'));
    moods.revokedAt.set(alice.oid, Date.now() - 30 * SECOND);
    await world.signsIn(alice);
    valueOf(await world.tokens.token(ALICE, 'scan'));
    assert.deepEqual([world.asked('on_behalf_of'), world.asked('refresh_token')], [2, 1]);
  });

  it("writes neither token nor secret nor Entra's words into log or answer", async () => {
    moods.ttlSeconds = TOO_SHORT;
    const secrets = [SANDBOX_SECRET, await world.signsIn(alice), valueOf(await world.tokens.token(ALICE, 'scan'))];
    const answers: unknown[] = [];
    for (const { mood } of rows) {
      mood(moods);
      answers.push(await world.tokens.token(ALICE, 'scan'), await world.tokens.token(BOB, 'scan'));
      moods.reset();
      moods.ttlSeconds = TOO_SHORT;
      world.tokens.forget(ALICE.id);
      secrets.push(await world.signsIn(alice));
    }
    await world.tokens.accept(ALICE, await world.entra.assertionFor(bob.oid));
    const written = [...world.log.lines, JSON.stringify(answers.slice(1)), JSON.stringify(world.entra.wire)].join('\n');
    assert.ok(world.log.lines.length > 5);
    for (const secret of secrets) assert.ok(!written.includes(secret));
    assert.doesNotMatch(written, /eyJ|sandbox-refresh|Trace ID|second factor/);
  });

  it('raises an alarm only when the app itself is refused', async () => {
    await world.signsIn(alice);
    moods.mfaAsked.add(alice.oid);
    await world.tokens.token(ALICE, 'scan');
    assert.equal(world.log.lines.length, 0);
    moods.secretWrong = true;
    await world.tokens.token(ALICE, 'scan');
    assert.equal(world.log.lines.filter((line) => line.startsWith('error')).length, 1);
  });
});
