import assert from 'node:assert/strict';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { House } from '../support/house.ts';

const DEVICE = 'fin-laptop-07.contoso.com';

describe('the history of a device', () => {
  let house: House;
  beforeEach(async () => {
    house = await House.open();
    for (const handle of ['alice', 'bob']) await house.teams.driver.isSignedIn(handle);
  });
  afterEach(() => house.close());

  const own = (handle: string): Place => house.teams.driver.personalChat(handle);

  async function scans(handle: string): Promise<void> {
    const { driver } = house.teams;
    const place = own(handle);
    await driver.says(handle, `scan quick ${DEVICE} because test`, place);
    await house.shows('Waiting for confirmation', place);
    await driver.presses(handle, 'Run scan', {}, { place });
    await house.shows('Submitted, waiting for the device', place);
    await house.passes(20 * SECOND, 'Scan running', place);
    house.clock.advance(40 * SECOND);
    await driver.until(() => !driver.titles(place).at(-1)?.endsWith('running'), 'the end');
    await driver.until(() => driver.mentionsOf(handle).length > 0, 'the notice with what was found');
  }

  async function asks(handle: string, text: string): Promise<string> {
    const { driver } = house.teams;
    const before = driver.cards(own(handle)).length;
    const said = driver.texts(own(handle)).length;
    await driver.says(handle, text, own(handle));
    await driver.until(
      () => driver.cards(own(handle)).length > before || driver.texts(own(handle)).length > said,
      'the answer',
    );
    return JSON.stringify(driver.cards(own(handle)).slice(before)) + driver.texts(own(handle)).slice(said).join();
  }

  it('has what Defender shows and what is known here, with findings for the requester alone', async () => {
    house.defender.raise(DEVICE, { title: 'Found', at: house.clock.now() + MINUTE });
    await scans('alice');
    const hers = await asks('alice', `history ${DEVICE}`);
    assert.match(hers, /History of fin-laptop-07/);
    assert.match(hers, /Quick scan · /);
    assert.match(hers, /Asked by alice\\{1,4}@contoso\.com, /);
    assert.match(hers, /One alert since it began\./);
    const his = await asks('bob', `history ${DEVICE}`);
    assert.match(his, /Asked by alice\\{1,4}@contoso\.com, /);
    assert.doesNotMatch(his, /alert since/);
  });

  it('says when there is none', async () => {
    assert.match(await asks('alice', `history ${DEVICE}`), /Neither Defender nor I know of an antivirus scan/);
  });

  it('is for those alone who may see the device', async () => {
    await house.teams.driver.isSignedIn('walt');
    assert.match(await asks('walt', 'history file-server-01'), /not found, or you may not see it/);
  });

  it('asks which device when none is named', async () => {
    assert.match(await asks('alice', 'history'), /Which device\?/);
  });
});
