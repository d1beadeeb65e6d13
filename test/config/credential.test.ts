import assert from 'node:assert/strict';
import { describeFaults } from '../../src/config.ts';
import { faultsOf, faultyVariables, READY, started } from './readings.ts';

const { MicrosoftAppPassword: secret, ...IDS } = READY;
const CLIENT = 'CCCCCCCC-0000-4000-8000-000000000003';
const EACH = {
  secret: { MicrosoftAppPassword: secret },
  certificate: { APP_CERTIFICATE_FILE: '/run/app.crt', APP_CERTIFICATE_KEY_FILE: '/run/app.key' },
  federated: { APP_FEDERATED_TOKEN_FILE: '/run/token' },
  'managed-identity': { APP_MANAGED_IDENTITY_CLIENT_ID: CLIENT },
} as const;
const NO_SECRET = { MicrosoftAppPassword: '' };

describe('the credential', () => {
  it('is the secret, the certificate, the federated token or the managed identity', () => {
    assert.deepEqual(started().config.credential, { kind: 'secret', secret });
    assert.deepEqual(started({ ...NO_SECRET, ...EACH.certificate }).config.credential, {
      kind: 'certificate',
      certificateFile: '/run/app.crt',
      keyFile: '/run/app.key',
    });
    assert.deepEqual(started({ ...NO_SECRET, ...EACH.federated }).config.credential, {
      kind: 'federated',
      tokenFile: '/run/token',
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
