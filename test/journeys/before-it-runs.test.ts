import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../src/scan/time.ts';
import type { House } from '../support/house.ts';
import { accepted, houseOfLongScans } from '../support/long-scan.ts';
import { deviceIn, Scene } from '../support/scene.ts';

describe('before a scan runs', () => {
  let house: House;
  beforeEach(async () => {
    house = await houseOfLongScans();
  });
  afterEach(() => house.close());

  async function cardOf(device: string): Promise<string> {
    const scene = new Scene(house, { device });
    await scene.asks();
    return scene.cardText;
  }

  it('the card says that it starts soon where the device was heard of a short time ago', async () => {
    assert.match(await cardOf('fin-laptop-07'), /Starts when the device takes it/);
  });

  it('the card says that it starts when the device wakes, and when it was last heard of', async () => {
    assert.match(await cardOf('sales-tablet-04'), /Starts when the device wakes: Defender last heard from it .*:42\./);
  });

  it('the card says that passive mode reports and does not remove', async () => {
    assert.match(await cardOf('lab-pc-03'), /passive mode there: it reports what it finds but does not remove it/);
  });

  it('the card says how old the signatures are', async () => {
    assert.match(await cardOf('kiosk-lobby'), /signatures there are 12 days old/);
  });

  it('the card asks whether to scan anyway when one of that type ended 40 minutes ago, and lets it run', async () => {
    const at = house.clock.now() - 40 * MINUTE;
    house.defender.ownScans.add({ device: deviceIn(house, 'fin-laptop-07'), type: 'Full', at });
    const scene = new Scene(house);
    await scene.asks();
    assert.match(scene.cardText, /A Full scan ran to its end there .* 40 min before this was asked\. Scan anyway\?/);
    await scene.presses();
    await scene.shows('Submitted, waiting for the device');
    assert.equal(scene.posts().length, 1);
  });

  it('the card says nothing of one of another type, or of one that ended long ago', async () => {
    const device = deviceIn(house, 'fin-laptop-07');
    house.defender.ownScans.add({ device, type: 'Quick', at: house.clock.now() - 40 * MINUTE });
    house.defender.ownScans.add({ device, type: 'Full', at: house.clock.now() - 13 * HOUR });
    assert.doesNotMatch(await cardOf('fin-laptop-07'), /Scan anyway/);
  });

  it('the card claims nothing that nobody could tell', async () => {
    house.defender.moods.start('permission-missing', { on: 'av-health' });
    const said = await cardOf('lab-pc-03');
    assert.doesNotMatch(said, /passive|signatures|Scan anyway/);
    assert.match(said, /Starts when the device takes it/);
  });

  it('the card warns of a scan that may still run, and lets the requester go on', async () => {
    await accepted(house);
    const again = new Scene(house, { place: house.teams.driver.channelThread('again'), comment: 'ticket 3213' });
    await again.asks();
    assert.match(again.cardText, /A Full scan that the device took at .* may still run: its end is not confirmed/);
    await again.presses();
    await again.comesTo('Accepted, not confirmed yet (Succeeded)');
    assert.equal(again.posts().length, 2);
  });
});
