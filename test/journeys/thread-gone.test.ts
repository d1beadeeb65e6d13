import assert from 'node:assert/strict';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { TEAMS_PACE } from '../../src/teams/paced-sender.ts';
import { House } from '../support/house.ts';
import { passes, passing, Scene } from '../support/scene.ts';

const WAITING = 'Waiting for confirmation';
const SUBMITTED = 'Submitted, waiting for the device';
const SUCCEEDED = 'Scan finished: Succeeded';
const MOVED = 'I can no longer write where you asked for it';

describe('a thread that cannot be written to', () => {
  let house: House;
  let scene: Scene;
  let chat: Place;

  beforeEach(async () => {
    house = await House.open();
    scene = new Scene(house);
    chat = house.teams.driver.personalChat('alice');
    await house.teams.driver.installs(chat);
    await house.shows('Hello, I am Scan Bot', chat);
    house.defender.moods.start('asleep', { device: scene.device.id });
  });

  afterEach(() => house.close());

  const moves = (): number => house.teams.driver.texts(chat).filter((text) => text.includes(MOVED)).length;

  const inChat = (title: string): Promise<void> =>
    passing(house, () => house.teams.driver.titles(chat).at(-1)?.endsWith(title) === true, `"${title}" in the chat`);

  const gone = (code: string, method: string): void => {
    house.teams.moods.connectorAnswers({ status: 404, code, method }, 1);
  };

  const deleted: Readonly<Record<string, () => void>> = {
    'its card was deleted': () => {
      gone('ActivityNotFoundInConversation', 'PUT');
    },
    'its channel was deleted': () => {
      house.teams.world.rooms.remove(scene.place.room);
    },
  };

  for (const [what, act] of Object.entries(deleted)) {
    it(`is left for the requester’s own chat when ${what}; that is said once, and all goes on there`, async () => {
      await scene.starts();
      await scene.shows(SUBMITTED);
      await passing(house, () => scene.replies().length > 0, 'the word that it was accepted');
      const before = house.teams.driver.messages(scene.place).length;
      act();
      house.defender.moods.stop('asleep');
      await inChat(SUCCEEDED);
      await passing(house, () => house.teams.driver.mentionsOf('alice').length > 0, 'the mention');
      assert.equal(moves(), 1);
      assert.equal(house.teams.driver.messages(scene.place).length, before);
      assert.equal(scene.posts().length, 1);
    });
  }

  it('is left for the own chat when a first card finds no thread, and can be pressed there', async () => {
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    gone('ConversationNotFound', 'POST');
    await driver.says('alice', 'scan quick fin-laptop-07 because gone', scene.place);
    await inChat(WAITING);
    await driver.presses('alice', 'Run scan', {}, { place: chat });
    await inChat(SUBMITTED);
    assert.equal(moves(), 1);
  });

  it('is left for the own chat by an answer that has no card', async () => {
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    gone('ConversationNotFound', 'POST');
    await driver.says('alice', 'status fin-laptop-07', scene.place);
    await passing(house, () => driver.cards(chat).length > 1, 'the answer in the chat');
    assert.deepEqual(
      driver.messages(scene.place).filter(({ author }) => author.kind === 'bot'),
      [],
    );
  });

  it('is left for the own chat when Teams lets nobody write there any more', async () => {
    await scene.starts();
    await scene.shows(SUBMITTED);
    house.teams.moods.connectorAnswers({ status: 403, code: 'MessageWritesBlocked', method: 'PUT' }, 1);
    house.defender.moods.stop('asleep');
    await inChat(SUCCEEDED);
    assert.equal(moves(), 1);
  });

  it('is waited for when the bot was removed, until it is added again', async () => {
    const { driver } = house.teams;
    await scene.starts();
    await scene.shows(SUBMITTED);
    await passing(house, () => scene.replies().length > 0, 'the word that it was accepted');
    await driver.uninstalls(scene.place);
    house.defender.moods.stop('asleep');
    await passes(house, MINUTE, SECOND * 5);
    const tries = calls();
    await passes(house, 3 * MINUTE, SECOND * 5);
    assert.equal(calls(), tries, 'nothing is sent there meanwhile');
    assert.equal(moves(), 0);
    await driver.installs(scene.place);
    await scene.comesTo(SUCCEEDED);
    await scene.isTold();
    assert.equal(scene.mentions().length, 1);
  });

  function calls(): number {
    return house.teams.wire.filter(({ path }) => path.includes(encodeURIComponent(scene.place.room))).length;
  }

  it('is paced as Teams takes it, and holds up no other thread', async () => {
    const { driver, moods } = house.teams;
    await house.stop();
    house.teamsPace = TEAMS_PACE;
    await house.start();
    moods.limitsRate = true;
    await driver.isSignedIn('alice');
    for (let nth = 0; nth < 20; nth += 1) await driver.says('alice', `status fin-laptop-07`, chat);
    await scene.asks();
    const answers = (): number => driver.cards(chat).length;
    assert(answers() < 12, `${answers()} at once`);
    await passing(house, () => answers() >= 20, 'all answers');
    assert.deepEqual(
      house.teams.wire.filter((call) => call.status === 429),
      [],
    );
  });

  it('gets nothing before the time that Teams names, from nobody', async () => {
    const { driver, moods } = house.teams;
    await driver.isSignedIn('alice');
    moods.connectorAnswers({ status: 429, code: 'Throttled', retryAfter: '40', method: 'POST' }, 1);
    await driver.says('alice', 'help', scene.place);
    const there = (): number => driver.cards(scene.place).length;
    await passes(house, 38 * SECOND);
    await driver.says('alice', 'help', driver.channelThread('another'));
    await passes(house, SECOND);
    assert.equal(driver.cards(driver.channelThread('another')).length, 0, 'the channel is meant, not the thread');
    await passing(house, () => there() === 1, 'the help');
    await passing(house, () => driver.cards(driver.channelThread('another')).length === 1, 'the other help');
  });
});
