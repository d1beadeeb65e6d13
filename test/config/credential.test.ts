import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFaults } from '../../src/config.ts';
import { appCertificate, localhostChain } from '../../src/sandbox/entra/certificates.ts';
import { faultsOf, faultyVariables, READY, started } from './readings.ts';

const { MicrosoftAppPassword: secret, ...IDS } = READY;
const CLIENT = 'CCCCCCCC-0000-4000-8000-000000000003';
const HOME = mkdtempSync(join(tmpdir(), 'scan-bot-credential-'));
const FILES = { certificate: join(HOME, 'app.crt'), key: join(HOME, 'app.key'), token: join(HOME, 'token') };
const EACH = {
  secret: { MicrosoftAppPassword: secret },
  certificate: { APP_CERTIFICATE_FILE: FILES.certificate, APP_CERTIFICATE_KEY_FILE: FILES.key },
  federated: { APP_FEDERATED_TOKEN_FILE: FILES.token },
  'managed-identity': { APP_MANAGED_IDENTITY_CLIENT_ID: CLIENT },
} as const;
const NO_SECRET = { MicrosoftAppPassword: '' };

describe('the credential', () => {
  const pair = appCertificate();

  beforeEach(() => {
    writeFileSync(FILES.certificate, pair.certificatePem);
    writeFileSync(FILES.key, pair.keyPem);
    writeFileSync(FILES.token, 'a token');
  });

  after(() => {
    rmSync(HOME, { recursive: true });
  });
  it('is the secret, the certificate, the federated token or the managed identity', () => {
    assert.deepEqual(started().config.credential, { kind: 'secret', secret });
    assert.deepEqual(started({ ...NO_SECRET, ...EACH.certificate }).config.credential, {
      kind: 'certificate',
      certificateFile: FILES.certificate,
      keyFile: FILES.key,
    });
    assert.deepEqual(started({ ...NO_SECRET, ...EACH.federated }).config.credential, {
      kind: 'federated',
      tokenFile: FILES.token,
    });
    assert.deepEqual(started({ ...NO_SECRET, ...EACH['managed-identity'] }).config.credential, {
      kind: 'managed-identity',
      clientId: CLIENT.toLowerCase(),
    });
  });

  it('is a managed identity where the platform hands out its tokens', () => {
    const platform = { IDENTITY_ENDPOINT: 'http://localhost:42356/msi/token', IDENTITY_HEADER: 'from-the-platform' };
    assert.deepEqual(started({ ...NO_SECRET, ...EACH['managed-identity'], ...platform }).config.credential, {
      kind: 'managed-identity',
      clientId: CLIENT.toLowerCase(),
      endpoint: { url: 'http://localhost:42356/msi/token', header: 'from-the-platform' },
    });
    assert.equal(started(platform).config.credential.kind, 'secret');
  });

  it('is missed when there is none', () => {
    assert.deepEqual(faultyVariables(IDS), ['MicrosoftAppPassword']);
    assert.match(faultsOf(IDS)[0]?.remedy ?? '', /APP_FEDERATED_TOKEN_FILE/);
  });

  it('is never two of them', () => {
    const kinds = Object.values(EACH);
    for (const [index, one] of kinds.entries()) {
      for (const other of kinds.slice(index + 1)) {
        const expected = [...Object.keys(one), ...Object.keys(other)];
        assert.deepEqual(faultyVariables({ ...IDS, ...one, ...other }), expected);
      }
    }
  });

  it('is not half a certificate', () => {
    assert.deepEqual(faultyVariables({ ...IDS, APP_CERTIFICATE_FILE: 'a' }), ['APP_CERTIFICATE_KEY_FILE']);
    assert.deepEqual(faultyVariables({ ...IDS, APP_CERTIFICATE_KEY_FILE: 'a' }), ['APP_CERTIFICATE_FILE']);
  });

  it('is no file that cannot be read: told with everything else that is wrong', () => {
    const nowhere = join(HOME, 'nowhere');
    const certificate = { APP_CERTIFICATE_FILE: nowhere, APP_CERTIFICATE_KEY_FILE: nowhere };
    const faults = faultyVariables({ ...IDS, ...certificate, PORT: 'x' });
    assert.deepEqual(faults.toSorted(), ['APP_CERTIFICATE_FILE', 'APP_CERTIFICATE_KEY_FILE', 'PORT']);
    assert.deepEqual(faultyVariables({ ...IDS, APP_FEDERATED_TOKEN_FILE: nowhere }), ['APP_FEDERATED_TOKEN_FILE']);
  });

  it('is a certificate in PEM form with its own RSA key, of which nothing is told', () => {
    const wrong = (certificate: string, key: string): string => {
      writeFileSync(FILES.certificate, certificate);
      writeFileSync(FILES.key, key);
      return describeFaults(faultsOf({ ...IDS, ...EACH.certificate }));
    };
    assert.match(wrong('nothing', pair.keyPem), /1 problem.*\n.*APP_CERTIFICATE_FILE holds no certificate/);
    const quoted = wrong(pair.certificatePem, 'SECRET');
    assert.match(quoted, /1 problem.*\n.*APP_CERTIFICATE_KEY_FILE holds no private key/);
    assert.doesNotMatch(quoted, /SECRET/);
    assert.match(wrong(pair.certificatePem, appCertificate().keyPem), /1 problem.*\n.*is not the key of/);
    assert.match(wrong(pair.certificatePem, localhostChain().keyPem), /1 problem.*\n.*holds no RSA key/);
  });

  it('is not a managed identity by another name than its client id', () => {
    const faults = faultyVariables({ ...IDS, APP_MANAGED_IDENTITY_CLIENT_ID: 'scan-bot-identity' });
    assert.deepEqual(faults, ['APP_MANAGED_IDENTITY_CLIENT_ID']);
  });

  it('is not a secret that was pasted with a line break', () => {
    const faults = faultsOf({ ...IDS, MicrosoftAppPassword: 'abc~def\n' });
    assert.deepEqual(
      faults.map((fault) => fault.variable),
      ['MicrosoftAppPassword'],
    );
    assert.doesNotMatch(describeFaults(faults), /abc~def/);
  });
});
