import assert from 'node:assert/strict';
import type { Json } from '../../src/sandbox/teams/json.ts';
import { record, list } from '../../src/sandbox/teams/json.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { standInId } from '../../src/sandbox/defender/stand-in-device.ts';
import { SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { factsOn, inputOn, inputsOn, saidOn } from '../support/shown.ts';

const WAITING = 'Waiting for confirmation';
const LAPTOP = 'fin-laptop-07.contoso.com';
const LAPTOP_ID = standInId(LAPTOP);

describe('asking for a scan', () => {
  let house: House;

  beforeEach(async () => {
    house = await House.open();
    await house.teams.driver.isSignedIn('alice');
  });

  afterEach(() => house.close());

  /** What the bot remembers of a person's wishes: its own list, which it reads without asking anybody. */
  const wishesOf = async (handle: string): Promise<string> => {
    const { driver } = house.teams;
    const place = driver.personalChat(handle);
    const before = driver.cards(place).length;
    await driver.says(handle, 'my scans', place);
    await driver.until(() => driver.cards(place).length > before, 'the list of wishes');
    return saidOn(driver.latestCard(place));
  };

  const confirmIn = async (place: Place): Promise<Json> => {
    await house.shows(WAITING, place);
    return house.teams.driver.latestCard(place) ?? {};
  };

  describe('where', () => {
    it('is answered in the thread of the channel, and nowhere else', async () => {
      const { driver } = house.teams;
      const [asked, other] = [driver.channelThread('asked'), driver.channelThread('other')];
      await driver.says('bob', 'help', other);
      await driver.says('alice', 'scan full fin-laptop-07 because alert 3212', asked);
      await house.shows(WAITING, asked);
      assert.match(driver.conversation(asked), /^19:.*@thread\.tacv2;messageid=\d+$/);
      assert.deepEqual(driver.titles(other).length, 1);
      assert.equal(driver.titles(asked).length, 1);
    });

    it('goes on in a thread that others began', async () => {
      const { driver } = house.teams;
      await driver.says('bob', 'good morning everybody', undefined, { mention: false });
      await driver.says('alice', 'scan quick fin-laptop-07 because alert 3212');
      const card = await confirmIn(driver.channelThread());
      assert.equal(factsOn(card)['Requested by'], 'Alice Andersson');
      assert.equal(driver.messages().at(-1)?.replyTo, driver.messages()[0]?.id);
    });

    it('is answered in a group chat', async () => {
      const { driver } = house.teams;
      const group = driver.groupChat('alice', 'bob');
      await driver.says('alice', 'scan full fin-laptop-07 because alert 3212', group);
      await confirmIn(group);
    });

    it('is answered in a personal chat, where nobody mentions the bot', async () => {
      const { driver } = house.teams;
      const chat = driver.personalChat('alice');
      await driver.says('alice', 'scan full fin-laptop-07 because alert 3212', chat);
      await confirmIn(chat);
    });
  });

  describe('how', () => {
    const ALERT = 'Check machine for viruses due to alert 3212';
    const phrasings: readonly (readonly [said: string, type: string, comment: string])[] = [
      ['scan full fin-laptop-07 because alert 3212', 'Full', ALERT],
      ['SCAN Quick FIN-LAPTOP-07 Because alert 3212', 'Quick', ALERT],
      ['please  run a   quick scan on Fin-Laptop-07.Contoso.Com due to ticket 9', 'Quick', 'ticket 9'],
      ['scan fin-laptop-07 full for “odd” pop-ups', 'Full', '“odd” pop-ups'],
      ['could you scan “fin-laptop-07” full: alert 3212 and more', 'Full', 'alert 3212 and more'],
      [`scan full ${LAPTOP_ID} because alert 3212`, 'Full', ALERT],
      [`scan full ${LAPTOP_ID.toUpperCase()} because ALERT 3212`, 'Full', ALERT],
      [
        'sc\u200ban full fin-\u00adlaptop-07\u00a0because it beeps & blinks <twice>',
        'Full',
        'it beeps & blinks <twice>',
      ],
      [`scan\r\nfull\r\n${LAPTOP}\r\nbecause first line\r\nsecond line`, 'Full', 'first line\r\nsecond line'],
    ];
    for (const [said, type, comment] of phrasings) {
      it(`understands ${JSON.stringify(said)}`, async () => {
        const { driver } = house.teams;
        await driver.says('alice', said);
        const card = await confirmIn(driver.channelThread());
        assert.equal(factsOn(card)['Device id'], LAPTOP_ID);
        assert.deepEqual(inputsOn(card), { scanType: type, comment });
      });
    }
  });

  describe('as Teams writes it', () => {
    const shapes: Readonly<Record<string, (activity: Json) => unknown>> = {
      'with blanks as entities and line ends around': (activity) => ({
        ...activity,
        text: '\r\n<at>Scan Bot</at>&nbsp;scan&nbsp;full fin-laptop-07&nbsp;because alert 3212&nbsp;\r\n',
      }),
      'with the bot mentioned twice': (activity) => ({
        ...activity,
        text: '<at>Scan Bot</at> scan full <at>Scan Bot</at> fin-laptop-07 because alert 3212',
      }),
      'with a colleague mentioned, too': (activity) => ({
        ...activity,
        text: '<at>Scan Bot</at> <at>Bob &lt;R&amp;D&gt; Berg</at> scan full fin-laptop-07 because alert 3212',
        entities: [
          ...list(activity['entities']),
          mention('29:1bob', 'Bob <R&D> Berg', '<at>Bob &lt;R&amp;D&gt; Berg</at>'),
        ],
      }),
      'with a mention that lacks its text, for the & in the name of the bot': (activity) => ({
        ...activity,
        recipient: { ...record(activity['recipient']), name: 'Scan & Bot' },
        text: '<at>Scan &amp; Bot</at> scan full fin-laptop-07 because alert 3212',
        entities: [{ type: 'mention', mentioned: { ...record(activity['recipient']), name: 'Scan & Bot' } }],
      }),
      'below a message that is quoted': (activity) => ({
        ...activity,
        text: '<quoted messageId="17">cancel srv-files-01</quoted><at>Scan Bot</at> scan full fin-laptop-07 because alert 3212',
        entities: [...list(activity['entities']), { type: 'quotedReply', quotedReply: { messageId: '17' } }],
      }),
      'below a reply in a block': (activity) => ({
        ...activity,
        text: '<blockquote itemtype="http://schema.skype.com/Reply"><p>status srv-files-01</p></blockquote><p><at>Scan Bot</at> scan full fin-laptop-07 because alert 3212</p>',
      }),
    };
    for (const [shape, change] of Object.entries(shapes)) {
      it(`is understood ${shape}`, async () => {
        const { driver } = house.teams;
        await driver.says('alice', '', undefined, { change });
        const card = await confirmIn(driver.channelThread());
        assert.equal(factsOn(card)['Device id'], LAPTOP_ID);
        assert.deepEqual(inputsOn(card), { scanType: 'Full', comment: 'Check machine for viruses due to alert 3212' });
      });
    }
  });

  describe('with less', () => {
    it('leaves the type to the card, with Quick preselected', async () => {
      await house.teams.driver.says('alice', 'scan fin-laptop-07 because ticket 9');
      const card = await confirmIn(house.teams.driver.channelThread());
      assert.deepEqual(inputsOn(card), { scanType: 'Quick', comment: 'ticket 9' });
    });

    it('leaves the reason to the card, where it is empty and required', async () => {
      await house.teams.driver.says('alice', 'scan full fin-laptop-07');
      const card = await confirmIn(house.teams.driver.channelThread());
      assert.deepEqual(inputsOn(card), { scanType: 'Full', comment: '' });
      const { isRequired, isMultiline, errorMessage } = inputOn(card, 'comment');
      assert.deepEqual([isRequired, isMultiline, typeof errorMessage], [true, true, 'string']);
    });

    it('is answered with a card that asks for the device where that is missing', async () => {
      const { driver } = house.teams;
      await driver.says('alice', 'please run a full scan because alert 3212');
      await house.shows('Which device?');
      assert.deepEqual(driver.texts(), []);
      assert.equal(factsOn(driver.latestCard())['Type'], 'Full');
      assert.deepEqual(house.defender.wire.entries, []);
    });
  });

  describe('otherwise', () => {
    const guesses: Readonly<Record<string, string | undefined>> = {
      'scna fin-laptop-07': 'scan',
      'statsu fin-laptop-07': 'status',
      'cancle fin-laptop-07': 'cancel',
      singout: 'sign out',
      'what is the weather in Oslo': undefined,
      "don't scan fin-laptop-07": undefined,
      '': undefined,
    };
    for (const [said, guess] of Object.entries(guesses)) {
      it(`answers "${said}" with help${guess === undefined ? '' : ` and the guess ${guess}`}`, async () => {
        const { driver } = house.teams;
        await driver.says('alice', said);
        await driver.until(() => driver.cards().length > 0, 'help');
        const help = saidOn(driver.latestCard());
        assert.match(help, /scan full FIN-LAPTOP-07 because alert 3212/);
        assert.equal(/Did you mean “(.+)”\?/.exec(help)?.[1], guess);
        assert.deepEqual(house.defender.wire.entries, []);
      });
    }
  });

  describe('once', () => {
    it('starts nothing when a message is edited into a command', async () => {
      const { driver } = house.teams;
      await driver.says('alice', 'help');
      await driver.until(() => driver.cards().length > 0, 'help');
      const ask = 'scan full fin-laptop-07 because alert 3212';
      assert.equal((await driver.edits('alice', ask)).status, 200);
      // One that the bot did not hear before: it was not mentioned then.
      const change = (activity: Json): Json => ({ ...activity, id: '1800000000003' });
      assert.equal((await driver.edits('alice', ask, { change })).status, 200);
      assert.match(await wishesOf('alice'), /You have not asked me for a scan yet/);
      assert.deepEqual(house.defender.wire.entries, []);
    });

    it('starts nothing when a message is deleted, and takes back nothing that was asked', async () => {
      const { driver } = house.teams;
      const { activity } = await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
      await confirmIn(driver.channelThread());
      assert.equal((await driver.deletes('alice')).status, 200);
      const other = { ...record(activity), type: 'messageDelete', id: '1800000000004' };
      assert.equal((await driver.sends(other)).status, 200);
      const wishes = await wishesOf('alice');
      assert.match(wishes, /fin-laptop-07\.contoso\.com\nWaiting for confirmation/);
      assert.equal(wishes.split('fin-laptop-07').length - 1, 1, wishes);
    });

    it('asks once when the same message is delivered twice', async () => {
      const { driver } = house.teams;
      const { activity } = await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
      assert.equal((await driver.sends(activity)).status, 200);
      await confirmIn(driver.channelThread());
      assert.equal((await driver.sends(activity)).status, 200);
      const wishes = await wishesOf('alice');
      assert.equal(wishes.split('fin-laptop-07').length - 1, 1, wishes);
    });

    it('asks once when both copies come at the same moment', async () => {
      const { driver } = house.teams;
      const chat = driver.personalChat('alice');
      const { activity } = await driver.says('alice', 'help', chat);
      const scan = { ...record(activity), id: '1800000000001', text: 'scan full fin-laptop-07 because alert 3212' };
      const answers = await Promise.all([driver.sends(scan), driver.sends(scan), driver.sends(scan)]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200],
      );
      await confirmIn(chat);
      const wishes = await wishesOf('alice');
      assert.equal(wishes.split('fin-laptop-07').length - 1, 1, wishes);
    });

    describe('when the same words come under a new id', () => {
      const ASK = 'scan full fin-laptop-07 because alert 3212';
      const under = (id: string) => ({ change: (activity: Json): Json => ({ ...activity, id }) });
      const COPY = '  SCAN full   fin-laptop-07 because alert 3212 ';

      const asked = async (): Promise<number> => (await wishesOf('alice')).split('fin-laptop-07').length - 1;
      const pointed = (): number =>
        house.teams.driver.texts().filter((text) => text.includes('you have asked for this already')).length;

      it('points to the open request within a minute, once', async () => {
        const { driver } = house.teams;
        await driver.says('alice', ASK);
        await confirmIn(driver.channelThread());
        house.clock.advance(50 * SECOND);
        for (const id of ['1800000000011', '1800000000012', '1800000000012'])
          await driver.says('alice', COPY, undefined, under(id));
        await driver.until(() => pointed() === 1, 'the pointer');
        assert.equal(await asked(), 1);
        assert.equal(pointed(), 1);
      });

      it('asks anew after a minute', async () => {
        const { driver } = house.teams;
        await driver.says('alice', ASK);
        await confirmIn(driver.channelThread());
        house.clock.advance(61 * SECOND);
        await driver.says('alice', ASK, undefined, under('1800000000013'));
        await driver.until(() => driver.cards().length === 2, 'a second card');
      });

      it('asks anew when the first is decided', async () => {
        const { driver } = house.teams;
        await driver.says('alice', ASK);
        await confirmIn(driver.channelThread());
        await driver.presses('alice', 'Dismiss');
        await house.shows('Dismissed');
        await driver.says('alice', ASK, undefined, under('1800000000014'));
        await confirmIn(driver.channelThread());
        assert.equal(pointed(), 0);
      });

      it('asks anew for another person and in another thread', async () => {
        const { driver } = house.teams;
        await driver.says('alice', ASK);
        await confirmIn(driver.channelThread());
        await driver.isSignedIn('bob');
        await driver.says('bob', ASK, undefined, under('1800000000015'));
        await driver.until(() => driver.cards().length === 2, 'the card for Bob');
        await driver.says('alice', ASK, driver.channelThread('another'), under('1800000000016'));
        await confirmIn(driver.channelThread('another'));
      });
    });

    it('takes the same message id in another conversation for another message', async () => {
      const { driver } = house.teams;
      const [chat, group] = [driver.personalChat('alice'), driver.groupChat('alice', 'bob')];
      const id = '1800000000002';
      const change = (activity: Json): Json => ({ ...activity, id });
      await driver.says('alice', 'scan fin-laptop-07', chat, { change });
      await driver.says('alice', 'scan fin-laptop-11', group, { change });
      await confirmIn(chat);
      await confirmIn(group);
    });
  });
});

function mention(id: string, name: string, text: string): Json {
  return { type: 'mention', mentioned: { id, name }, text };
}
