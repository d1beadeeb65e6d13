import assert from 'node:assert/strict';
import { channelFact, deviceFacts } from '../../src/policy/facts.ts';
import type { Device } from '../../src/scan/device.ts';
import { readDeviceId, readThreadId } from '../../src/scan/ids.ts';
import type { Thread } from '../../src/scan/person.ts';

const DEVICE: Device = {
  id: readDeviceId('0123456789abcdef'.repeat(3).slice(0, 40))!,
  name: 'FIN-07.contoso.com',
  os: 'Windows11',
  osVersion: '24H2',
  osBuild: '26100',
  health: 'Active',
  onboarding: 'Onboarded',
  lastSeen: undefined,
  risk: 'None',
  value: 'Normal',
  group: 'Laptops',
  lastIp: '',
  tags: ['lab'],
  mergedInto: undefined,
};

const THREAD: Thread = {
  id: readThreadId('19:soc@thread.tacv2')!,
  kind: 'channel',
  serviceUrl: 'https://smba.example.org/',
  botId: '28:bot',
  botName: 'Scan Bot',
  tenantId: '',
  team: '19:team@thread.tacv2',
  channel: '19:soc@thread.tacv2',
};

describe('the facts of a device', () => {
  it('are what Defender says', () => {
    const { name, tags, group, os, value, risk } = DEVICE;
    assert.deepEqual(deviceFacts(DEVICE), { name, tags, group, os, value, risk });
  });

  it('are unknown where Defender says nothing', () => {
    const silent = { ...DEVICE, name: '', group: ' ', os: '', value: '', risk: '', tags: undefined };
    const nothing = { name: undefined, group: undefined, os: undefined, value: undefined, risk: undefined };
    assert.deepEqual(deviceFacts(silent), { ...nothing, tags: undefined });
    assert.deepEqual(deviceFacts({ ...silent, tags: [] }).tags, []);
  });
});

describe('the channel of a thread', () => {
  it('is its id, none in a chat, and unknown when Teams does not tell', () => {
    assert.deepEqual(channelFact(THREAD), { id: '19:soc@thread.tacv2' });
    assert.equal(channelFact({ ...THREAD, channel: undefined }), 'unknown');
    assert.equal(channelFact({ ...THREAD, kind: 'personal', channel: undefined }), 'none');
    assert.equal(channelFact({ ...THREAD, kind: 'group', channel: undefined }), 'none');
  });
});
