import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { AppTokens } from '../../src/entra/app-tokens.ts';
import { authOf } from '../../src/entra/credential.ts';
import type { Credential } from '../../src/entra/credential.ts';
import { CredentialFault } from '../../src/entra/credential-fault.ts';
import { HOUR } from '../../src/scan/time.ts';
import type { Answer } from '../../src/scan/refusal.ts';
import { appCertificate, localhostChain } from '../../src/sandbox/entra/certificates.ts';
import { SANDBOX_SECRET } from '../../src/sandbox/entra/client-proof.ts';
import type { EntraStandIn } from '../../src/sandbox/entra/entra-stand-in.ts';
import { alice, AUDIENCE, EntraWorld, personOf, refusalOf, startEntra, valueOf } from './support/entra-world.ts';
import { IdentityEndpointStandIn } from './support/identity-endpoint.ts';

const CLUSTER = { issuer: 'https://cluster.example', subject: 'system:serviceaccount:bot' };
const IDENTITY = 'cccccccc-0000-4000-8000-00000000000c';

describe('a credential', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let entra: EntraStandIn;
  let world: EntraWorld;
  let folder: string;

  before(async () => {
    entra = await startEntra();
    entra.registerFederated({ ...CLUSTER, key: publicKey });
    folder = await mkdtemp(join(tmpdir(), 'scan-bot-'));
  });
  beforeEach(() => {
    world = new EntraWorld(entra);
  });
  after(async () => {
    await entra.close();
    await rm(folder, { recursive: true });
  });

  async function file(name: string, content: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  function appTokens(credential: Credential, machineUrl?: string): AppTokens {
    const { net, clock } = world;
    const auth = authOf(credential, { net, clock, ...(machineUrl === undefined ? {} : { machineUrl }) });
    const connectorScope = 'https://api.botframework.com/.default';
    return new AppTokens(world.msal(auth), { connectorScope, defenderAudience: AUDIENCE });
  }

  function asked(credential: Credential): Promise<Answer<string>> {
    return appTokens(credential).connectorToken();
  }

  it('may be a secret', async () => {
    await entra.verifyBotToken(valueOf(await asked({ kind: 'secret', secret: SANDBOX_SECRET })));
  });

  describe('that is a certificate', () => {
    const registered = appCertificate();

    async function files(pair = registered): Promise<Credential> {
      const certificateFile = await file('app.pem', pair.certificatePem);
      return { kind: 'certificate', certificateFile, keyFile: await file('app.key', pair.keyPem) };
    }

    before(() => {
      entra.registerCertificate(registered.certificatePem);
    });

    it('proves the app, for the app and on behalf of a person', async () => {
      const credential = await files();
      await entra.verifyBotToken(valueOf(await asked(credential)));
      const tokens = world.tokensWith(authOf(credential, world));
      valueOf(await tokens.accept(personOf(alice), await entra.assertionFor(alice.oid)));
      valueOf(await tokens.token(personOf(alice), 'scan'));
    });

    it('is refused when it is not registered', async () => {
      const answer = await asked(await files(appCertificate()));
      assert.equal(refusalOf(answer, 'entra-misconfigured').code, 'invalid_client/AADSTS700027');
    });

    it('is found wrong before the start, without its key being told', async () => {
      const other = appCertificate();
      const elliptic = localhostChain();
      for (const [pair, why] of [
        [{ ...registered, keyPem: other.keyPem }, /app\.key is not the key of/],
        [elliptic, /app\.key holds no RSA key/],
        [{ ...registered, keyPem: 'SECRET' }, /app\.key cannot be read as PEM/],
        [{ ...registered, certificatePem: 'nothing' }, /app\.pem cannot be read as PEM/],
      ] as const) {
        const credential = await files(pair);
        assert.throws(
          () => authOf(credential, world),
          (fault) => {
            assert(fault instanceof CredentialFault);
            assert.match(fault.message, why);
            assert.doesNotMatch(fault.message, /SECRET/);
            return true;
          },
        );
      }
    });
  });

  describe('that is a federated token', () => {
    it('is read anew each time', async () => {
      const tokenFile = await file('token', await federatedToken(privateKey));
      const credential: Credential = { kind: 'federated', tokenFile };
      const app = appTokens(credential);
      valueOf(await app.connectorToken());
      await file('token', await federatedToken(privateKey, { sub: 'somebody-else' }));
      const refusal = refusalOf(await app.connectorToken({ fresh: true }), 'entra-misconfigured');
      assert.equal(refusal.code, 'invalid_client/AADSTS700213');
      await file('token', `${await federatedToken(privateKey)}\n`);
      valueOf(await app.connectorToken({ fresh: true }));
    });

    it('is refused when it has expired', async () => {
      const tokenFile = await file('old', await federatedToken(privateKey, { exp: 1000 }));
      refusalOf(await asked({ kind: 'federated', tokenFile }), 'entra-misconfigured');
    });

    it('is missed aloud when the file is gone or empty', async () => {
      for (const tokenFile of [join(folder, 'nowhere'), await file('empty', ' \n')]) {
        const refusal = refusalOf(await asked({ kind: 'federated', tokenFile }), 'entra-misconfigured');
        assert.equal(refusal.code, 'unreadable-file');
      }
    });
  });

  describe('that is a managed identity', () => {
    let platform: IdentityEndpointStandIn;

    beforeEach(async () => {
      platform = await IdentityEndpointStandIn.start();
      platform.body = await issued(HOUR);
    });
    afterEach(() => platform.close());

    async function issued(ms: number): Promise<object> {
      const expires_on = String(Math.floor((world.clock.now() + ms) / 1000));
      return { access_token: await federatedToken(privateKey), expires_on, resource: 'api://AzureADTokenExchange' };
    }

    function onAppService(): Credential {
      return {
        kind: 'managed-identity',
        clientId: IDENTITY,
        endpoint: { url: `${platform.url}/msi/token`, header: 'door' },
      };
    }

    it('is had from App Service', async () => {
      await entra.verifyBotToken(valueOf(await asked(onAppService())));
      const [call] = platform.asked;
      assert.deepEqual([call?.path, call?.secret, call?.metadata], ['/msi/token', 'door', undefined]);
      assert.deepEqual(Object.fromEntries(call?.query ?? []), {
        'api-version': '2019-08-01',
        resource: 'api://AzureADTokenExchange',
        client_id: IDENTITY,
      });
    });

    it('is had from the machine', async () => {
      const app = appTokens({ kind: 'managed-identity', clientId: IDENTITY }, platform.url);
      await entra.verifyBotToken(valueOf(await app.connectorToken()));
      const [call] = platform.asked;
      assert.deepEqual([call?.path, call?.metadata], ['/metadata/identity/oauth2/token', 'true']);
      assert.deepEqual(Object.fromEntries(call?.query ?? []), {
        'api-version': '2018-02-01',
        resource: 'api://AzureADTokenExchange',
        client_id: IDENTITY,
      });
    });

    it('is asked once while its token lasts, and again before it ends', async () => {
      const app = appTokens(onAppService());
      await Promise.all([app.connectorToken({ fresh: true }), app.defenderAppToken({ fresh: true })]);
      await app.connectorToken({ fresh: true });
      assert.equal(platform.asked.length, 1);
      world.clock.pass(HOUR - 60_000);
      platform.body = await issued(HOUR);
      valueOf(await app.connectorToken({ fresh: true }));
      assert.equal(platform.asked.length, 2);
    });

    for (const status of [404, 410, 429, 500, 503]) {
      it(`is waited for when the platform answers ${status}`, async () => {
        platform.status = status;
        const refusal = refusalOf(await asked(onAppService()), 'entra-unavailable');
        assert.equal(refusal.code, `managed-identity-${status}`);
      });
    }

    it('is waited for when the platform does not answer', async () => {
      const endpoint = { url: 'http://127.0.0.1:1/msi/token', header: 'door' };
      const answer = await asked({ kind: 'managed-identity', clientId: IDENTITY, endpoint });
      assert.equal(refusalOf(answer, 'entra-unavailable').code, 'managed-identity-network');
    });

    it('is a matter of configuration when the platform refuses it or makes no sense', async () => {
      platform.status = 400;
      refusalOf(await asked(onAppService()), 'entra-misconfigured');
      platform.status = 200;
      for (const body of [{}, { access_token: '' }, { access_token: 'x', expires_on: 'soon' }, 'text']) {
        platform.body = body;
        refusalOf(await asked(onAppService()), 'entra-misconfigured');
      }
    });

    it('is asked anew after a failure', async () => {
      const app = appTokens(onAppService());
      platform.status = 503;
      refusalOf(await app.connectorToken(), 'entra-unavailable');
      platform.status = 200;
      valueOf(await app.connectorToken());
    });
  });
});

function federatedToken(key: KeyObject, overrides: { sub?: string; exp?: number } = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const { issuer, subject } = CLUSTER;
  return new SignJWT({ iss: issuer, sub: subject, aud: 'api://AzureADTokenExchange', exp: now + 3600, ...overrides })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(key);
}
