import assert from 'node:assert/strict';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { buttonsOn, factsOn, inputsOn } from '../support/shown.ts';

const WAITING = 'Waiting for confirmation';

describe('a scan that is over', () => {
  let house: House;

  beforeEach(async () => {
    house = await House.open();
    const { driver } = house.teams;
    for (const handle of ['alice', 'bob']) await driver.isSignedIn(handle);
    await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
    await house.shows(WAITING);
  });

  afterEach(() => house.close());

  const ends = async (): Promise<void> => {
    await house.teams.driver.presses('alice', 'Run scan');
    await house.shows('Submitted, waiting for the device');
    await house.passes(20 * SECOND, 'Scan running');
    await house.passes(40 * SECOND, 'Accepted, not confirmed yet (Succeeded)');
    await house.passes(MINUTE, 'Scan finished: Succeeded');
  };

  it('is asked for again by a button, with the same device and type and a new reason', async () => {
    const { driver } = house.teams;
    await ends();
    assert.deepEqual(buttonsOn(driver.latestCard()), ['Scan again']);
    await driver.presses('alice', 'Scan again');
    await house.shows(WAITING);
    assert.equal(driver.cards().length, 2);
    assert.deepEqual(inputsOn(driver.latestCard()), { scanType: 'Full', comment: '' });
    await driver.presses('alice', 'Run scan', { comment: 'once more' });
    await house.shows('Submitted, waiting for the device');
    assert.equal(house.starts().length, 2);
  });

  it('is asked for by whoever presses, in their own name', async () => {
    const { driver } = house.teams;
    await ends();
    await driver.presses('bob', 'Scan again');
    await house.shows(WAITING);
    assert.match(factsOn(driver.latestCard())['Requested by'] ?? '', /^Bob/);
  });

  it('is asked for once by two presses', async () => {
    const { driver } = house.teams;
    await ends();
    await driver.presses('alice', 'Scan again');
    await house.shows(WAITING);
    await driver.presses('alice', 'Scan again', {}, { where: () => true });
    await driver.until(() => driver.texts().some((text) => text.includes('already')), 'the word that points to it');
    assert.equal(driver.cards().length, 2);
  });

  it('has no such button before, and refuses a forged press', async () => {
    const { driver } = house.teams;
    const card = driver.latestCard();
    assert.ok(!buttonsOn(card).includes('Scan again'));
    const [message] = driver.cardMessages();
    const data = { verb: 'again', request: requestOf(card), rev: 2 };
    const action = { type: 'Action.Execute', verb: 'again', data };
    await driver.invokes('alice', 'adaptiveCard/action', { action, trigger: 'manual' }, { message: message?.id ?? '' });
    await driver.presses('alice', 'Dismiss');
    await house.shows('Dismissed');
    assert.equal(driver.cards().length, 1);
  });

  it('is offered again after it was dismissed, too', async () => {
    const { driver } = house.teams;
    await driver.presses('alice', 'Dismiss');
    await house.shows('Dismissed');
    await driver.presses('alice', 'Scan again');
    await house.shows(WAITING);
    assert.deepEqual(inputsOn(driver.latestCard()), { scanType: 'Full', comment: '' });
  });
});

function requestOf(card: unknown): string {
  return /"request":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? '';
}
