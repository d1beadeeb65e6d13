import assert from 'node:assert/strict';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';

describe('a scan from a channel', () => {
  let house: House;
  beforeEach(async () => {
    house = await House.open();
  });
  afterEach(() => house.close());

  it('goes from the message to the mention at its end', async () => {
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
    await house.shows('Waiting for confirmation');
    await driver.presses('alice', 'Run scan');
    await house.shows('Submitted, waiting for the device');
    await house.passes(20 * SECOND, 'Scan running');
    await house.passes(40 * SECOND, 'Accepted, not confirmed yet (Succeeded)');
    assert.equal(driver.mentionsOf('alice').length, 0);
    await house.passes(MINUTE, 'Scan finished: Succeeded');
    const [notice] = await driver.until(() => found(driver.mentionsOf('alice')), 'the mention');
    assert.match(notice?.text ?? '', /^<at>Alice Andersson<\/at> Full scan of fin-laptop-07\.contoso\.com finished/);
    assert.equal(house.starts().length, 1);
  });
});

function found<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
