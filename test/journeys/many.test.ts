import assert from 'node:assert/strict';
import { MINUTE } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { Many } from '../support/many.ts';

const THREE = 'fin-laptop-07, fin-laptop-11, kiosk-lobby';

describe('many scans at once', () => {
  let house: House;
  let many: Many;
  beforeEach(async () => {
    house = await House.open();
    many = new Many(house);
  });
  afterEach(() => house.close());

  it('go from the list over one decision to one mention at the end, with a digest and a CSV', async () => {
    await many.asks(`scan quick ${THREE} because alert 3212`);
    assert.match(many.text, /Quick scans of 3 devices/);
    assert.match(many.text, /Will be scanned: 3/);
    assert.equal(many.posts().length, 0);
    await many.presses('Run 3 scans');
    await many.shows('Scans under way');
    await many.comesTo('All scans are over', 30 * MINUTE);
    await house.teams.driver.until(() => many.mentions().length > 0, 'the mention');
    assert.deepEqual(new Set(many.posts().map(({ device }) => device)).size, 3);
    assert.equal(many.posts().length, 3);
    const { driver } = house.teams;
    await driver.until(() => driver.cardMessages(many.place).length === 2, 'the CSV');
  });
});
