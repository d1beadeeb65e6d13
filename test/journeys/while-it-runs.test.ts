import assert from 'node:assert/strict';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import type { House } from '../support/house.ts';
import { accepted, comesTo, FINISHED, houseOfLongScans, mentioned } from '../support/long-scan.ts';
import { passes, Scene } from '../support/scene.ts';
import { buttonsOn } from '../support/shown.ts';

const SUBMITTED = 'Submitted, waiting for the device';
const CANCELLED = 'Scan did not run: Cancelled';
const PICKED_UP = 'the device has picked it up';

describe('while a scan runs', () => {
  let house: House;
  beforeEach(async () => {
    house = await houseOfLongScans();
  });
  afterEach(() => house.close());

  const news = (scene: Scene): number => scene.replies().filter((text) => text.includes(PICKED_UP)).length;

  async function asleep(): Promise<Scene> {
    const scene = new Scene(house, { device: 'sales-tablet-04' });
    await scene.starts();
    await scene.shows(SUBMITTED);
    return scene;
  }

  it('the card of a device that sleeps says since when it waits and when Defender gives up', async () => {
    const { cardText } = await asleep();
    const givesUp = new Date(house.clock.now() + 3 * DAY);
    const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'Europe/Stockholm' }).format(givesUp);
    assert.match(cardText, /It has waited for the device since \d\d:\d\d/);
    assert.match(cardText, new RegExp(`Defender gives up on ${weekday}.* \\d\\d:\\d\\d\\.`));
  });

  it('it is told once that the device woke, after a day or between two looks', async () => {
    const scene = await asleep();
    await passes(house, 20 * HOUR, 30 * MINUTE);
    assert.deepEqual([news(scene), scene.titles().at(-1)], [0, SUBMITTED]);
    house.defender.moods.stop('asleep');
    await comesTo(scene, 'Accepted, not confirmed yet (Succeeded)', 15 * SECOND, 10 * MINUTE);
    await passes(house, HOUR, 5 * MINUTE);
    assert.equal(news(scene), 1);
    await comesTo(scene, FINISHED, 5 * MINUTE, 3 * HOUR);
    assert.match(await mentioned(scene, 1), /finished: Succeeded/);
  });

  it('it can be cancelled on its card while it waits for the device', async () => {
    const scene = await asleep();
    assert.deepEqual(buttonsOn(scene.card).includes('Cancel scan'), true);
    await house.teams.driver.presses('alice', 'Cancel scan', {}, { place: scene.place });
    await comesTo(scene, CANCELLED, 5 * SECOND, 2 * MINUTE);
    assert.match(await mentioned(scene, 1), /did not run: Cancelled/);
    assert.equal(buttonsOn(scene.card).includes('Cancel scan'), false);
    const calls = house.defender.wire.entries.filter(({ path }) => path.endsWith('/cancel'));
    assert.deepEqual(
      calls.map(({ caller }) => caller),
      ['alice@contoso.com'],
    );
  });

  it('it cannot be cancelled by a colleague, nor once the device has taken it', async () => {
    const scene = await asleep();
    await house.teams.driver.isSignedIn('bob');
    await house.teams.driver.presses('bob', 'Cancel scan', {}, { place: scene.place });
    await passes(house, MINUTE, 5 * SECOND);
    assert.equal(scene.titles().at(-1), SUBMITTED);
    const taken = await accepted(house, { device: 'kiosk-lobby' });
    assert.equal(buttonsOn(taken.card).includes('Cancel scan'), false);
    assert.equal(house.defender.wire.entries.filter(({ path }) => path.endsWith('/cancel')).length, 0);
  });

  it('nothing is estimated where nothing is known', async () => {
    const scene = await accepted(house, { type: 'Quick' });
    assert.doesNotMatch(scene.cardText, /Quick scan here|on other/);
  });

  it('it is estimated from devices of the same system, once there are a few', async () => {
    house.defender.moods.stop('asleep');
    for (const device of ['dev-station-02', 'lab-pc-03', 'sales-tablet-04']) {
      const earlier = await accepted(house, { device, type: 'Quick' });
      await comesTo(earlier, FINISHED, 30 * SECOND, 20 * MINUTE);
    }
    const scene = await accepted(house, { type: 'Quick' });
    assert.match(scene.cardText, /Quick scan on other Windows11 devices, last 3: [56] min/);
    const other = await accepted(house, { device: 'kiosk-lobby', type: 'Quick' });
    assert.doesNotMatch(other.cardText, /on other/, 'Windows 10 is another system');
    const full = await accepted(house, { place: house.teams.driver.channelThread('full') });
    assert.doesNotMatch(full.cardText, /last 3/, 'a Full scan takes its own time');
  });
});
