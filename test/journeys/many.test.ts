import assert from 'node:assert/strict';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { fleet, Many, namesOf } from '../support/many.ts';
import { signInCards } from '../support/shown.ts';
import { deviceIn } from '../support/scene.ts';

const THREE = 'fin-laptop-07, fin-laptop-11, kiosk-lobby';

describe('many scans at once', () => {
  let house: House;
  let many: Many;
  beforeEach(async () => {
    house = await House.open();
    many = new Many(house);
  });
  afterEach(() => house.close());

  function ids(...names: readonly string[]): ReadonlySet<string> {
    return new Set(names.map((name) => deviceIn(house, name).id));
  }

  function started(): ReadonlySet<string> {
    return new Set(many.posts().map(({ device }) => device));
  }

  it('go from the list over one decision to one mention at the end, with a digest and a CSV', async () => {
    const { driver } = house.teams;
    await many.asks(`scan quick ${THREE} because alert 3212`);
    assert.match(many.text, /Quick scans of 3 devices/);
    assert.match(
      many.text,
      /Will be scanned: 3\nfin-laptop-07\.contoso\.com, fin-laptop-11\.contoso\.com, kiosk-lobby/,
    );
    assert.equal(many.posts().length, 0);
    await many.presses('Run 3 scans');
    await many.comesTo('All scans are over');
    await driver.until(() => driver.cardMessages(many.place).length === 2, 'the CSV');
    assert.deepEqual(started(), ids('fin-laptop-07', 'fin-laptop-11', 'kiosk-lobby'));
    assert.equal(many.posts().length, 3);
    const ended = '<at>Alice Andersson</at> Quick scans of 3 devices: all over.';
    assert.deepEqual(many.mentions(), [`${ended}\n\nCompleted: 3\n\nNo alerts since the scans began.`]);
    assert.equal(driver.texts(many.place).length, 1, 'nobody but the many speaks');
    const csv = JSON.stringify(many.card);
    assert.match(csv, /device,type,outcome,started,took_seconds\\n/);
    assert.match(csv, /kiosk-lobby,Quick,completed,20/);
  });

  it('tell first what is asleep, ambiguous, unknown, named twice or scanned already', async () => {
    await new Many(house, house.teams.driver.channelThread('other')).runs(
      'scan quick kiosk-lobby, lab-pc-03 because y',
      'Run 2 scans',
    );
    await many.asks(
      'scan quick fin-laptop-07, FIN-LAPTOP-07.contoso.com, sales-tablet-04, hr-laptop-12, nowhere-01, kiosk-lobby because x',
    );
    const { text } = many;
    assert.match(text, /Will be scanned: one\nfin-laptop-07/);
    assert.match(text, /Was not online lately.*: one\nsales-tablet-04/);
    assert.match(text, /Several devices have this name.*\nhr-laptop-12/);
    assert.match(text, /Not found with your permissions: one\nnowhere-01/);
    assert.match(text, /under way there already, left out: one\nkiosk-lobby/);
    assert.match(text, /One entry named a device that was on the list already/);
    assert.ok(many.buttons.includes('Run 2 scans'));
  });

  it('are one list when their message comes again under a new id, until it is decided', async () => {
    const { driver } = house.teams;
    const words = `scan quick ${THREE} because alert 3212`;
    await many.asks(words);
    await driver.says('alice', words, many.place);
    await driver.until(() => driver.texts(many.place).length === 1, 'the word about it');
    assert.match(driver.texts(many.place)[0] ?? '', /asked for this list already/);
    assert.equal(driver.cardMessages(many.place).length, 1);
    await many.presses('Run 3 scans');
    await many.shows('Scans under way');
    await driver.says('alice', words, many.place);
    await driver.until(() => driver.cardMessages(many.place).length === 2, 'another list');
  });

  it('take a device that was picked for an ambiguous name, and no other', async () => {
    await many.asks('scan quick fin-laptop-07, hr-laptop-12 because x');
    const picked = house.defender.devices.find(
      ({ name, health }) => name.startsWith('hr-laptop-12') && health === 'Active',
    );
    const other = deviceIn(house, 'kiosk-lobby');
    await many.presses('Run one scan', { pick0: other.id });
    await many.comesTo('All scans are over');
    assert.deepEqual(started(), ids('fin-laptop-07'), 'only what was offered can be picked');
    await many.asks('scan quick fin-laptop-11, hr-laptop-12 because x');
    await many.presses('Run one scan', { pick0: picked!.id });
    await many.until(() => many.posts().length === 3, 'two more starts');
    assert.ok(started().has(picked!.id));
  });

  it('may be named by a tag, a group, an alert or an incident', async () => {
    const alert = house.defender.raise('srv-web-03.contoso.com', { title: 'Odd' });
    await many.asks(`scan quick tag:finance, group:"Servers", alert:${alert}, incident:424242 because x`);
    assert.match(many.text, /Will be scanned: 4/);
    for (const name of ['fin-laptop-07', 'fin-laptop-11', 'srv-files-01', 'srv-web-03'])
      assert.ok(many.text.includes(name));
    assert.match(many.text, /Leads to no device that you may see: one\nincident:424242/);
  });

  it('may be named by addresses that devices had before, in a long list as well', async () => {
    const others = 'fin-laptop-07, fin-laptop-11, kiosk-lobby, lab-pc-03, srv-files-01, srv-web-03, dev-station-02';
    await many.asks(`scan quick ${others}, plant-hmi-01, nowhere-01, nowhere-02, 10.20.6.77, 10.99.9.9 because x`);
    assert.match(many.text, /hr-laptop-12/);
    assert.match(many.text, /Not found with your permissions: 3\nnowhere-01, nowhere-02, 10\.99\.9\.9/);
  });

  it('say so when they are none, or too many', async () => {
    await many.asks('scan quick nowhere-01, nowhere-02 because x', 'Nothing to scan');
    assert.match(many.text, /Not found with your permissions: 2/);
    const names = Array.from({ length: 501 }, (_, nth) => `pc-${String(nth)}`).join('\n');
    await many.asks(`scan quick\n${names}\nbecause x`, 'Too many devices at once');
    assert.match(many.text, /These were 501\. I take up to 500 devices at once\./);
    assert.deepEqual(many.buttons, []);
  });

  it('hold nothing that their requester may not see, in the words for what is not there', async () => {
    await many.asks('scan quick srv-files-01, fin-laptop-07, nowhere-01, group:Servers because x', undefined, 'walt');
    assert.match(many.text, /Will be scanned: one\nfin-laptop-07/);
    assert.match(many.text, /Not found with your permissions: 2\nsrv-files-01, nowhere-01/);
    assert.match(many.text, /Leads to no device that you may see: one\ngroup:Servers/);
  });

  it('are asked to sign in for once', async () => {
    const { driver } = house.teams;
    await driver.says('alice', `scan quick ${THREE} because x`, many.place);
    await many.shows('Waiting for sign-in');
    await driver.until(() => signInCards(driver.messages(many.place)).length === 1, 'a sign-in');
    await driver.signsIn('alice', { place: many.place });
    await many.shows('Waiting for confirmation');
  });

  it('go on after a restart, and start nothing twice', async () => {
    await many.runs(
      'scan full tag:finance, group:Servers, lab-pc-03, kiosk-lobby, hr-laptop-12 because x',
      'Run 6 scans',
    );
    await many.until(() => many.posts().length >= 2, 'the first few');
    await house.stop();
    await house.start();
    await many.comesTo('All scans are over');
    assert.equal(many.posts().length, 6);
    assert.equal(started().size, 6);
  });

  it('leave others room: a single scan does not wait for them', async () => {
    await many.runs('scan full tag:finance, group:Servers, lab-pc-03, kiosk-lobby because x', 'Run 6 scans');
    const { driver } = house.teams;
    const place = driver.channelThread('single');
    await driver.isSignedIn('bob');
    await driver.says('bob', 'scan quick dev-station-02 because urgent', place);
    await house.shows('Waiting for confirmation', place);
    await driver.presses('bob', 'Run scan', {}, { place });
    await house.shows('Submitted, waiting for the device', place);
    assert.ok(many.posts().length <= 7);
  });

  it('are taken back when their requester signs out', async () => {
    await many.asks(`scan quick ${THREE} because x`);
    await house.teams.driver.says('alice', 'sign out', many.place);
    await many.shows('Withdrawn by sign-out');
  });

  it('are asked for again by a button on the last card, by anybody in their own name, once', async () => {
    await many.runs('scan full kiosk-lobby, lab-pc-03 because x', 'Run 2 scans');
    assert.ok(!many.buttons.includes('Scan again'));
    const { driver } = house.teams;
    await many.until(() => many.titles().includes('as CSV'), 'the end');
    await driver.isSignedIn('bob');
    const [card] = driver.cardMessages(many.place);
    for (let times = 0; times < 2; times += 1) {
      await driver.presses('bob', 'Scan again', {}, { place: many.place, card: card?.id ?? '' });
    }
    await driver.until(() => many.buttons.includes('Run 2 scans'), 'the preview');
    assert.match(many.text, /Full scans of 2 devices[^]*Requested by\s+Bob/);
    assert.equal(many.posts().length, 2, 'nothing goes out before somebody says so');
    await many.presses('Run 2 scans', { comment: 'once more' }, 'bob');
    await many.until(() => many.posts().length === 4, 'two more starts');
    assert.equal(driver.cardMessages(many.place).length, 3, 'two lists and a CSV');
    assert.ok(driver.texts(many.place).some((text) => text.includes('already')));
  });

  it('expire undecided, and say so', async () => {
    await many.asks(`scan quick ${THREE} because x`);
    house.clock.advance(61 * MINUTE);
    await many.shows('Expired');
    assert.equal(many.posts().length, 0);
  });

  it('tell everybody in a channel how many alerts there were, and no more', async () => {
    await many.runs('scan quick kiosk-lobby, lab-pc-03 because x', 'Run 2 scans');
    await many.until(() => many.posts().length === 2, 'both starts');
    house.defender.raise('kiosk-lobby', { title: 'Odd' });
    await many.until(() => many.mentions().length === 1, 'the end');
    assert.match(many.mentions()[0] ?? '', /Findings: 1, details to the requester\./);
    await many.comesTo('as CSV');
    assert.doesNotMatch(many.mentions()[0] ?? '', /kiosk-lobby/);
  });

  it('claim nothing of alerts that nobody may look at', async () => {
    house.entra.moods.consentMissing.add('Alert.Read');
    await many.runs('scan quick kiosk-lobby, lab-pc-03 because x', 'Run 2 scans');
    await many.until(() => many.mentions().length === 1, 'the end');
    assert.match(many.mentions()[0] ?? '', /all over\.\n\nCompleted: 2$/);
  });

  it('are told of although Defender does not show the end of each', async () => {
    const late = { device: deviceIn(house, 'kiosk-lobby').id, seconds: 5 * 86_400 };
    for (const source of ['record-late', 'events-late'] as const) house.defender.moods.start(source, late);
    await many.runs('scan quick kiosk-lobby, lab-pc-03 because x', 'Run 2 scans');
    await many.until(() => many.mentions().length === 1, 'the end', 4 * HOUR, MINUTE);
    assert.match(many.mentions()[0] ?? '', /The end of one of them is still looked for\. Their card goes on\./);
    assert.match(many.mentions()[0] ?? '', /Completed: 1/);
    await many.until(() => many.titles().includes('as CSV'), 'the outcome');
    assert.ok(!many.titles().includes('All scans are over'));
  });

  it('are told of once more when an alert comes after the end', async () => {
    const place = house.teams.driver.personalChat('alice');
    const own = new Many(house, place);
    await own.runs('scan quick kiosk-lobby, lab-pc-03 because x', 'Run 2 scans');
    await own.until(() => own.mentions().length === 1, 'the end');
    house.defender.raise('kiosk-lobby', { title: 'Late' });
    await own.until(() => own.mentions().length === 2, 'the news', 40 * MINUTE, 20 * SECOND);
    assert.match(own.mentions()[1] ?? '', /something has changed since the end/);
    assert.match(own.mentions()[1] ?? '', /kiosk-lobby: one alert/);
  });
});

describe('many scans that are stopped', () => {
  let house: House;
  let many: Many;
  beforeEach(async () => {
    house = await House.open({}, undefined, fleet(40));
    many = new Many(house);
    for (const { id, name } of house.defender.devices) {
      if (name < 'pc-003') house.defender.moods.start('asleep', { device: id });
    }
    await many.runs(`scan quick ${namesOf(40).join(', ')} because x`, 'Run 40 scans');
    await many.until(() => many.posts().length >= 5, 'the first few');
  });
  afterEach(() => house.close());

  it('are stopped by nobody but their requester', async () => {
    assert.match(JSON.stringify(await many.presses('Stop', {}, 'bob')), /Alice/);
    await many.until(() => many.posts().length === 40, 'all of them');
  });

  it('can be stopped while something is left to stop, and no longer', async () => {
    assert.ok(many.buttons.includes('Stop'));
    await many.until(() => /Completed\D+37/.test(many.text), 'the end of those that are on');
    assert.ok(many.buttons.includes('Stop'), 'three wait for their device');
    house.defender.moods.clear();
    await many.until(() => !many.buttons.includes('Stop'), 'nothing to stop');
    assert.ok(!many.titles().includes('All scans are over'));
    assert.match(many.text, /all of them have been sent/);
  });

  it('do not begin any more; those that wait for their device can be cancelled', async () => {
    await many.presses('Stop');
    await many.shows('Stopped, nothing more starts');
    const sent = many.posts().length;
    assert.ok(sent < 40);
    await many.until(() => many.buttons.includes('Cancel waiting'), 'the offer');
    await many.presses('Cancel waiting');
    await many.until(() => many.titles().includes('as CSV'), 'the end');
    assert.equal(many.posts().length, sent);
    const [told = ''] = many.mentions();
    const count = (what: string): number => Number(new RegExp(`${what}: (\\d+)`).exec(told)?.[1] ?? 0);
    assert.equal(count('Not started'), 40 - sent);
    assert.equal(count('Cancelled') + count('Completed'), sent);
    assert.ok(count('Cancelled') >= 3, told);
  });
});
