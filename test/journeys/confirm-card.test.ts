import assert from 'node:assert/strict';
import { HOUR, MINUTE } from '../../src/scan/time.ts';
import { standInDevice } from '../../src/sandbox/defender/default-devices.ts';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import { standInId } from '../../src/sandbox/defender/stand-in-device.ts';
import type { Card } from '../../src/sandbox/teams/card.ts';
import type { Json } from '../../src/sandbox/teams/json.ts';
import { list, record } from '../../src/sandbox/teams/json.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { House } from '../support/house.ts';
import { buttonsOn, factsOn, inputOn, inputsOn, saidOn } from '../support/shown.ts';

const WAITING = 'Waiting for confirmation';
const WHICH = 'Which device?';

describe('the confirm card', () => {
  let house: House;

  afterEach(() => house.close());

  const open = async (env: Record<string, string> = {}): Promise<void> => {
    house = await House.open(env);
    for (const handle of ['alice', 'bob', 'mallory', 'walt']) await house.teams.driver.isSignedIn(handle);
  };

  const asks = async (text: string, place?: Place): Promise<Card> => {
    await house.teams.driver.says('alice', text, place);
    await house.shows(WAITING, place);
    return house.teams.driver.latestCard(place) ?? {};
  };

  const deviceNamed = (name: string): StandInDevice => {
    const device = house.defender.devices.find((one) => one.name.startsWith(name));
    assert.ok(device);
    return device;
  };

  describe('for one device', () => {
    beforeEach(() => open());

    it('shows which device it is and how it is', async () => {
      const card = await asks('scan full dev-station-02 because alert 3212');
      const { id, lastSeen } = deviceNamed('dev-station-02');
      assert.match(saidOn(card), /^dev-station-02\.contoso\.com$/m);
      const facts = factsOn(card);
      assert.equal(facts['Device id'], id);
      assert.equal(facts['System'], 'Windows11 24H2');
      assert.equal(facts['Health'], 'Active');
      assert.ok(facts['Last seen']?.includes(clockIn('Europe/Stockholm', lastSeen)), facts['Last seen']);
      assert.equal(facts['Requested by'], 'Alice Andersson');
      assert.ok(facts['Decide by']?.includes(clockIn('Europe/Stockholm', house.clock.now() + HOUR)));
      assert.deepEqual(buttonsOn(card), ['Run scan', 'Dismiss']);
    });

    it('has both inputs filled in and open to change', async () => {
      const card = await asks('scan full dev-station-02 because alert 3212');
      assert.deepEqual(inputsOn(card), {
        scanType: 'Full',
        comment: 'Check machine for viruses due to alert 3212',
      });
      const values = list(inputOn(card, 'scanType')['choices']).map((choice) => record(choice)['value']);
      assert.deepEqual(values, ['Quick', 'Full']);
      const { type, isMultiline, isRequired, maxLength } = inputOn(card, 'comment');
      assert.deepEqual([type, isMultiline, isRequired, maxLength], ['Input.Text', true, true, 4000]);
      const { driver } = house.teams;
      await driver.presses('alice', 'Run scan', { scanType: 'Quick', comment: 'another reason' });
      await house.shows('Submitted, waiting for the device');
      assert.deepEqual(JSON.parse(sent()), { Comment: 'another reason', ScanType: 'Quick' });
    });

    const sent = (): string => String(record(house.starts()[0])['requestBody']);

    const reasons: Readonly<Record<string, string>> = {
      'alert 3212': 'Check machine for viruses due to alert 3212',
      'Alert da637-45_x': 'Check machine for viruses due to alert da637-45_x',
      'alert 3212 again': 'alert 3212 again',
      'the alert 3212': 'the alert 3212',
      alert: 'alert',
      'Ticket 9:  see `notes`, *please* & <soon>': 'Ticket 9:  see `notes`, *please* & <soon>',
    };
    for (const [reason, comment] of Object.entries(reasons)) {
      it(`makes of the reason "${reason}" the comment "${comment}"`, async () => {
        assert.equal(inputsOn(await asks(`scan dev-station-02 because ${reason}`))['comment'], comment);
      });
    }

    it('says when a scan already runs there', async () => {
      const device = deviceNamed('dev-station-02');
      house.defender.actions.add({ device, type: 'Full', comment: 'x', requestor: 'carol@contoso.com' });
      const since = clockIn('Europe/Stockholm', house.clock.now());
      const said = saidOn(await asks('scan dev-station-02'));
      assert.ok(said.includes(`A Full scan by carol\\@contoso.com has been under way there since ${since}.`), said);
    });

    it('says nothing of a scan that is over', async () => {
      const device = deviceNamed('dev-station-02');
      house.defender.actions.add({ device, type: 'Full', comment: 'x', requestor: 'carol@contoso.com' });
      house.clock.advance(5 * MINUTE);
      assert.doesNotMatch(saidOn(await asks('scan dev-station-02')), /carol|under way/);
    });

    it('stands all the same when Defender does not say what runs there', async () => {
      house.defender.moods.start('fails', { on: 'list-actions', times: 1 });
      assert.doesNotMatch(saidOn(await asks('scan dev-station-02')), /under way/);
    });

    const hints: Readonly<Record<string, readonly RegExp[]>> = {
      'fin-laptop-07': [],
      'Design-Mac-05': [],
      'srv-web-03': [],
      'srv-files-01': [/may not support .*WindowsServer2019 1809/],
      'old-scanner-pc': [/may not support .*Windows7/],
      'new-laptop-01': [/does not count this device as onboarded .Can be onboarded/],
      'cellar-pc-01': [/calls the health of this device Inactive/],
    };
    for (const [name, expected] of Object.entries(hints)) {
      it(`${expected.length === 0 ? 'has no hint' : 'hints, and does not block,'} for ${name}`, async () => {
        const devices = house.defender.devices as StandInDevice[];
        const now = house.clock.now();
        devices.push(standInDevice({ name: 'new-laptop-01', ip: '10.0.0.1', onboarding: 'CanBeOnboarded' }, now));
        devices.push(standInDevice({ name: 'cellar-pc-01', ip: '10.0.0.2', health: 'Inactive' }, now));
        const card = await asks(`scan ${name} because ticket 9`);
        const notes = saidOn(card).match(/^⚠️ .*$/gm) ?? [];
        assert.equal(notes.length, expected.length, notes.join('\n'));
        expected.forEach((hint, index) => {
          assert.match(notes[index] ?? '', hint);
        });
        assert.deepEqual(buttonsOn(card), ['Run scan', 'Dismiss']);
      });
    }
  });

  describe('and risk', () => {
    it('hides it where many read along', async () => {
      await open();
      assert.doesNotMatch(JSON.stringify(await asks('scan dev-station-02')), /Risk|Medium/);
      const group = house.teams.driver.groupChat('alice', 'bob');
      assert.doesNotMatch(JSON.stringify(await asks('scan dev-station-02', group)), /Risk|Medium/);
    });

    it('shows it in a personal chat', async () => {
      await open();
      const card = await asks('scan dev-station-02', house.teams.driver.personalChat('alice'));
      assert.equal(factsOn(card)['Risk'], 'Medium');
    });

    it('shows it everywhere where the organisation wants that', async () => {
      await open({ CHANNEL_DETAIL: 'full' });
      assert.equal(factsOn(await asks('scan dev-station-02'))['Risk'], 'Medium');
    });
  });

  describe('for a name that several devices have', () => {
    beforeEach(() => open());

    const choices = (): readonly Json[] => {
      const card = house.teams.driver.latestCard();
      return list(inputOn(card, 'device')['choices']).map(record);
    };

    it('lets the requester pick, and then stands in the place of the choice', async () => {
      const { driver } = house.teams;
      await driver.says('alice', 'scan full hr-laptop-12 because alert 3212');
      await house.shows(WHICH);
      const former = standInId('hr-laptop-12, as it was before');
      assert.deepEqual(
        choices()
          .map(({ value }) => value)
          .toSorted(),
        [former, standInId('hr-laptop-12.contoso.com')].toSorted(),
      );
      const title = String(choices().find(({ value }) => value === former)?.['title']);
      for (const part of ['Windows10 22H2', 'Inactive', 'last seen', former.slice(0, 8)])
        assert.ok(title.includes(part));
      assert.deepEqual(house.starts(), []);
      const [message] = driver.cardMessages();
      await driver.presses('alice', 'Use this device', { device: former });
      await house.shows(WAITING);
      assert.deepEqual(
        driver.cardMessages().map(({ id }) => id),
        [message?.id],
      );
      const card = driver.latestCard();
      assert.equal(factsOn(card)['Device id'], former);
      assert.deepEqual(inputsOn(card), {
        scanType: 'Full',
        comment: 'Check machine for viruses due to alert 3212',
      });
      await driver.presses('alice', 'Run scan');
      await house.shows('Submitted, waiting for the device');
      assert.match(JSON.stringify(house.starts()), new RegExp(`/machines/${former}/runAntiVirusScan`));
    });

    it('lets an old client pick as well', async () => {
      const { driver } = house.teams;
      await driver.says('alice', 'scan hr-laptop-12');
      await house.shows(WHICH);
      await driver.presses(
        'alice',
        'Use this device',
        { device: standInId('hr-laptop-12.contoso.com') },
        { old: true },
      );
      await house.shows(WAITING);
    });

    it('lets nobody else pick, and no device that is not among them', async () => {
      const { driver } = house.teams;
      await driver.says('alice', 'scan hr-laptop-12');
      await house.shows(WHICH);
      const device = standInId('hr-laptop-12.contoso.com');
      const others = await driver.presses('bob', 'Use this device', { device });
      assert.match(JSON.stringify(others.body), /Only Alice Andersson can decide here/);
      const data = record(list(record(list(record(driver.latestCard())['body']).at(-1))['actions'])[0])['data'];
      for (const forged of [standInId('plant-hmi-01.contoso.com'), 'x', '', undefined]) {
        await driver.presses('alice', 'Use this device', {}, { data: { ...record(data), device: forged } });
      }
      assert.deepEqual(driver.titles().map(plain), [WHICH]);
    });

    it('is dismissed before the choice, too', async () => {
      const { driver } = house.teams;
      await driver.says('alice', 'scan hr-laptop-12');
      await house.shows(WHICH);
      await driver.presses('alice', 'Dismiss');
      await house.shows('Dismissed');
    });

    it('expires while nobody chooses', async () => {
      await house.teams.driver.says('alice', 'scan hr-laptop-12');
      await house.shows(WHICH);
      await house.passes(HOUR, 'Expired');
    });

    it('leaves out what Defender merged into another device', async () => {
      const card = await asks('scan lab-pc-03');
      assert.equal(factsOn(card)['Device id'], standInId('lab-pc-03.contoso.com'));
    });
  });

  describe('for nothing', () => {
    beforeEach(() => open());

    const answerTo = async (handle: string, text: string, thread: string): Promise<string> => {
      const { driver } = house.teams;
      const place = driver.channelThread(thread);
      await driver.says(handle, text, place);
      await driver.until(() => driver.texts(place).length > 0, `an answer to ${handle}`);
      assert.deepEqual(driver.cards(place), []);
      return driver.texts(place).join('\n');
    };

    for (const command of ['scan full', 'status']) {
      it(`says the same neutral sentence for unknown and not permitted, to ${command}`, async () => {
        const name = 'plant-hmi-01';
        const unknown = await answerTo('alice', `${command} ${name}x`, 'unknown');
        assert.match(unknown, /^plant-hmi-01x was not found, or you may not see it\./);
        const expected = unknown.replaceAll(`${name}x`, name);
        assert.equal(await answerTo('walt', `${command} ${name}`, 'not in his groups'), expected);
        assert.equal(await answerTo('mallory', `${command} ${name}`, 'no role at all'), expected);
        const id = deviceNamed(name).id;
        const byId = expected.replaceAll(name, id);
        assert.equal(await answerTo('walt', `${command} ${id}`, 'not in his groups, by id'), byId);
        assert.equal(await answerTo('mallory', `${command} ${id}`, 'no role at all, by id'), byId);
        house.defender.moods.start('groups-forbidden');
        assert.equal(await answerTo('walt', `${command} ${id}`, 'refused, by id'), byId);
      });
    }
  });

  it('takes the refusals of Defender for the device into sentences of their own', async () => {
    await open();
    const { driver } = house.teams;
    await asks('scan old-scanner-pc because ticket 9');
    await driver.presses('alice', 'Run scan');
    await house.shows('Refused');
    assert.match(saidOn(driver.latestCard()), /Defender cannot start scans on the system of this device\./);
    const other = driver.channelThread('other');
    house.defender.moods.start('client-too-old');
    await asks('scan fin-laptop-07 because ticket 9', other);
    await driver.presses('alice', 'Run scan', {}, { place: other });
    await house.shows('Refused', other);
    assert.match(saidOn(driver.latestCard(other)), /The Defender software on the device is too old for this\./);
  });
});

function clockIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
    at,
  );
}

/** Without the symbol before it. */
function plain(title: string): string {
  return title.replace(/^\S+ /u, '');
}
