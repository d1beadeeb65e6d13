import assert from 'node:assert/strict';
import { rowsIn } from '../../src/sandbox/teams/card-search.ts';
import type { FoundRow } from '../../src/sandbox/teams/card-search.ts';
import { standInId } from '../../src/sandbox/defender/stand-in-device.ts';
import { innerStatus } from '../../src/sandbox/teams/invokes.ts';
import type { Json } from '../../src/sandbox/teams/json.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { cardIn } from '../support/press-answers.ts';
import { buttonsOn, factsOn, inputsOn, saidOn, signInCards } from '../support/shown.ts';

const WHICH = 'Which device?';
const WAITING = 'Waiting for confirmation';
const LAPTOP = standInId('fin-laptop-07.contoso.com');

const query = (queryText: string): Json => ({ queryText, queryOptions: { skip: 0, top: 15 }, dataset: 'devices' });

describe('a scan without a device', () => {
  let house: House;
  let chat: Place;

  beforeEach(async () => {
    house = await House.open();
    chat = house.teams.driver.personalChat('alice');
  });

  afterEach(() => house.close());

  const opens = async (words = 'scan', place = chat, handle = 'alice'): Promise<void> => {
    await house.teams.driver.isSignedIn(handle);
    await house.teams.driver.says(handle, words, place);
    await house.shows(WHICH, place);
  };
  const types = async (text: string, place = chat, handle = 'alice'): Promise<readonly FoundRow[]> =>
    rowsIn(await house.teams.driver.searches(handle, text, { place }));
  const names = async (text: string, place = chat, handle = 'alice'): Promise<readonly string[]> =>
    (await types(text, place, handle)).map(({ title }) => title.split(' · ')[0] ?? '');
  const lists = (): number => house.defender.wire.entries.filter(({ path }) => path === '/api/machines').length;

  it('goes from the card that searches to the one that asks for the decision, in the same message', async () => {
    const { driver } = house.teams;
    await opens('scan full because alert 3212');
    const [row] = await types('fin-lap');
    assert.equal(row?.value, LAPTOP);
    assert.match(row.title, /^fin-laptop-07\.contoso\.com · Windows11 24H2 · 10\.20\.4\.17 · [0-9a-f]{8}…$/);
    await driver.presses('alice', 'Use this device', { device: row.value }, { place: chat });
    await house.shows(WAITING, chat);
    assert.equal(driver.cards(chat).length, 1);
    const card = driver.latestCard(chat);
    assert.deepEqual(inputsOn(card), { scanType: 'Full', comment: 'Check machine for viruses due to alert 3212' });
    await driver.presses('alice', 'Run scan', {}, { place: chat });
    await house.shows('Submitted, waiting for the device', chat);
    assert.equal(house.starts().length, 1);
  });

  it('finds by name, id, address, tag and group', async () => {
    await opens();
    assert.deepEqual(await names('kio'), ['kiosk-lobby']);
    assert.deepEqual(await names(LAPTOP.slice(0, 10)), ['fin-laptop-07.contoso.com']);
    assert.deepEqual(await names('10.30.1.'), ['srv-files-01.contoso.com', 'srv-web-03.contoso.com']);
    assert.deepEqual(await names('tag:finance'), ['fin-laptop-07.contoso.com', 'fin-laptop-11.contoso.com']);
    assert.deepEqual(await names('group:"plant"'), ['plant-hmi-01.contoso.com']);
    assert.deepEqual(await names('nothing like it'), []);
  });

  it('finds by tag and group in the words of every language', async () => {
    await opens();
    for (const typed of ['tagg:finance', 'Label: finance', '标签：finance'])
      assert.deepEqual(await names(typed), ['fin-laptop-07.contoso.com', 'fin-laptop-11.contoso.com'], typed);
    for (const typed of ['enhetsgrupp:"plant"', 'groep:plant', '设备组：plant'])
      assert.deepEqual(await names(typed), ['plant-hmi-01.contoso.com'], typed);
  });

  it('asks Defender for the list once in five minutes, whatever is typed', async () => {
    await opens();
    for (const text of ['', 'f', 'fi', 'fin', 'fin-laptop']) await types(text);
    assert.equal(lists(), 1);
    house.clock.advance(5 * MINUTE);
    await types('fin-laptop-1');
    assert.equal(lists(), 2);
  });

  it('finds a device by an address that it had before', async () => {
    await opens();
    await types('10.20');
    house.clock.advance(2 * SECOND);
    assert.deepEqual(await names('10.20.6.77'), ['hr-laptop-12.contoso.com']);
    assert.deepEqual(await names('10.20.6.77'), ['hr-laptop-12.contoso.com']);
    const asked = house.defender.wire.entries.filter(({ path }) => path.includes('findbyip'));
    assert.equal(asked.length, 1);
  });

  it('shows the devices that were asked about last before anything is typed', async () => {
    const { driver } = house.teams;
    await opens();
    assert.deepEqual(await types(''), []);
    await driver.presses('alice', 'Use this device', { device: LAPTOP }, { place: chat });
    await house.shows(WAITING, chat);
    await driver.says('alice', 'scan full', chat);
    await house.shows(WHICH, chat);
    assert.deepEqual(await names(''), ['fin-laptop-07.contoso.com']);
  });

  it('shows each person only what they may see', async () => {
    const { driver } = house.teams;
    const thread = driver.channelThread();
    await opens('scan', thread);
    await driver.isSignedIn('walt');
    assert.deepEqual(await names('plant', thread), ['plant-hmi-01.contoso.com']);
    assert.deepEqual(await names('plant', thread, 'walt'), []);
    assert.deepEqual(await names('fin-laptop-1', thread, 'walt'), ['fin-laptop-11.contoso.com']);
  });

  it('forgets the list when the person signs out', async () => {
    const { driver } = house.teams;
    await opens();
    await types('fin');
    await driver.says('alice', 'sign out', chat);
    await driver.until(() => driver.texts(chat).some((text) => text.includes('signed out')), 'the farewell');
    const asked = await driver.invokes('alice', 'application/search', query('fin'), { place: chat });
    const [row, ...others] = rowsIn(asked);
    assert.match(row?.title ?? '', /^Sign in first/);
    assert.deepEqual(others, []);
    await driver.until(() => signInCards(driver.messages(chat)).length === 1, 'the sign-in that is asked for');
    assert.equal(lists(), 1);
    house.clock.advance(MINUTE);
    await opens();
    await types('fin');
    assert.equal(lists(), 2);
  });

  it('asks for the sign-in first', async () => {
    const { driver } = house.teams;
    await driver.says('alice', 'scan', chat);
    await driver.until(() => driver.messages(chat).some(({ attachments }) => attachments.length > 0), 'the sign-in');
    await driver.signsIn('alice');
    await house.shows(WHICH, chat);
  });

  it('takes a name that was typed, and asks again when nothing is called so', async () => {
    const { driver } = house.teams;
    await opens();
    const empty = cardIn(await driver.presses('alice', 'Use this device', {}, { place: chat }));
    assert.match(saidOn(empty), /Choose a device or type its name/);
    await driver.presses('alice', 'Use this device', { name: 'no-such-pc' }, { place: chat });
    await driver.until(() => saidOn(driver.latestCard(chat)).includes('called no-such-pc'), 'the card that asks again');
    await driver.presses('alice', 'Use this device', { name: '10.20.9.2' }, { place: chat });
    await house.shows(WAITING, chat);
    assert.match(saidOn(driver.latestCard(chat)), /kiosk-lobby/);
    assert.equal(driver.cards(chat).length, 1);
  });

  it('is for whoever asked, and can be dismissed', async () => {
    const { driver } = house.teams;
    const thread = driver.channelThread();
    await opens('scan', thread);
    await driver.presses('bob', 'Use this device', { device: LAPTOP }, { place: thread });
    await house.shows(WHICH, thread);
    await driver.presses('alice', 'Dismiss', {}, { place: thread });
    await house.shows('Dismissed', thread);
    assert.match(saidOn(driver.latestCard(thread)), /a device not named yet/);
  });

  it('has a button and a field for old clients, too', async () => {
    const { driver } = house.teams;
    await opens();
    assert.deepEqual(buttonsOn(driver.latestCard(chat)), ['Use this device', 'Dismiss']);
    await driver.presses('alice', 'Use this device', { name: 'fin-laptop-07' }, { place: chat, old: true });
    await house.shows(WAITING, chat);
    assert.equal(factsOn(driver.latestCard(chat))['Requested by'], 'Alice Andersson');
  });

  it('answers a search that it does not know, and one that cannot be read', async () => {
    const { driver } = house.teams;
    await opens();
    const other = { ...query('fin'), dataset: 'people' };
    assert.deepEqual(rowsIn(await driver.invokes('alice', 'application/search', other, { place: chat })), []);
    const broken = await driver.invokes('alice', 'application/search', { queryText: 7 }, { place: chat });
    assert.deepEqual([broken.status, innerStatus(broken)], [200, 400]);
  });
});
