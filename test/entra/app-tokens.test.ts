import assert from 'node:assert/strict';
import { AppTokens } from '../../src/entra/app-tokens.ts';
import type { CredentialAuth } from '../../src/entra/credential.ts';
import { createNet } from '../../src/net/request.ts';
import { SECOND } from '../../src/scan/time.ts';
import { SANDBOX_SECRET } from '../../src/sandbox/entra/client-proof.ts';
import type { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import { alice, AUDIENCE, EntraWorld, refusalOf, startEntra, valueOf } from './support/entra-world.ts';

const SCOPES = { connectorScope: 'https://api.botframework.com/.default', defenderAudience: AUDIENCE };

describe("the app's own token", () => {
  let entra: EntraStandIn;
  let world: EntraWorld;

  before(async () => {
    entra = await startEntra();
  });
  beforeEach(() => {
    world = new EntraWorld(entra);
  });
  after(() => entra.close());

  function tokens(credential: CredentialAuth = { clientSecret: SANDBOX_SECRET }, timeoutMs?: number): AppTokens {
    return new AppTokens(world.msal(credential, timeoutMs), SCOPES);
  }

  it('lets the bot speak to Teams', async () => {
    const token = valueOf(await tokens().connectorToken());
    await entra.verifyBotToken(token);
    await assert.rejects(entra.verifyDefenderToken(token));
  });

  it('lets the app read in Defender', async () => {
    const token = valueOf(await tokens().defenderAppToken());
    const bearer = await entra.verifyDefenderToken(token);
    assert.deepEqual(
      [bearer.kind, bearer.upn, bearer.scopes, bearer.roles],
      ['app', undefined, [], ['Machine.Read.All']],
    );
    await assert.rejects(entra.verifyBotToken(token));
  });

  it('is not a token of a person', async () => {
    await assert.rejects(entra.verifyBotToken(await entra.assertionFor(alice.oid)));
  });

  it('is asked once while it lasts, and once by twenty at the same time', async () => {
    const app = tokens();
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.connectorToken()));
    assert.equal(new Set(answers.map(valueOf)).size, 1);
    valueOf(await app.connectorToken());
    assert.equal(world.asked('client_credentials'), 1);
  });

  it('is new when a fresh one is wanted', async () => {
    const app = tokens();
    const first = valueOf(await app.connectorToken());
    assert.notEqual(valueOf(await app.connectorToken({ fresh: true })), first);
  });

  it('is refused with an alarm when the secret is wrong', async () => {
    const answer = await tokens({ clientSecret: 'WRONG-SECRET' }).connectorToken();
    assert.equal(refusalOf(answer, 'entra-misconfigured').code, 'invalid_client/AADSTS7000215');
    assert.match(world.log.lines.join('\n'), /^error .*AADSTS7000215/);
    assert.doesNotMatch(world.log.lines.join('\n'), /WRONG-SECRET|Trace ID/);
  });

  it('waits when Entra asks for it', async () => {
    entra.moods.unavailable = 60;
    const { retryAt } = refusalOf(await tokens().defenderAppToken(), 'entra-unavailable');
    assert.equal(retryAt, world.clock.now() + 60 * SECOND);
  });

  it('is not waited for longer than the timeout', async () => {
    entra.moods.slowMs = 5000;
    refusalOf(await tokens({ clientSecret: SANDBOX_SECRET }, 100).connectorToken(), 'entra-unavailable');
  });

  it('is not asked of an Entra whose certificate nobody vouches for', async () => {
    const access = world.msal({ clientSecret: SANDBOX_SECRET });
    const untrusting = new AppTokens({ ...access, entra: { ...access.entra, net: createNet() } }, SCOPES);
    const asked = entra.wire.length;
    refusalOf(await untrusting.connectorToken(), 'entra-unavailable');
    assert.equal(entra.wire.length, asked);
    assert.match(world.log.lines.join(), /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/);
  });
});
