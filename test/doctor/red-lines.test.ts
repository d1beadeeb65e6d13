import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import type { Credential } from '../../src/config/credential.ts';
import { applicationPermissionCheck, connectorTokenCheck } from '../../src/doctor/checks/app-tokens.ts';
import { connectionCheck } from '../../src/doctor/checks/connection.ts';
import { hostCheck } from '../../src/doctor/checks/hosts.ts';
import { metadataCheck } from '../../src/doctor/checks/metadata.ts';
import { packageCheck } from '../../src/doctor/checks/package.ts';
import { defenderCheck, delegatedCheck, groupsCheck, signInCheck } from '../../src/doctor/checks/person.ts';
import type { SignedIn } from '../../src/doctor/checks/person.ts';
import { diskCheck } from '../../src/doctor/checks/storage.ts';
import { examine } from '../../src/doctor/examine.ts';
import type { Check } from '../../src/doctor/finding.ts';
import { manifestIn } from '../../src/doctor/instruments.ts';
import type { AppTokens } from '../../src/entra/app-tokens.ts';
import { createNet } from '../../src/net/request.ts';
import { answered, refused } from '../../src/scan/refusal.ts';
import type { Answer } from '../../src/scan/refusal.ts';
import { DAY } from '../../src/scan/time.ts';
import { alice } from '../support/requests.ts';

const APP = '0b6fe6d1-fece-44f7-9a48-56465e2d5ab8';
const GROUP = '7c1f0a52-93d8-4e6b-a4f1-5b0d2c7e8a19';
const ENV = {
  MicrosoftAppId: APP,
  MicrosoftAppTenantId: '7d4e2f10-5b1c-4b7e-9a35-0c1d2e3f4a5b',
  MicrosoftAppPassword: 'x',
};

function configOf(env: Readonly<Record<string, string>> = {}): Config {
  const reading = readConfig({ ...ENV, ...env });
  return reading.ok ? reading.config : assert.fail(JSON.stringify(reading.faults));
}

/** The whole line, as it is read. */
async function lineOf(check: Check): Promise<string> {
  const { is, says, remedy = '' } = await check.look();
  assert.equal(remedy === '', is === 'good', `${says} ${remedy}`);
  return `${is}: ${says} ${remedy}`;
}

function tokenWith(claims: object): string {
  return ['{}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');
}

describe('a red line about the app’s own tokens', () => {
  const none = (answer: Answer<string>): AppTokens =>
    ({
      connectorToken: () => Promise.resolve(answer),
      defenderAppToken: () => Promise.resolve(refused('entra-misconfigured', { code: 'AADSTS500011' })),
    }) as unknown as AppTokens;

  const CREDENTIALS: readonly (readonly [Credential, RegExp])[] = [
    [{ kind: 'secret', secret: 'x' }, /has the secret ended\?.+MicrosoftAppPassword/],
    [{ kind: 'certificate', certificateFile: 'c', keyFile: 'k' }, /upload the certificate of APP_CERTIFICATE_FILE/],
    [{ kind: 'federated', tokenFile: 't' }, /issuer, subject and audience.+APP_FEDERATED_TOKEN_FILE/],
    [{ kind: 'managed-identity', clientId: APP }, /Assign the identity.+--trust-identity/],
  ];
  for (const [credential, remedy] of CREDENTIALS) {
    it(`tells what to do about a ${credential.kind} that is not taken`, async () => {
      const tokens = none(refused('entra-misconfigured', { code: 'invalid_client' }));
      const line = await lineOf(connectorTokenCheck({ ...configOf(), credential }, tokens));
      assert.match(line, /^bad: .+\(invalid_client\)/);
      assert.match(line, remedy);
    });
  }

  it('blames no credential while Entra does not answer', async () => {
    const line = await lineOf(connectorTokenCheck(configOf(), none(refused('entra-unavailable'))));
    assert.match(line, /^bad: .+Mend the way to Entra/);
    assert.doesNotMatch(line, /secret/);
  });

  it('tells that there is none for Defender', async () => {
    const config = configOf({ STATUS_READER: 'application' });
    const line = await lineOf(applicationPermissionCheck(config, none(answered('t'))));
    assert.match(line, /^bad: No token for Defender \(AADSTS500011\).+Machine\.Read\.All.+STATUS_READER=requester/);
  });
});

describe('a red line about the OAuth connection', () => {
  it('tells of a bot that is not let in', async () => {
    const ask = { ok: false, why: 'refused', code: '403' } as const;
    const line = await lineOf(connectionCheck(configOf(), () => Promise.resolve(ask)));
    assert.match(line, /^bad: .+does not let the bot in \(403\).+Single Tenant/);
  });
});

describe('a red line about a host', () => {
  it('tells of one that does not answer', async () => {
    const silent = { ok: false, why: 'timeout', code: 'ETIMEDOUT' } as const;
    const line = await lineOf(hostCheck('Entra', 'https://login.example.org', () => Promise.resolve(silent)));
    assert.match(line, /^bad: login\.example\.org: no answer in 5 s \(ETIMEDOUT\).+firewall/);
  });

  it('tells of a certificate that ends soon, and of none that lasts', async () => {
    const ending = (days: number): Check =>
      hostCheck('Entra', 'https://login.example.org', () =>
        Promise.resolve({ ok: true, ms: 1, certificateEnds: new Date(Date.now() + days * DAY) }),
      );
    assert.match(await lineOf(ending(3)), /^bad: .+its certificate ends on \d{4}-/);
    assert.match(await lineOf(ending(30)), /^good/);
  });
});

describe('a red line about announced keys', () => {
  let server: Server;
  let url: string;
  let says: unknown;

  before(async () => {
    server = createServer((request, response) => {
      response.end(request.url === '/keys' ? 'no keys' : JSON.stringify(says));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
  });

  it('tells that there are none, or that they cannot be read', async () => {
    const line = (): Promise<string> => lineOf(metadataCheck('keys', url, createNet()));
    says = { hello: 'proxy' };
    assert.match(await line(), /^bad: No OpenID metadata there\. Open http:/);
    says = { issuer: 'us', jwks_uri: `${url}/keys` };
    assert.match(await line(), /^bad: The keys that it names cannot be read\. Open .+\/keys/);
  });
});

describe('a red line about the app package', () => {
  const dir = mkdtempSync(join(tmpdir(), 'scan-bot-red-'));
  const file = join(dir, 'scan-bot.zip');
  after(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('tells of a damaged one, and of something else', async () => {
    const line = (read = manifestIn): Promise<string> => lineOf(packageCheck(configOf(), file, read));
    writeFileSync(file, 'no zip');
    assert.match(await line(), /^bad: It holds no manifest of this bot\. npm run package/);
    assert.match(await line(() => '{"name": '), /^bad: It holds no manifest/);
    assert.match(await line(() => undefined), /^bad: It holds no manifest/);
  });

  it('tells of tokens that it asks of another API', async () => {
    const manifest = {
      id: APP,
      bots: [{ botId: APP }],
      webApplicationInfo: { id: APP, resource: 'api://other' },
      validDomains: [],
    };
    const line = await lineOf(packageCheck(configOf(), file, () => JSON.stringify(manifest)));
    assert.match(line, /^bad: It asks for tokens of api:\/\/other\. npm run package/);
  });
});

describe('a red line about what a person may', () => {
  function somebody(token: Answer<string>, signIn: object = {}): SignedIn {
    return {
      person: alice,
      signIn: tokenWith(signIn),
      tokens: { token: () => Promise.resolve(token) },
      defender: { findDevices: () => Promise.resolve(refused('forbidden', { status: 403 })) },
    };
  }
  const held = (scp: string): SignedIn => somebody(answered(tokenWith({ scp })));

  it('tells what a token lacks', async () => {
    const line = await lineOf(delegatedCheck('scan', ['Machine.Scan', 'Machine.Read'], held('Machine.Read')));
    assert.match(line, /^bad: The token lacks Machine\.Scan\. .+WindowsDefenderATP.+admin consent/);
  });

  it('tells of a refusal that is the app’s, and leaves open one that is the person’s', async () => {
    const refusedFor = (kind: 'entra-misconfigured' | 'entra-unavailable' | 'mfa-needed' | 'guest'): Promise<string> =>
      lineOf(delegatedCheck('alerts', ['Alert.Read'], somebody(refused(kind))));
    assert.match(await refusedFor('entra-misconfigured'), /^bad: .+\/error/);
    assert.match(await refusedFor('entra-unavailable'), /^bad: .+the way to Entra/);
    assert.match(await refusedFor('mfa-needed'), /^open: .+\(mfa-needed\).+sign in/);
    assert.match(await refusedFor('guest'), /^open/);
  });

  it('tells of a sign-in without the scope of the app, and of one for another API', async () => {
    const line = (signIn: object): Promise<string> => lineOf(signInCheck(configOf(), somebody(answered('t'), signIn)));
    const scopes = new RegExp(`Scopes to api://botid-${APP}/access_as_user`);
    assert.match(await line({ aud: APP, scp: 'access_as_user' }), /^good/);
    assert.match(await line({ aud: `api://botid-${APP}`, scp: 'openid access_as_user' }), /^good/);
    assert.match(await line({ aud: APP, scp: 'user_impersonation' }), /^bad: It lacks the scope access_as_user/);
    assert.match(await line({ aud: 'https://graph.microsoft.com', scp: 'access_as_user' }), /^bad: .+another API/);
    assert.match(await line({}), scopes);
    assert.match(await lineOf(signInCheck(configOf(), undefined)), /^open/);
  });

  it('tells what Graph is not allowed to say, only where somebody is named by a group', async () => {
    const groups = configOf({ APPROVAL: 'approvers', APPROVERS: `group:${GROUP}` });
    assert.match(await lineOf(groupsCheck(groups, held('User.Read'))), /^good: Granted/);
    assert.match(
      await lineOf(groupsCheck(groups, held('openid'))),
      /^bad: The token lacks User\.Read.+Microsoft Graph/,
    );
    const people = configOf({ APPROVAL: 'approvers', APPROVERS: GROUP });
    assert.match(await lineOf(groupsCheck(people, held('openid'))), /^good: Not needed/);
  });

  it('tells that Defender refuses or does not answer', async () => {
    assert.match(await lineOf(defenderCheck(held(''))), /^bad: Defender refuses \(403 forbidden\).+View data/);
    const findDevices = (): Promise<ReturnType<typeof refused>> => Promise.resolve(refused('no-answer'));
    const line = await lineOf(defenderCheck({ ...held(''), defender: { findDevices } }));
    assert.match(line, /^bad: Defender gives no answer \(no-answer\).+DEFENDER_API_URL/);
  });
});

describe('a red line about the machine', () => {
  it('tells of a disk that is nearly full', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'scan-bot-disk-'));
    const { storage } = configOf({ DATA_DIR: dir });
    const line = await lineOf(diskCheck(storage, () => Promise.resolve(2 ** 20)));
    rmSync(dir, { recursive: true });
    assert.match(line, /^bad: 1 MiB free in .+Make room/);
  });

  it('tells of a directory that cannot be used', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'scan-bot-disk-'));
    const { storage } = configOf({ DATA_DIR: dir });
    const line = await lineOf(diskCheck(storage, () => Promise.reject(new Error('EIO'))));
    rmSync(dir, { recursive: true });
    assert.match(line, /^bad: .+cannot be written\. Create DATA_DIR/);
  });

  it('tells of a look that does not come to an end', async () => {
    const endless: Check = { name: 'endless', look: () => new Promise(() => undefined) };
    const [finding] = await examine([endless], 1);
    assert.match(`${finding?.is ?? ''}: ${finding?.says ?? ''}`, /^bad: No result/);
  });
});
