import assert from 'node:assert/strict';
import { beforeNotes } from '../../../src/chat/cards/before-notes.ts';
import { cardPen } from '../../../src/chat/cards/pen.ts';
import type { Device } from '../../../src/scan/device.ts';
import type { Preflight } from '../../../src/scan/preflight.ts';
import { DAY, HOUR, MINUTE } from '../../../src/scan/time.ts';
import { LAPTOP, lookOf, NOON } from './requests.ts';

function notes(before: Partial<Preflight>, device: Device = LAPTOP): readonly string[] {
  return beforeNotes(device, { at: NOON, ...before }, cardPen(lookOf('minimal'))).map(({ note }) => note);
}

describe('the note before a scan', () => {
  it('is not there as long as nothing is known', () => {
    assert.deepEqual(beforeNotes(LAPTOP, undefined, cardPen(lookOf('minimal'))), []);
    assert.deepEqual(notes({}, { ...LAPTOP, lastSeen: undefined }), []);
  });

  it('says when the scan starts, and claims nothing about being on', () => {
    assert.deepEqual(notes({}), [
      'ℹ️ Starts when the device takes it: usually within a minute or two while it is switched on and connected.',
    ]);
    assert.match(
      notes({}, { ...LAPTOP, lastSeen: NOON - 3 * DAY })[0] ?? '',
      /when the device wakes: Defender last heard from it 17 Nov, 14:00/,
    );
  });

  it('warns of what speaks against it, a line each', () => {
    const [, ...warnings] = notes({
      mode: 'passive',
      signaturesFrom: NOON - 12 * DAY - HOUR,
      recent: { type: 'Full', at: NOON - 40 * MINUTE },
      open: { type: 'Quick', from: NOON - HOUR },
    });
    const [mode = '', age = '', recent = '', open = ''] = warnings;
    assert.equal(warnings.length, 4);
    assert.match(mode, /passive mode there: it reports what it finds but does not remove it/);
    assert.match(age, /signatures there are 12 days old/);
    assert.match(recent, /A Full scan ran to its end there at 13:20, 40 min before this was asked\. Scan anyway\?/);
    assert.match(open, /A Quick scan that the device took at 13:00 may still run/);
    assert.match(notes({ mode: 'disabled' })[1] ?? '', /switched off there/);
    assert.equal(notes({ mode: 'active' }).length, 1);
  });
});
