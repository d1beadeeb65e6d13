import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Endpoints } from '../../src/config/endpoints.ts';
import { faultyVariables, READY, started } from './readings.ts';
import type { Variables } from './readings.ts';

const WORLDWIDE = {
  loginUrl: 'https://login.microsoftonline.com',
  graphUrl: 'https://graph.microsoft.com',
  graphAudience: 'https://graph.microsoft.com',
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  botIssuer: 'https://api.botframework.com',
  connectorScope: 'https://api.botframework.com',
  tokenServiceUrl: 'https://api.botframework.com',
  portalUrl: 'https://security.microsoft.com',
};
const GOVERNMENT = {
  loginUrl: 'https://login.microsoftonline.us',
  openIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  botIssuer: 'https://api.botframework.us',
  connectorScope: 'https://api.botframework.us',
  defenderUrl: 'https://api-gov.securitycenter.microsoft.us',
  defenderAudience: 'https://api-gov.securitycenter.microsoft.us',
};
const GLOBAL_AUDIENCE = 'https://api.securitycenter.microsoft.com';

function endpoints(more: Variables = {}): Endpoints {
  return started(more).config.endpoints;
}

describe('the addresses', () => {
  it('are those of the public cloud by default', () => {
    const expected = {
      ...WORLDWIDE,
      defenderUrl: 'https://api.security.microsoft.com',
      defenderAudience: GLOBAL_AUDIENCE,
      serviceHosts: ['smba.trafficmanager.net', 'smba.onyx.prod.teams.trafficmanager.net'],
    };
    assert.deepEqual(endpoints(), expected);
    assert.deepEqual(endpoints({ CLOUD: 'public' }), expected);
  });

  it('differ in GCC for Defender and Teams only', () => {
    assert.deepEqual(endpoints({ CLOUD: 'gcc' }), {
      ...WORLDWIDE,
      defenderUrl: 'https://api-gcc.securitycenter.microsoft.us',
      defenderAudience: 'https://api-gcc.securitycenter.microsoft.us',
      serviceHosts: ['smba.infra.gcc.teams.microsoft.com', 'smba.trafficmanager.net'],
    });
  });

  it('are the government ones in GCC High', () => {
    assert.deepEqual(endpoints({ CLOUD: 'gcchigh' }), {
      ...GOVERNMENT,
      graphUrl: 'https://graph.microsoft.us',
      graphAudience: 'https://graph.microsoft.us',
      tokenServiceUrl: 'https://tokengcch.botframework.azure.us',
      serviceHosts: ['smba.infra.gov.teams.microsoft.us'],
      portalUrl: 'https://security.microsoft.us',
    });
  });

  it('are the government ones in DoD, with its own Teams', () => {
    assert.deepEqual(endpoints({ CLOUD: 'dod' }), {
      ...GOVERNMENT,
      graphUrl: 'https://dod-graph.microsoft.us',
      graphAudience: 'https://dod-graph.microsoft.us',
      tokenServiceUrl: 'https://apidod.botframework.azure.us',
      serviceHosts: ['smba.infra.dod.teams.microsoft.us'],
      portalUrl: 'https://security.apps.mil',
    });
  });

  for (const region of ['us', 'eu', 'uk', 'au', 'swa', 'ina']) {
    it(`are nearer in region ${region}, for a token of the same audience`, () => {
      const { defenderUrl, defenderAudience } = endpoints({ DEFENDER_REGION: region });
      assert.equal(defenderUrl, `https://${region}.api.security.microsoft.com`);
      assert.equal(defenderAudience, GLOBAL_AUDIENCE);
    });
  }

  it('have no region outside the public cloud', () => {
    for (const cloud of ['gcc', 'gcchigh', 'dod']) {
      assert.deepEqual(faultyVariables({ ...READY, CLOUD: cloud, DEFENDER_REGION: 'eu' }), ['DEFENDER_REGION']);
    }
  });

  it('have no region next to a Defender address', () => {
    const both = { DEFENDER_REGION: 'eu', DEFENDER_API_URL: 'https://defender.example' };
    assert.deepEqual(faultyVariables({ ...READY, ...both }), ['DEFENDER_REGION']);
  });
});

describe('an override', () => {
  it('takes the place of the address and leaves the audience alone', () => {
    const { config, warnings } = started({
      CLOUD: 'gcc',
      DEFENDER_API_URL: 'https://defender.example:8443/mirror/',
      GRAPH_API_URL: 'https://graph.example/',
      ENTRA_LOGIN_URL: 'https://LOGIN.example/',
      BOT_OPENID_METADATA_URL: 'https://bots.example/openid',
      BOT_TOKEN_SERVICE_URL: 'https://tokens.example/',
    });
    assert.equal(config.endpoints.defenderUrl, 'https://defender.example:8443/mirror');
    assert.equal(config.endpoints.defenderAudience, 'https://api-gcc.securitycenter.microsoft.us');
    assert.equal(config.endpoints.graphUrl, 'https://graph.example');
    assert.equal(config.endpoints.graphAudience, 'https://graph.microsoft.com');
    assert.equal(config.endpoints.loginUrl, 'https://login.example');
    assert.equal(config.endpoints.openIdMetadataUrl, 'https://bots.example/openid');
    assert.equal(config.endpoints.tokenServiceUrl, 'https://tokens.example');
    assert.deepEqual(warnings, []);
  });

  const MAY_BE_LOOPBACK = [
    'DEFENDER_API_URL',
    'GRAPH_API_URL',
    'BOT_OPENID_METADATA_URL',
    'BOT_TOKEN_SERVICE_URL',
  ] as const;

  it('may be http on loopback, which is said in one line', () => {
    for (const host of ['127.0.0.1:81', '127.8.9.10', 'localhost:81', '[::1]:81', '127.1']) {
      const { warnings } = started(Object.fromEntries(MAY_BE_LOOPBACK.map((name) => [name, `http://${host}/x`])));
      assert.equal(warnings.length, 1);
      for (const name of MAY_BE_LOOPBACK) assert.ok(warnings[0]?.includes(name), name);
    }
  });

  it('may not be http anywhere else', () => {
    const far = [
      '10.0.0.1',
      '128.0.0.1',
      'localhost.example',
      '127.0.0.1.example',
      '[::2]',
      '0.0.0.0',
      'defender.example',
    ];
    for (const host of far) {
      for (const name of MAY_BE_LOOPBACK) {
        assert.deepEqual(faultyVariables({ ...READY, [name]: `http://${host}/` }), [name], host);
      }
    }
  });

  it('of Entra is https always', () => {
    assert.deepEqual(faultyVariables({ ...READY, ENTRA_LOGIN_URL: 'http://localhost:81' }), ['ENTRA_LOGIN_URL']);
    assert.equal(endpoints({ ENTRA_LOGIN_URL: 'https://localhost:81' }).loginUrl, 'https://localhost:81');
  });

  it('of Entra is a host, without the tenant', () => {
    assert.deepEqual(faultyVariables({ ...READY, ENTRA_LOGIN_URL: 'https://login.example/tenant' }), [
      'ENTRA_LOGIN_URL',
    ]);
  });

  it('is refused when it is no plain web address', () => {
    const bad = ['defender', 'ftp://localhost', 'https://', 'https://u:p@host', 'https://host/?a=b', 'https://host/#a'];
    for (const url of bad) {
      assert.deepEqual(faultyVariables({ ...READY, DEFENDER_API_URL: url }), ['DEFENDER_API_URL'], url);
    }
  });

  it('is https or loopback whenever it is taken', () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.constantFrom('localhost', '127.0.0.1', '[::1]'));
    fc.assert(
      fc.property(fc.constantFrom('http', 'https', 'HTTP', 'ws'), host, fc.webPath(), (scheme, name, path) => {
        const values = { ...READY, DEFENDER_API_URL: `${scheme}://${name}${path}` };
        if (faultyVariables(values).length > 0) return;
        assert.match(endpoints(values).defenderUrl, /^(https:|http:\/\/(localhost|127\.|\[::1\]))/);
      }),
    );
  });
});

describe('the hosts of Teams', () => {
  it('are taken instead of the default ones, spelled as a URL spells them', () => {
    const { config, warnings } = started({ TEAMS_SERVICE_HOSTS: 'SMBA.example, proxy.example:8443,plain.example:443' });
    assert.deepEqual(config.endpoints.serviceHosts, ['smba.example', 'proxy.example:8443', 'plain.example']);
    assert.deepEqual(warnings, []);
  });

  it('may be loopback, which is said', () => {
    const { config, warnings } = started({ TEAMS_SERVICE_HOSTS: '127.0.0.1:3979,[::1]:3979' });
    assert.deepEqual(config.endpoints.serviceHosts, ['127.0.0.1:3979', '[::1]:3979']);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /TEAMS_SERVICE_HOSTS/);
  });

  it('are hosts and nothing else', () => {
    const bad = ['https://smba.example', 'smba.example/path', '*.example', 'a b', 'user@host', 'host:99999'];
    for (const host of bad) {
      const values = { ...READY, TEAMS_SERVICE_HOSTS: `good.example,${host}` };
      assert.deepEqual(faultyVariables(values), ['TEAMS_SERVICE_HOSTS'], host);
    }
    assert.deepEqual(faultyVariables({ ...READY, TEAMS_SERVICE_HOSTS: ',' }), ['TEAMS_SERVICE_HOSTS']);
  });
});
