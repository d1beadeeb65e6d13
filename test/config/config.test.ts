import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeFaults, readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { VARIABLES } from '../../src/config/variables.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { faultsOf, faultyVariables, READY } from './readings.ts';

function configOf(more: Readonly<Record<string, string>> = {}): Config {
  const reading = readConfig({ ...READY, ...more });
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.config;
}

describe('the configuration', () => {
  it('needs nothing but the two ids and one credential', () => {
    assert.deepEqual(configOf(), {
      port: 3978,
      metricsPort: undefined,
      appId: 'aaaaaaaa-0000-4000-8000-000000000001',
      tenantId: 'bbbbbbbb-0000-4000-8000-000000000002',
      credential: { kind: 'secret', secret: 'k~8Q.very-secret' },
      oauthConnection: 'defender',
      cloud: 'public',
      endpoints: configOf().endpoints,
      storage: {
        dataDir: './data',
        databaseUrl: undefined,
        anchorChannel: undefined,
        keepFinished: 400 * DAY,
        keepSent: 7 * DAY,
      },
      approval: undefined,
      policy: undefined,
      allowedTeams: undefined,
      allowedChannels: undefined,
      channelDetail: 'minimal',
      channelLanguage: undefined,
      approvalExpiresMs: HOUR,
      statusReader: 'requester',
      statusPollMs: 15 * SECOND,
      logLevel: 'info',
      tracesEndpoint: undefined,
    });
  });

  it('takes an empty variable as one that is not set', () => {
    const empty = Object.fromEntries(VARIABLES.map((variable) => [variable, '']));
    assert.deepEqual(readConfig({ ...empty, ...READY }), readConfig(READY));
  });

  it('takes what is set', () => {
    const config = configOf({
      PORT: '8080',
      METRICS_PORT: '9090',
      OAUTH_CONNECTION_NAME: 'mde',
      DATA_DIR: '/var/lib/scan-bot',
      ALLOWED_TEAMS: '19:one@thread.tacv2, 19:two@thread.tacv2,19:one@thread.tacv2',
      ALLOWED_CHANNELS: '19:soc@thread.tacv2',
      CHANNEL_DETAIL: 'full',
      APPROVAL_EXPIRES_MINUTES: '5',
      STATUS_READER: 'application',
      STATUS_POLL_SECONDS: '30',
      LOG_LEVEL: 'warn',
    });
    assert.equal(config.port, 8080);
    assert.equal(config.metricsPort, 9090);
    assert.equal(config.oauthConnection, 'mde');
    assert.equal(config.storage.dataDir, '/var/lib/scan-bot');
    assert.deepEqual(config.allowedTeams, ['19:one@thread.tacv2', '19:two@thread.tacv2']);
    assert.deepEqual(config.allowedChannels, ['19:soc@thread.tacv2']);
    assert.equal(config.channelDetail, 'full');
    assert.equal(config.approvalExpiresMs, 5 * MINUTE);
    assert.equal(config.statusReader, 'application');
    assert.equal(config.statusPollMs, 30 * SECOND);
    assert.equal(config.logLevel, 'warn');
  });

  it('spells ids in lower case, as tokens do', () => {
    assert.equal(configOf({ MicrosoftAppId: READY.MicrosoftAppId.toUpperCase() }).appId, READY.MicrosoftAppId);
  });

  it('tells everything that is wrong at once', () => {
    const faults = faultyVariables({
      MicrosoftAppType: 'MultiTenant',
      PORT: 'http',
      APPROVAL: 'nobody',
      CLOUD: 'mars',
    });
    const missing = ['MicrosoftAppId', 'MicrosoftAppTenantId', 'MicrosoftAppPassword'];
    assert.deepEqual(faults.toSorted(), [...missing, 'MicrosoftAppType', 'PORT', 'APPROVAL', 'CLOUD'].toSorted());
  });

  it('refuses every app type but SingleTenant', () => {
    for (const type of ['MultiTenant', 'UserAssignedMSI', 'singletenant']) {
      assert.deepEqual(faultyVariables({ ...READY, MicrosoftAppType: type }), ['MicrosoftAppType']);
    }
    assert.deepEqual(configOf({ MicrosoftAppType: 'SingleTenant' }), configOf());
  });

  it('refuses ids that are not GUIDs', () => {
    assert.deepEqual(faultyVariables({ ...READY, MicrosoftAppTenantId: 'common' }), ['MicrosoftAppTenantId']);
    assert.deepEqual(faultyVariables({ ...READY, MicrosoftAppId: 'scan-bot' }), ['MicrosoftAppId']);
  });

  it('refuses numbers that are no whole numbers, or out of bounds', () => {
    for (const number of ['-1', '1.5', '1e3', '0x10', '70000', 'many', '99999999999999999999']) {
      assert.deepEqual(faultyVariables({ ...READY, PORT: number, METRICS_PORT: number }), ['PORT', 'METRICS_PORT']);
    }
    assert.deepEqual(faultyVariables({ ...READY, APPROVAL_EXPIRES_MINUTES: '0' }), ['APPROVAL_EXPIRES_MINUTES']);
    assert.deepEqual(faultyVariables({ ...READY, APPROVAL_EXPIRES_MINUTES: '10081' }), ['APPROVAL_EXPIRES_MINUTES']);
    assert.deepEqual(faultyVariables({ ...READY, STATUS_POLL_SECONDS: '0' }), ['STATUS_POLL_SECONDS']);
    assert.deepEqual(faultyVariables({ ...READY, STATUS_POLL_SECONDS: '3601' }), ['STATUS_POLL_SECONDS']);
  });

  it('refuses one port for two servers', () => {
    assert.deepEqual(faultyVariables({ ...READY, METRICS_PORT: '3978' }), ['METRICS_PORT']);
    assert.equal(configOf({ PORT: '0', METRICS_PORT: '0' }).metricsPort, 0);
  });

  it('refuses words that are not known', () => {
    for (const variable of ['CHANNEL_DETAIL', 'STATUS_READER', 'LOG_LEVEL', 'CLOUD', 'APPROVAL', 'DEFENDER_REGION']) {
      assert.deepEqual(faultyVariables({ ...READY, [variable]: 'whatever' }), [variable]);
    }
  });

  it('never takes an empty list for everybody', () => {
    assert.deepEqual(faultyVariables({ ...READY, ALLOWED_TEAMS: ' , ', ALLOWED_CHANNELS: ',' }), [
      'ALLOWED_TEAMS',
      'ALLOWED_CHANNELS',
    ]);
  });

  it('never shows a value in what it says, whatever is set to it', () => {
    const marked = fc.string().map((text) => `§§${text}§§`);
    const anything = fc.record(Object.fromEntries(VARIABLES.map((variable) => [variable, marked])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(anything, (environment) => {
        assert.doesNotMatch(describeFaults(faultsOf(environment)), /§/);
      }),
    );
  });

  it('reads any environment without throwing', () => {
    const anything = fc.record(
      Object.fromEntries(VARIABLES.map((variable) => [variable, fc.string({ unit: 'binary' })])),
    );
    fc.assert(
      fc.property(anything, (environment) => {
        assert.equal(typeof readConfig(environment).ok, 'boolean');
      }),
    );
  });
});

describe('the description of faults', () => {
  it('names each variable and its remedy', () => {
    const faults = faultsOf({ PORT: 'x', CLOUD: 'mars' });
    const text = describeFaults(faults);
    for (const { variable, remedy } of faults) {
      assert.ok(text.includes(variable) && text.includes(remedy), variable);
    }
    assert.match(text, /5 problems/);
  });

  it('counts one problem as one', () => {
    assert.match(describeFaults(faultsOf({ ...READY, PORT: 'x' })), /1 problem in/);
  });
});
