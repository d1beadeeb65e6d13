import assert from 'node:assert/strict';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import { standInId } from '../../src/sandbox/defender/stand-in-device.ts';
import { cardIn, titleOf } from '../../src/sandbox/teams/card.ts';
import type { Card } from '../../src/sandbox/teams/card.ts';
import { innerStatus, innerType } from '../../src/sandbox/teams/invokes.ts';
import { record } from '../../src/sandbox/teams/json.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { House } from '../support/house.ts';
import { buttonsOn, saidOn, signInCards } from '../support/shown.ts';

const WAITING = 'Waiting for confirmation';
const SUBMITTED = 'Submitted, waiting for the device';
const LOGIN = 'application/vnd.microsoft.activity.loginRequest';

describe('a command', () => {
  let house: House;

  const open = async (env: Record<string, string> = {}): Promise<void> => {
    house = await House.open(env);
    await house.teams.driver.isSignedIn('alice');
    await house.teams.driver.isSignedIn('bob');
  };

  beforeEach(() => open());

  afterEach(() => house.close());

  /** The card that answers, in a place where it is the next one. */
  const cardAfter = async (handle: string, text: string, place?: Place): Promise<Card> => {
    const { driver } = house.teams;
    const before = driver.cardMessages(place).length;
    await driver.says(handle, text, place);
    await driver.until(() => driver.cardMessages(place).length > before, `the answer to ${text}`);
    return driver.latestCard(place) ?? {};
  };

  const textAfter = async (handle: string, text: string, place?: Place): Promise<string> => {
    const { driver } = house.teams;
    const before = driver.texts(place).length;
    await driver.says(handle, text, place);
    await driver.until(() => driver.texts(place).length > before, `the answer to ${text}`);
    return driver.texts(place).at(-1) ?? '';
  };

  /** Says a cancellation and waits for the words that it is answered with, whatever else is said there. */
  const cancels = async (handle: string, device: string, answer: RegExp, place?: Place): Promise<void> => {
    const { driver } = house.teams;
    await driver.says(handle, `cancel ${device}`, place);
    await driver.until(() => driver.texts(place).some((text) => answer.test(text)), String(answer));
  };

  const starts = async (device: string, type: 'Quick' | 'Full' = 'Full', place?: Place): Promise<void> => {
    const { driver } = house.teams;
    await driver.says('alice', `scan ${type} ${device} because alert 3212`, place);
    await house.shows(WAITING, place);
    await driver.presses('alice', 'Run scan', {}, place === undefined ? {} : { place });
    await house.shows(SUBMITTED, place);
  };

  const cancellations = (): readonly unknown[] =>
    house.defender.wire.entries.filter(({ path }) => path.endsWith('/cancel'));

  const deviceNamed = (name: string): StandInDevice => {
    const device = house.defender.devices.find((one) => one.name.startsWith(name));
    assert.ok(device);
    return device;
  };

  describe('help', () => {
    it('shows what can be typed', async () => {
      const card = await cardAfter('alice', 'help');
      const lines = [
        'scan FIN-LAPTOP-07',
        'scan full FIN-LAPTOP-07 because alert 3212',
        'status FIN-LAPTOP-07',
        'cancel FIN-LAPTOP-07',
        'my scans',
        'sign out',
        'help',
      ];
      for (const line of lines) assert.match(saidOn(card), new RegExp(`^${line}$`, 'm'));
      assert.doesNotMatch(saidOn(card), /Did you mean/);
      assert.deepEqual(buttonsOn(card), []);
    });

    it('needs no sign-in', async () => {
      await cardAfter('mallory', 'what can you do?');
      assert.deepEqual(house.defender.wire.entries, []);
    });
  });

  describe('status', () => {
    it('shows the latest scans of the device, whoever started them', async () => {
      const device = deviceNamed('dev-station-02');
      house.defender.actions.add({ device, type: 'Quick', comment: 'older', requestor: 'carol@contoso.com' });
      house.clock.advance(MINUTE);
      house.defender.actions.add({ device, type: 'Full', comment: 'newer', requestor: 'dave@contoso.com' });
      const card = await cardAfter('alice', 'status dev-station-02');
      const said = saidOn(card);
      assert.match(titleOf(card), /Scans of dev-station-02\.contoso\.com/);
      assert.match(said, /⏳ Full scan · Submitted, waiting for the device\nAsked by dave/);
      assert.match(said, /☑️ Quick scan · Accepted by the device \(Succeeded\)\nAsked by carol/);
      assert.ok(said.indexOf('dave') < said.indexOf('carol'));
    });

    it('shows the comments of others only to the reader', async () => {
      const device = deviceNamed('dev-station-02');
      house.defender.actions.add({ device, type: 'Quick', comment: 'between us', requestor: 'carol@contoso.com' });
      assert.doesNotMatch(saidOn(await cardAfter('alice', 'status dev-station-02')), /between us/);
      const chat = house.teams.driver.personalChat('alice');
      assert.match(saidOn(await cardAfter('alice', 'status dev-station-02', chat)), /between us/);
    });

    it('says that there is none, and which device is meant where several have the name', async () => {
      assert.match(
        saidOn(await cardAfter('alice', 'how is DEV-STATION-02?')),
        /reports no antivirus scan for this device/,
      );
      const which = saidOn(await cardAfter('alice', 'status hr-laptop-12'));
      assert.match(which, /several devices by this name/);
      for (const id of ['hr-laptop-12.contoso.com', 'hr-laptop-12, as it was before'].map(standInId)) {
        assert.ok(which.includes(id));
      }
      assert.match(
        saidOn(await cardAfter('alice', `status ${standInId('hr-laptop-12.contoso.com')}`)),
        /Scans of hr-laptop-12/,
      );
    });

    it('asks for the device in one sentence', async () => {
      assert.match(await textAfter('alice', 'status'), /^Which device\?/);
      assert.deepEqual(house.teams.driver.cards(), []);
    });

    it('is asked once, however often the message comes', async () => {
      const { driver } = house.teams;
      const { activity } = await driver.says('alice', 'status dev-station-02');
      await Promise.all([driver.sends(activity), driver.sends(activity)]);
      await house.shows('Scans of dev-station-02.contoso.com');
      await driver.says('alice', 'status fin-laptop-07');
      await house.shows('Scans of fin-laptop-07.contoso.com');
      assert.equal(driver.cards().length, 2);
    });
  });

  describe('my scans', () => {
    it('shows what the person asked for, newest first, and how far it is', async () => {
      const { driver } = house.teams;
      await starts('sales-tablet-04', 'Full', driver.channelThread('one'));
      house.clock.advance(SECOND);
      await driver.says('alice', 'scan quick dev-station-02', driver.channelThread('two'));
      await house.shows(WAITING, driver.channelThread('two'));
      house.clock.advance(SECOND);
      await driver.says('alice', 'scan fin-laptop-11', driver.channelThread('three'));
      await house.shows(WAITING, driver.channelThread('three'));
      await driver.presses('alice', 'Dismiss', {}, { place: driver.channelThread('three') });
      const rows = saidOn(await cardAfter('alice', 'my scans', driver.personalChat('alice')))
        .split('\n')
        .slice(2, -1);
      assert.deepEqual(
        rows.map((row) => row.replace(/, \d\d:\d\d$/, '')),
        [
          '↩️ Scan of fin-laptop-11.contoso.com',
          'Dismissed',
          '❓ Quick scan of dev-station-02.contoso.com',
          'Waiting for confirmation',
          '⏳ Full scan of sales-tablet-04.contoso.com',
          'Submitted, waiting for the device',
        ],
      );
    });

    it('tells how a scan really ended', async () => {
      const { driver } = house.teams;
      await starts('fin-laptop-07', 'Full');
      await house.passes(MINUTE, 'Accepted, not confirmed yet (Succeeded)');
      const own = async (): Promise<string> =>
        saidOn(await cardAfter('alice', 'my scans', driver.personalChat('alice')));
      assert.match(await own(), /Accepted, not confirmed yet \(Succeeded\), /);
      await house.passes(MINUTE, 'Scan finished: Succeeded');
      house.clock.advance(MINUTE);
      assert.match(await own(), /Scan finished: Succeeded, /);
    });

    it('leaves out devices that the person may no longer see', async () => {
      const { driver } = house.teams;
      await driver.says('alice', 'scan fin-laptop-07');
      await house.shows(WAITING);
      const index = house.defender.devices.indexOf(deviceNamed('fin-laptop-07'));
      (house.defender.devices as StandInDevice[]).splice(index, 1);
      const said = saidOn(await cardAfter('alice', 'my scans', driver.personalChat('alice')));
      assert.doesNotMatch(said, /fin-laptop-07/i);
    });

    it('shows nobody else’s', async () => {
      await house.teams.driver.says('alice', 'scan fin-laptop-07');
      await house.shows(WAITING);
      assert.match(saidOn(await cardAfter('bob', 'my scans')), /You have not asked me for a scan yet/);
    });
  });

  describe('cancel', () => {
    it('stops a scan that waits for its device, at Defender', async () => {
      await starts('sales-tablet-04');
      const taken = /^sales-tablet-04\.contoso\.com: Defender took the cancellation and reports the scan as cancelled/;
      await cancels('alice', 'sales-tablet-04', taken);
      await house.shows('Scan did not run: Cancelled');
      assert.equal(cancellations().length, 1);
      const [call] = cancellations().map(record);
      assert.equal(call?.['caller'], 'alice@contoso.com');
      assert.deepEqual(Object.keys(JSON.parse(String(call['requestBody'])) as object), ['Comment']);
      assert.equal(house.defender.actions.all[0]?.status, 'Cancelled');
    });

    for (const typed of ['SALES-TABLET-04.contoso.com', standInId('sales-tablet-04.contoso.com').toUpperCase()]) {
      it(`knows the device as ${typed}, too`, async () => {
        await starts('sales-tablet-04');
        await house.teams.driver.says('alice', `please stop the scan of ${typed}`);
        await house.shows('Scan did not run: Cancelled');
      });
    }

    it('dismisses what was not sent yet, without a word to Defender', async () => {
      await house.teams.driver.says('alice', 'scan fin-laptop-07');
      await house.shows(WAITING);
      const dismissed = /^fin-laptop-07\.contoso\.com: the request was dismissed before a scan was started\./;
      await cancels('alice', 'fin-laptop-07', dismissed);
      await house.shows('Dismissed');
      assert.deepEqual(cancellations(), []);
    });

    it('is honest when it comes too late', async () => {
      await house.close();
      await open({ STATUS_POLL_SECONDS: '600' });
      await starts('fin-laptop-07');
      house.clock.advance(40 * SECOND);
      const late = /^fin-laptop-07\.contoso\.com: too late\. Defender no longer cancels this scan/;
      await cancels('alice', 'fin-laptop-07', late);
      assert.equal(house.defender.actions.all[0]?.status, 'Succeeded');
    });

    it('says that nothing is open when it has ended, or was never asked', async () => {
      await starts('fin-laptop-07');
      await house.passes(20 * SECOND, 'Scan running');
      await house.passes(40 * SECOND, 'Accepted, not confirmed yet (Succeeded)');
      const chat = house.teams.driver.personalChat('alice');
      for (const device of ['fin-laptop-07', 'dev-station-02']) {
        await cancels('alice', device, new RegExp(`${device}.*you have no open scan request here`), chat);
      }
      assert.deepEqual(cancellations(), []);
    });

    it('touches nobody else’s scan', async () => {
      await starts('sales-tablet-04');
      const chat = house.teams.driver.personalChat('bob');
      await cancels('bob', 'sales-tablet-04', /you have no open scan request here/, chat);
      await house.teams.driver.says('bob', 'scan sales-tablet-04 because ticket 9', chat);
      await house.shows(WAITING, chat);
      await house.teams.driver.presses('bob', 'Follow that scan', {}, { place: chat });
      await house.shows(SUBMITTED, chat);
      await cancels('bob', 'sales-tablet-04', /started by somebody else, so I do not cancel it/, chat);
      assert.deepEqual(cancellations(), []);
      assert.equal(house.defender.actions.all[0]?.status, 'Pending');
    });

    it('waits for a sign-in, and then goes on by itself', async () => {
      await starts('sales-tablet-04');
      house.teams.signIns.signOut('29:1alice', 'msteams', undefined);
      await house.stop();
      await house.start();
      const { driver } = house.teams;
      await driver.says('alice', 'cancel sales-tablet-04');
      await driver.until(() => signInCards(driver.messages()).length > 0, 'a sign-in card');
      await driver.signsIn('alice');
      await house.shows('Scan did not run: Cancelled');
    });
  });

  describe('sign out', () => {
    const isKept = (): boolean => house.teams.signIns.has(house.teams.signIns.keyOf('29:1alice'));

    const asksToSignIn = async (place?: Place): Promise<void> => {
      const { driver } = house.teams;
      await driver.until(() => signInCards(driver.messages(place)).length > 0, 'a sign-in card');
    };

    it('forgets the sign-in everywhere: the next command asks for it', async () => {
      const { driver } = house.teams;
      await driver.says('alice', 'scan fin-laptop-07');
      await house.shows(WAITING);
      assert.match(await textAfter('alice', 'sign out'), /^You are signed out\./);
      assert.equal(isKept(), false);
      const calls = house.defender.wire.entries.length;
      await driver.says('alice', 'scan dev-station-02', driver.channelThread('next'));
      await asksToSignIn(driver.channelThread('next'));
      assert.equal(house.defender.wire.entries.length, calls);
      await house.shows('Withdrawn by sign-out');
      assert.deepEqual(house.starts(), []);
    });

    it('is nobody else’s', async () => {
      await textAfter('bob', 'sign out');
      assert.equal(isKept(), true);
    });

    it('does not say so when the Token Service keeps the sign-in', async () => {
      house.teams.moods.tokens = { kind: 'fails', status: 500 };
      assert.match(await textAfter('alice', 'sign out'), /^I could not sign you out/);
      assert.equal(isKept(), true);
      house.teams.moods.calm();
      assert.match(await textAfter('alice', 'sign out'), /^You are signed out\./);
      assert.equal(isKept(), false);
    });
  });

  describe('from an installation', () => {
    const welcomes = (): readonly { readonly conversation: string; readonly card: Card }[] =>
      house.teams.world.messages().flatMap(({ conversation, attachments }) => {
        const card = cardIn(attachments);
        return card !== undefined && titleOf(card).includes('I am Scan Bot') ? [{ conversation, card }] : [];
      });

    const welcomed = async (): Promise<Card> => {
      const { card } = await house.teams.driver.until(() => welcomes()[0], 'a welcome');
      return card;
    };

    const places: Readonly<Record<string, (house: House) => Place>> = {
      'a team': ({ teams }) => teams.driver.channelThread(),
      'a group chat': ({ teams }) => teams.driver.groupChat('alice', 'bob'),
      'a personal chat': ({ teams }) => teams.driver.personalChat('walt'),
    };
    for (const [name, placeIn] of Object.entries(places)) {
      it(`welcomes ${name} once, although Teams tells of it twice`, async () => {
        const place = placeIn(house);
        const sent = await house.teams.driver.installs(place);
        assert.deepEqual(
          sent.map(({ status }) => status),
          [200, 200],
        );
        const card = await welcomed();
        assert.match(saidOn(card), /^scan full FIN-LAPTOP-07 because alert 3212$/m);
        assert.deepEqual(buttonsOn(card), ['Sign in']);
        assert.equal(welcomes()[0]?.conversation.split(';')[0], place.room);
        await cardAfter('alice', 'help', house.teams.driver.channelThread('later'));
        assert.equal(welcomes().length, 1);
      });
    }

    for (const [index, name] of ['conversationUpdate', 'installationUpdate'].entries()) {
      it(`is understood from ${name} alone, also when it names nobody`, async () => {
        const { driver } = house.teams;
        const sent = await driver.installs(driver.groupChat('alice', 'bob'));
        const activity = record(sent[index]?.activity);
        assert.equal(activity['type'], name);
        const other = driver.groupChat('alice', 'walt');
        const conversation = { ...record(activity['conversation']), id: other.room };
        await driver.sends({ ...activity, conversation, from: { id: '29:1somebody' } });
        await driver.until(() => welcomes().some((welcome) => welcome.conversation === other.room), 'a welcome');
      });
    }

    it('is told twice with and without a name, and welcomes once all the same', async () => {
      const { driver } = house.teams;
      const group = driver.groupChat('alice', 'bob');
      const [joined] = await driver.installs(group);
      await driver.sends({ ...record(joined?.activity), from: { id: '29:1somebody' } });
      await welcomed();
      await cardAfter('alice', 'help', group);
      assert.equal(welcomes().length, 1);
    });

    it('is none where the bot is not allowed, and a failed sign-in is not told there either', async () => {
      await house.close();
      await open({ ALLOWED_CHANNELS: '19:elsewhere@thread.tacv2' });
      const { driver } = house.teams;
      await driver.says('alice', 'help');
      await driver.installs(driver.channelThread());
      await driver.invokes('alice', 'signin/failure', { code: 'invokeerror' });
      await cardAfter('alice', 'help', driver.personalChat('alice'));
      assert.deepEqual([welcomes(), driver.texts()], [[], []]);
    });

    it('is none when it is a new version, or somebody else joins', async () => {
      const { driver } = house.teams;
      const [joined, installed] = await driver.installs(driver.groupChat('alice', 'bob'));
      const other = driver.groupChat('alice', 'walt');
      const there = (sent: unknown, more: object): unknown => {
        const activity = record(sent);
        return { ...activity, ...more, conversation: { ...record(activity['conversation']), id: other.room } };
      };
      await driver.sends(there(installed?.activity, { action: 'add-upgrade' }));
      await driver.sends(there(joined?.activity, { membersAdded: [{ id: '29:1walt' }] }));
      await driver.says('alice', 'help', other);
      await house.shows('What to type', other);
      assert.deepEqual(driver.cards(other).length, 1);
    });

    describe('with its button', () => {
      let chat: Place;

      beforeEach(async () => {
        chat = house.teams.driver.personalChat('walt');
        await house.teams.driver.installs(chat);
        await welcomed();
      });

      for (const byButton of [false, true]) {
        it(`signs in ${byButton ? 'by a code' : 'silently'}`, async () => {
          const { driver, signIns } = house.teams;
          const asked = await driver.presses('walt', 'Sign in', {}, { place: chat });
          assert.deepEqual([asked.status, innerStatus(asked), innerType(asked)], [200, 401, LOGIN]);
          const done = await driver.signsIn('walt', { place: chat, byButton });
          assert.match(JSON.stringify(done.body), /You are signed in\./);
          await driver.until(() => signIns.has(signIns.keyOf('29:1walt')), 'the sign-in at the Token Service');
          await driver.says('walt', 'scan fin-laptop-07', chat);
          await house.shows(WAITING, chat);
          assert.match(
            JSON.stringify((await driver.presses('walt', 'Sign in', {}, { place: chat })).body),
            /You are signed in\./,
          );
        });
      }

      it('signs in from an old client by a card', async () => {
        const { driver } = house.teams;
        await driver.presses('walt', 'Sign in', {}, { place: chat, old: true });
        await driver.until(() => signInCards(driver.messages(chat)).length > 0, 'a card');
        await driver.signsIn('walt', { place: chat });
        await driver.says('walt', 'scan fin-laptop-07', chat);
        await house.shows(WAITING, chat);
      });

      it('says so when the sign-in cannot be reached', async () => {
        house.teams.moods.tokens = { kind: 'fails', status: 500 };
        const answer = await house.teams.driver.presses('walt', 'Sign in', {}, { place: chat });
        assert.match(JSON.stringify(answer.body), /cannot reach the sign-in service/);
      });
    });
  });
});
