import assert from 'node:assert/strict';
import type { DeviceId } from '../../../src/scan/ids.ts';
import { answered, refused } from '../../../src/scan/refusal.ts';
import { MINUTE, SECOND } from '../../../src/scan/time.ts';
import { alice, laptop, NOON } from '../../support/requests.ts';
import { quiet } from '../bench.ts';
import { Workshop } from '../workshop.ts';

describe('a request that is looked up', () => {
  let workshop: Workshop;

  beforeEach(async () => {
    workshop = await Workshop.open();
  });

  afterEach(() => workshop.close());

  it('says once that it has to wait for long, and goes on by itself', async () => {
    workshop.defender.devices = refused('entra-unavailable', { retryAt: NOON + MINUTE });
    const request = await workshop.put({ name: 'asked', waitsForSignIn: false, until: NOON + 10 * MINUTE });
    await quiet();
    assert.deepEqual(workshop.said, ['takes-longer']);
    workshop.defender.devices = refused('throttled', { retryAt: NOON + 2 * MINUTE });
    await workshop.bench.passes(MINUTE);
    workshop.defender.devices = answered([laptop]);
    await workshop.bench.passes(MINUTE);
    assert.equal((await workshop.stageOf(request)).name, 'proposed');
    assert.deepEqual(workshop.said, ['takes-longer', 'card']);
  });

  it('is for the device that is left of those that Defender has merged', async () => {
    const left = { ...laptop, id: 'b'.repeat(40) as DeviceId };
    workshop.defender.devices = answered([{ ...laptop, mergedInto: left.id }]);
    workshop.defender.devicesBy.set(left.id, answered([left]));
    const request = await workshop.put({ name: 'asked', waitsForSignIn: false, until: NOON + MINUTE });
    for (let turns = 0; turns < 3; turns += 1) await quiet();
    const stage = await workshop.stageOf(request);
    assert.equal(stage.name === 'proposed' && stage.device.id, left.id);
  });

  it('is for nobody to find when the device that is left may not be seen', async () => {
    const merged = { ...laptop, mergedInto: 'b'.repeat(40) as DeviceId };
    workshop.defender.devices = answered([merged]);
    workshop.defender.devicesBy.set(merged.mergedInto, answered([]));
    const request = await workshop.put({ name: 'asked', waitsForSignIn: false, until: NOON + MINUTE });
    await quiet();
    const stage = await workshop.stageOf(request);
    assert.equal(stage.name === 'closed' && stage.why, 'not-found');
  });

  it('asks once more for a sign-in that came and is not to be had, for all that waits there', async () => {
    workshop.defender.devices = refused('sign-in-needed');
    for (let count = 0; count < 2; count += 1) {
      await workshop.put({ name: 'asked', waitsForSignIn: true, until: NOON + 10 * MINUTE });
    }
    await workshop.bench.passes(SECOND);
    assert.deepEqual(workshop.said, []);
    await workshop.bench.store.commit({ signedIn: alice.id });
    await quiet();
    assert.deepEqual(workshop.said, ['sign-in']);
    workshop.defender.devices = answered([laptop]);
    await workshop.bench.store.commit({ signedIn: alice.id });
    await quiet();
    assert.deepEqual(workshop.said, ['sign-in', 'card', 'card']);
  });

  it('says nothing about a short wait', async () => {
    workshop.defender.devices = refused('entra-unavailable', { retryAt: NOON + 5 * SECOND });
    await workshop.put({ name: 'asked', waitsForSignIn: false, until: NOON + 10 * MINUTE });
    await quiet();
    assert.deepEqual(workshop.said, []);
  });
});
