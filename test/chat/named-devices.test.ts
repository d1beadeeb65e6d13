import assert from 'node:assert/strict';
import fc from 'fast-check';
import { devicesNamedIn, likelyDevice, plainMessage } from '../../src/chat/named-devices.ts';
import type { Device } from '../../src/scan/device.ts';
import type { DeviceId } from '../../src/scan/ids.ts';
import { laptop } from '../support/requests.ts';

const kiosk: Device = { ...laptop, id: 'b'.repeat(40) as DeviceId, name: 'kiosk-lobby', lastIp: '10.20.9.2' };
const named = (text: string): readonly string[] =>
  devicesNamedIn(plainMessage(text), [laptop, kiosk]).map(({ name }) => name.split('.')[0] ?? '');

describe('the devices that a message names', () => {
  it('are named by short or full name, id or address, whatever stands around them', () => {
    const texts = [
      'FIN-LAPTOP-07 beeps',
      'is fin-laptop-07.contoso.com. ok?',
      '(fin-laptop-07)',
      '<b>fin-laptop-07</b>',
      '"fin-laptop-07":',
      'ip=10.0.0.7,',
      laptop.id.toUpperCase(),
      'fin&#8209;x fin-laptop-07&nbsp;',
    ];
    for (const text of texts) assert.deepEqual(named(text), ['fin-laptop-07'], text);
  });

  it('come in the order of the text, each once', () => {
    assert.deepEqual(named('10.20.9.2 and fin-laptop-07, kiosk-lobby'), ['kiosk-lobby', 'fin-laptop-07']);
  });

  it('are none whose names are only parts of words', () => {
    assert.deepEqual(named('my-fin-laptop-07 kiosk-lobby2 10.0.0.70 a1a1'), []);
  });

  it('are guessed where nobody knows them', () => {
    assert.equal(likelyDevice('odd pop-ups on FIN-LAPTOP-07 today'), 'fin-laptop-07');
    assert.equal(likelyDevice('FIN-LAPTOP-07 at 10.0.0.7'), '10.0.0.7');
    assert.equal(likelyDevice('nothing here'), '');
  });

  it('are some of those there are, whatever the message holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const found = devicesNamedIn(plainMessage(text), [laptop, kiosk]);
        assert.equal(new Set(found).size, found.length);
        assert.ok(likelyDevice(text).length <= text.length + 1);
      }),
    );
  });
});
