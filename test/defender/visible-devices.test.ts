import assert from 'node:assert/strict';
import { answered } from '../../src/scan/refusal.ts';
import type { DeviceId } from '../../src/scan/ids.ts';
import { defaultDevices } from '../../src/sandbox/defender/default-devices.ts';
import { alice, contoso, NOON } from './contoso.ts';
import type { Contoso } from './contoso.ts';

describe('the devices that a person may see', () => {
  let here: Contoso;

  beforeEach(async () => {
    here = await contoso({ devices: defaultDevices(NOON) });
  });

  afterEach(() => here.standIn.close());

  const ids = (): readonly DeviceId[] => here.standIn.devices.map(({ id }) => id as DeviceId);

  it('are those that Defender shows them now', async () => {
    const all = await here.defender.visibleDevices(alice, ids());
    here.tokens.first = answered('clerk');
    const some = await here.defender.visibleDevices(alice, ids());
    assert(all.ok && some.ok);
    assert.ok(some.value.size < all.value.size);
    const workstations = here.standIn.devices.filter(({ group }) => group?.name === 'Workstations');
    assert.deepEqual([...some.value].sort(), workstations.map(({ id }) => id).sort());
  });

  it('are asked for in calls of twenty', async () => {
    const many = Array.from({ length: 41 }, (_, n) => n.toString(16).padStart(40, '0') as DeviceId);
    assert.deepEqual(await here.defender.visibleDevices(alice, many), answered(new Set()));
    assert.equal(here.net.sent.length, 3);
  });

  it('are unknown, not none, when Defender refuses', async () => {
    here.tokens.first = answered('unscoped');
    const answer = await here.defender.visibleDevices(alice, ids());
    assert.ok(!answer.ok);
    assert.equal(answer.refusal.kind, 'forbidden');
  });
});
