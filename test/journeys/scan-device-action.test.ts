import assert from 'node:assert/strict';
import type { Card } from '../../src/sandbox/teams/card.ts';
import { standInId } from '../../src/sandbox/defender/stand-in-device.ts';
import { dialogIn } from '../../src/sandbox/teams/message-action.ts';
import type { Dialog } from '../../src/sandbox/teams/message-action.ts';
import type { Message } from '../../src/sandbox/teams/message.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { House } from '../support/house.ts';
import { factsOn, inputOn, inputsOn, saidOn } from '../support/shown.ts';

const WAITING = 'Waiting for confirmation';
const ALERT = 'da637472900382838869_1364969609';
const LAPTOP = standInId('fin-laptop-07.contoso.com');

describe('“Scan device” on a message', () => {
  let house: House;
  let thread: Place;

  beforeEach(async () => {
    house = await House.open();
    thread = house.teams.driver.channelThread();
  });

  afterEach(() => house.close());

  const said = (text: string, place = thread): Message =>
    house.teams.world.say({ kind: 'person', handle: 'bob' }, place, { text });
  const opens = async (message: Message, handle = 'alice', state?: string): Promise<Dialog> =>
    dialogIn(await house.teams.driver.actions.open({ handle, message, command: 'scanDevice' }, state));
  const card = (dialog: Dialog): Card => {
    assert.equal(dialog.is, 'card', JSON.stringify(dialog));
    return dialog.card;
  };
  const submits = async (message: Message, dialog: Dialog, typed = {}): Promise<Dialog> =>
    dialogIn(
      await house.teams.driver.actions.submit({ handle: 'alice', message, command: 'scanDevice' }, card(dialog), typed),
    );
  const titles = (dialog: Dialog): readonly string[] =>
    (inputOn(card(dialog), 'device')['choices'] as { readonly title: string }[]).map(
      ({ title }) => title.split(' · ')[0] ?? '',
    );

  describe('by somebody who is signed in', () => {
    beforeEach(() => house.teams.driver.isSignedIn('alice'));

    it('opens a dialog with what the message names, and puts the card of the scan into the thread', async () => {
      const message = said(`FIN-LAPTOP-07 looks infected, see ${ALERT}; kiosk-lobby (10.30.1.10) too`);
      const dialog = await opens(message);
      assert.deepEqual(titles(dialog), ['fin-laptop-07.contoso.com', 'kiosk-lobby', 'srv-files-01.contoso.com']);
      assert.equal(inputsOn(card(dialog))['device'], LAPTOP);
      assert.equal(factsOn(card(dialog))['Reason'], `alert ${ALERT.replace('_', '\\_')}`);
      const answer = await submits(message, dialog);
      assert.match(answer.is === 'words' ? answer.text : '', /into this conversation/);
      await house.shows(WAITING, thread);
      const shown = house.teams.driver.latestCard(thread);
      assert.equal(factsOn(shown)['Requested by'], 'Alice Andersson');
      assert.equal(inputsOn(shown)['comment'], `Check machine for viruses due to alert ${ALERT}`);
      assert.match(saidOn(shown), /fin-laptop-07\.contoso\.com/);
    });

    it('asks for a device that is not named', async () => {
      const { driver } = house.teams;
      const message = said('something is odd here');
      const dialog = await opens(message);
      assert.match(saidOn(card(dialog)), /names no device/);
      const again = await submits(message, dialog);
      assert.match(saidOn(card(again)), /Choose a device or type its name/);
      await submits(message, again, { name: 'kiosk-lobby' });
      await house.shows(WAITING, thread);
      assert.equal(driver.cards(thread).length, 1);
    });

    it('prefers what was typed to what was found', async () => {
      const message = said('fin-laptop-07');
      await submits(message, await opens(message), { name: 'kiosk-lobby' });
      await house.shows(WAITING, thread);
      assert.match(saidOn(house.teams.driver.latestCard(thread)), /kiosk-lobby/);
    });

    it('names no device that the person may not see', async () => {
      await house.teams.driver.isSignedIn('walt');
      const message = said('fin-laptop-07 and plant-hmi-01');
      assert.deepEqual(titles(await opens(message, 'walt')), ['fin-laptop-07.contoso.com']);
    });

    it('reads the words of a card, too', async () => {
      const attachments = [
        { contentType: 'application/vnd.microsoft.card.adaptive', content: { text: 'on kiosk-lobby' } },
      ];
      const message = house.teams.world.say({ kind: 'bot' }, thread, { text: '', attachments });
      assert.deepEqual(titles(await opens(message)), ['kiosk-lobby']);
    });

    it('goes on in the person’s own chat where the bot is not', async () => {
      const { driver } = house.teams;
      const group = driver.groupChat('alice', 'bob');
      const message = said('fin-laptop-07 is slow', group);
      await driver.uninstalls(group);
      const chat = driver.personalChat('alice');
      await driver.installs(chat);
      await house.shows('Hello, I am Scan Bot', chat);
      const answer = await submits(message, await opens(message));
      assert.match(answer.is === 'words' ? answer.text : '', /your own chat with me/);
      await house.shows(WAITING, chat);
      assert.deepEqual(driver.cards(group), []);
    });

    it('says so when it can write nowhere', async () => {
      const { driver } = house.teams;
      const group = driver.groupChat('alice', 'bob');
      const message = said('fin-laptop-07 is slow', group);
      await driver.uninstalls(group);
      const answer = await submits(message, await opens(message));
      assert.match(answer.is === 'words' ? answer.text : '', /Add me to your own apps/);
      assert.deepEqual(house.starts(), []);
    });

    it('asks once when it is submitted twice', async () => {
      const { driver } = house.teams;
      const message = said('fin-laptop-07');
      const dialog = await opens(message);
      await Promise.all([submits(message, dialog), submits(message, dialog)]);
      await house.shows(WAITING, thread);
      await driver.until(
        () => driver.texts(thread).some((text) => text.includes('already')),
        'the word that points to it',
      );
      assert.equal(driver.cards(thread).length, 1);
    });
  });

  it('asks for the sign-in in a window, and opens then', async () => {
    const message = said('fin-laptop-07');
    const before = await opens(message);
    assert.equal(before.is, 'sign-in');
    await house.teams.driver.isSignedIn('alice');
    assert.deepEqual(titles(await opens(message)), ['fin-laptop-07.contoso.com']);
  });

  it('is no other action', async () => {
    const message = said('fin-laptop-07');
    const sent = await house.teams.driver.actions.open({ handle: 'alice', message, command: 'somethingElse' });
    assert.deepEqual(dialogIn(sent), { is: 'nothing' });
  });
});
