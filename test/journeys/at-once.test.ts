import assert from 'node:assert/strict';
import { House } from '../support/house.ts';
import { passing } from '../support/scene.ts';

const HELP = 'What to type';

describe('an answer that changes nothing', () => {
  let house: House;

  beforeEach(async () => {
    house = await House.open();
    await house.teams.driver.isSignedIn('alice');
    // Whom the bot meets is written down.
    await house.teams.driver.says('alice', 'language en', house.teams.driver.channelThread('before'));
    await house.teams.driver.until(
      () => house.teams.driver.messages(house.teams.driver.channelThread('before')).length > 1,
      'an answer',
    );
  });

  afterEach(() => house.close());

  const answers = (): number => house.teams.driver.titles().filter((title) => title.endsWith(HELP)).length;

  it('is there before Teams has its answer', async () => {
    await house.teams.driver.says('alice', 'help');
    assert.equal(answers(), 1);
  });

  it('is given once when Teams delivers the question again', async () => {
    const { driver } = house.teams;
    const { activity } = await driver.says('alice', 'help');
    await driver.sends(activity);
    await driver.says('alice', 'help');
    assert.equal(answers(), 2);
  });

  for (const status of [429, 500, 503]) {
    it(`comes later when Teams answers ${status} at first`, async () => {
      house.teams.moods.connectorAnswers({ status, method: 'POST', ...(status === 429 && { retryAfter: '2' }) }, 1);
      await house.teams.driver.says('alice', 'help');
      assert.equal(answers(), 0);
      for (let second = 0; second < 5 && answers() === 0; second += 1) house.clock.advance(1000);
      await house.shows(HELP);
      assert.equal(answers(), 1);
    });
  }

  it('does not overtake what still waits for the thread', async () => {
    const { driver, moods } = house.teams;
    moods.connectorAnswers({ status: 503, method: 'POST' }, 1);
    await driver.says('alice', 'language en');
    await driver.until(() => house.teams.wire.some(({ status }) => status === 503), 'the refusal');
    await driver.says('alice', 'help');
    assert.equal(answers(), 0);
    await passing(house, () => answers() === 1, 'the help');
  });
});
