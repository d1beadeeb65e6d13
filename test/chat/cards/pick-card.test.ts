import assert from 'node:assert/strict';
import type { PickFields } from '../../../src/chat/cards/choosing-view.ts';
import { scanCard } from '../../../src/chat/cards/scan-card.ts';
import type { Device } from '../../../src/scan/device.ts';
import type { DeviceId } from '../../../src/scan/ids.ts';
import { HOSTILE, LAPTOP, lookOf, NOON, requestIn } from './requests.ts';

function fieldsFor(among: readonly Device[]): PickFields {
  const view = scanCard(requestIn({ name: 'choosing', among, until: NOON }), lookOf('minimal'));
  assert.equal(view.template, 'pick');
  return view.data;
}

describe('the pick card', () => {
  it('tells devices of one name apart', () => {
    const other = { ...LAPTOP, id: 'b'.repeat(40) as DeviceId, health: 'Inactive', lastSeen: undefined };
    assert.deepEqual(fieldsFor([LAPTOP, other]).choices, [
      { title: 'FIN-LAPTOP-07 · Windows11 23H2 · Active · last seen 12:00 · 1e5bc9d7…', value: LAPTOP.id },
      { title: 'FIN-LAPTOP-07 · Windows11 23H2 · Inactive · bbbbbbbb…', value: 'b'.repeat(40) },
    ]);
  });

  it('offers as many as fit and counts the rest', () => {
    const fields = fieldsFor(Array.from({ length: 22 }, () => LAPTOP));
    assert.deepEqual([fields.choices.length, fields.style], [20, 'compact']);
    assert.match(fields.more, /^2 more devices/);
    assert.deepEqual([fieldsFor([LAPTOP]).more, fieldsFor([LAPTOP]).style], ['', 'expanded']);
  });

  it('has no formatting in a choice, whatever a device is called', () => {
    for (const name of HOSTILE) {
      const title = fieldsFor([{ ...LAPTOP, name }]).choices[0]?.title ?? '';
      assert.doesNotMatch(title, /[[\](){}<>*`\\\n\u202a-\u202e]/);
    }
  });
});
