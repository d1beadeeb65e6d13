import assert from 'node:assert/strict';
import type { MoodName, MoodSettings } from '../../src/sandbox/defender/moods.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import type { House } from '../support/house.ts';
import { accepted, comesTo, FINISHED, houseOfLongScans, mentioned } from '../support/long-scan.ts';
import { passes, passing, Scene } from '../support/scene.ts';

const SOURCES = [
  { source: 'hunting', other: 'av-health', says: /events from the device say so/ },
  { source: 'av-health', other: 'hunting', says: /record of the device says so/ },
] as const;

/** Each goes on beyond the end of the scan. */
const TROUBLES: readonly (readonly [string, MoodName, MoodSettings])[] = [
  ['has had too many calls (429)', 'throttled', { times: 10, seconds: 60 }],
  ['fails (500)', 'fails', { times: 10 }],
  ['is down (502)', 'gateway', { times: 10 }],
  ['cannot be read', 'unreadable', { times: 10 }],
  ['loses its line', 'cut', { times: 10 }],
  ['is slow', 'slow', { seconds: 9 }],
];

describe('a source of endings in trouble', () => {
  let house: House;
  beforeEach(async () => {
    house = await houseOfLongScans();
  });
  afterEach(async () => {
    house.defender.moods.clear();
    await house.close();
  });

  for (const { source, other, says } of SOURCES) {
    for (const [what, mood, settings] of TROUBLES) {
      it(`costs no ending: ${source} ${what}, and shows it later`, async () => {
        house.defender.moods.start('permission-missing', { on: other });
        const scene = new Scene(house, { type: 'Quick' });
        await scene.asks();
        house.defender.moods.start(mood, { ...settings, on: source });
        await scene.presses();
        await comesTo(scene, FINISHED, 30 * SECOND, 90 * MINUTE);
        assert.match(await mentioned(scene, 1), says);
        await passes(house, 20 * MINUTE, MINUTE);
        assert.deepEqual([scene.mentions().length, scene.posts().length], [1, 1]);
      });
    }
  }

  for (const { source, other } of SOURCES) {
    it(`is none for the reader while the other one answers: ${source}`, async () => {
      house.defender.moods.start('fails', { on: source, times: 1000 });
      const scene = await accepted(house, { type: 'Quick' });
      await comesTo(scene, FINISHED, 30 * SECOND, 15 * MINUTE);
      const { says } = SOURCES.find((one) => one.source === other) ?? SOURCES[0];
      assert.match(await mentioned(scene, 1), says);
    });
  }

  it('does not hold up a scan: with one slow and the other down it goes from the message to the notice', async () => {
    house.defender.moods.start('slow', { on: 'hunting', seconds: 120 });
    house.defender.moods.start('gateway', { on: 'av-health', times: 1000 });
    const scene = new Scene(house, { type: 'Quick' });
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    await driver.says('alice', `scan quick ${scene.device.name} because ticket 12`, scene.place);
    await passing(house, () => scene.titles().at(-1) === 'Waiting for confirmation', 'the card');
    await scene.presses();
    await comesTo(scene, FINISHED, 30 * SECOND, 30 * MINUTE);
    await mentioned(scene, 1);
  });
});
