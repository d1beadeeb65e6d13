import assert from 'node:assert/strict';
import { PERSON_RATE } from '../../src/teams/flood-gate.ts';
import { House } from '../support/house.ts';

describe('somebody who sends far too much', () => {
  let house: House;
  beforeEach(async () => {
    house = await House.open();
  });
  afterEach(() => house.close());

  it('hears one sentence, and nobody else waits', async () => {
    const { driver } = house.teams;
    const aside = driver.channelThread('aside');
    for (let n = 0; n < PERSON_RATE.burst + 40; n += 1) await driver.says('alice', 'help', aside);
    await driver.says('bob', 'my scans');
    await driver.until(() => driver.cards().length === 1, 'the answer to Bob');
    const sentence = (text: string): boolean => text.includes('more than I take at once');
    await driver.until(() => driver.texts(aside).some(sentence), 'the sentence');
    assert.equal(driver.texts(aside).filter(sentence).length, 1);
    assert.ok(driver.cards(aside).length <= PERSON_RATE.burst);
  });
});
