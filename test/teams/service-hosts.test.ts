import assert from 'node:assert/strict';
import { serviceBase } from '../../src/teams/service-hosts.ts';

const HOSTS = [
  'smba.trafficmanager.net',
  'relay.contoso.test:8443',
  '127.0.0.1:3979',
  '127.0.0.2:3979',
  'plain.contoso.test:80',
];

const ALLOWED: readonly (readonly [string, string])[] = [
  ['https://smba.trafficmanager.net/emea/', 'https://smba.trafficmanager.net/emea'],
  ['https://SMBA.trafficmanager.net', 'https://smba.trafficmanager.net'],
  ['https://smba.trafficmanager.net:443/teams//', 'https://smba.trafficmanager.net/teams'],
  ['https://relay.contoso.test:8443/x', 'https://relay.contoso.test:8443/x'],
  ['http://127.0.0.1:3979/', 'http://127.0.0.1:3979'],
  ['http://127.0.0.2:3979/', 'http://127.0.0.2:3979'],
];

const REFUSED: readonly unknown[] = [
  'http://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net.attacker.example/',
  'https://smba.trafficmanager.net@attacker.example/',
  'https://attacker.example/smba.trafficmanager.net',
  'https://user:word@smba.trafficmanager.net/',
  'https://smba.trafficmanager.net./',
  'https://smba.trafficmanager.net:8443/',
  'https://relay.contoso.test/',
  'https://smba.trafficmanager.net/?to=attacker',
  'https://smba.trafficmanager.net/#x',
  'http://127.0.0.1:3980/',
  'http://127.0.0.1/',
  'http://plain.contoso.test:80/',
  'http://169.254.169.254/metadata',
  'ftp://smba.trafficmanager.net/',
  'smba.trafficmanager.net',
  '',
  undefined,
  7,
];

describe('a service address', () => {
  for (const [address, base] of ALLOWED) {
    it(`may be ${address}`, () => {
      assert.equal(serviceBase(address, HOSTS), base);
    });
  }
  for (const address of REFUSED) {
    it(`may not be ${String(address)}`, () => {
      assert.equal(serviceBase(address, HOSTS), undefined);
    });
  }
});
