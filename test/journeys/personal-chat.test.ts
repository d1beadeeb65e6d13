import assert from 'node:assert/strict';
import { rowsIn } from '../../src/sandbox/teams/card-search.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { buttonsOn, factsOn } from '../support/shown.ts';

const WAITING = 'Waiting for confirmation';

describe('a chat with the bot alone', () => {
  let house: House;
  let chat: Place;

  beforeEach(async () => {
    house = await House.open();
    await house.teams.driver.isSignedIn('alice');
    chat = house.teams.driver.personalChat('alice');
  });

  afterEach(() => house.close());

  const says = (text: string): Promise<unknown> => house.teams.driver.says('alice', text, chat);
  const presses = (title: string, inputs = {}): Promise<unknown> =>
    house.teams.driver.presses('alice', title, inputs, { place: chat });
  const hears = (words: RegExp): Promise<unknown> =>
    house.teams.driver.until(() => house.teams.driver.texts(chat).some((text) => words.test(text)), String(words));

  it('goes from the search to the notice at the end, and once more from there', async () => {
    const { driver } = house.teams;
    await says('scan because alert 3212');
    await house.shows('Which device?', chat);
    const [row] = rowsIn(await driver.searches('alice', 'fin-laptop-07', { place: chat }));
    await presses('Use this device', { device: row?.value ?? '' });
    await house.shows(WAITING, chat);
    await presses('Run scan', { scanType: 'Full' });
    await house.shows('Submitted, waiting for the device', chat);
    await house.passes(20 * SECOND, 'Scan running', chat);
    await house.passes(40 * SECOND, 'Accepted, not confirmed yet (Succeeded)', chat);
    await house.passes(MINUTE, 'Scan finished: Succeeded', chat);
    await hears(/Full scan of fin-laptop-07\.contoso\.com finished/);
    assert.ok(factsOn(driver.latestCard(chat))['Risk'], 'everything is shown to the requester alone');
    await presses('Scan again');
    await house.shows(WAITING, chat);
    await presses('Run scan', { comment: 'to be sure' });
    await house.shows('Submitted, waiting for the device', chat);
    assert.equal(house.starts().length, 2);
  });

  it('cancels, lists and tells like any other place', async () => {
    await says('scan quick kiosk-lobby because of a stick');
    await house.shows(WAITING, chat);
    await presses('Run scan');
    await house.shows('Submitted, waiting for the device', chat);
    await says('cancel kiosk-lobby');
    await hears(/kiosk-lobby/);
    for (const [typed, heading] of [
      ['my scans', 'Your scans'],
      ['status kiosk-lobby', 'Scans of kiosk-lobby'],
      ['help', 'What to type'],
    ] as const) {
      await says(typed);
      await house.shows(heading, chat);
    }
  });

  it('shows a shared card nothing of what it found: only its own', async () => {
    const { driver } = house.teams;
    const thread = driver.channelThread();
    await driver.says('alice', 'scan full fin-laptop-07 because alert 3212', thread);
    await house.shows(WAITING, thread);
    assert.equal(factsOn(driver.latestCard(thread))['Risk'], undefined);
    assert.deepEqual(driver.cards(chat), []);
    assert.ok(buttonsOn(driver.latestCard(thread)).includes('Run scan'));
  });
});
