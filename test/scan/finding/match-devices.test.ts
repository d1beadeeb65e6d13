import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Device } from '../../../src/scan/device.ts';
import { isAddress } from '../../../src/scan/finding/address.ts';
import { matchDevices } from '../../../src/scan/finding/match-devices.ts';
import type { DeviceId } from '../../../src/scan/ids.ts';
import { laptop } from '../../support/requests.ts';

const device = (name: string, facts: Partial<Device> = {}): Device => ({
  ...laptop,
  id: name.padEnd(40, '0') as DeviceId,
  name,
  tags: [],
  group: '',
  lastIp: '',
  lastSeen: undefined,
  ...facts,
});
const found = (typed: string, ...devices: Device[]): readonly string[] =>
  matchDevices(devices, typed).map(({ name }) => name);

describe('the devices that fit', () => {
  it('begin with those that are called so', () => {
    const all = ['srv-fin', 'fin.contoso.com', 'findlater', 'coffin', 'fin-02'].map((name) => device(name));
    assert.deepEqual(found('FIN', ...all), ['fin.contoso.com', 'fin-02', 'findlater', 'srv-fin', 'coffin']);
  });

  it('come in the order in which they were seen, newest first', () => {
    const seen = [1, 3, 2].map((at) => device(`fin-${at}`, { lastSeen: at }));
    assert.deepEqual(found('fin', ...seen), ['fin-3', 'fin-2', 'fin-1']);
  });

  it('fit every word that was typed', () => {
    const all = [device('fin-laptop-07'), device('fin-laptop-11'), device('hr-laptop-07')];
    assert.deepEqual(found('fin 07', ...all), ['fin-laptop-07']);
  });

  it('are found by address, by tag and by the beginning of the id', () => {
    const pc = device('pc', { lastIp: '10.1.2.3', tags: ['Finance'], id: 'abcd'.repeat(10) as DeviceId });
    for (const typed of ['10.1.', '10.1.2.3', 'finan', 'abcda', pc.id]) {
      assert.deepEqual(found(typed, pc, device('zz')), ['pc'], typed);
    }
    assert.deepEqual(found('abc', pc), []);
  });

  it('are found in a group or by a tag alone, quoted or not', () => {
    const pc = device('pc', { group: 'Tier 1', tags: ['Finance'] });
    const other = device('tier-1-pc', { group: 'Tier 10' });
    assert.deepEqual(found('group:"Tier 1"', other, pc), ['pc', 'tier-1-pc']);
    assert.deepEqual(found('group: tier 1', other, pc), ['pc', 'tier-1-pc']);
    assert.deepEqual(found('tag:finance', other, pc), ['pc']);
    assert.deepEqual(found('tag:', other, pc), []);
  });

  it('are none that Defender merged into others', () => {
    assert.deepEqual(found('fin', device('fin', { mergedInto: laptop.id })), []);
  });

  it('are some of those there are, whatever is typed', () => {
    const all = [device('fin-laptop-07'), device('x'), device('')];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const matching = matchDevices(all, typed);
        assert.ok(matching.every((one) => all.includes(one)));
        assert.equal(new Set(matching).size, matching.length);
      }),
    );
  });
});

describe('an IP address', () => {
  it('is whole', () => {
    for (const text of ['10.0.0.1', '255.255.255.255', 'fe80::1', '2001:db8:0:0:0:0:0:1']) assert.ok(isAddress(text));
    for (const text of ['10.0.0', '10.0.0.256', '10.0.0.1.2', 'pc:1', 'host', '', '10.0.0.']) {
      assert.ok(!isAddress(text), text);
    }
  });

  it('is any that a machine can have', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV6().filter((ip) => !ip.includes('.')),
        ),
        (ip) => {
          assert.ok(isAddress(ip));
        },
      ),
    );
  });
});
