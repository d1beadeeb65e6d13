import assert from 'node:assert/strict';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import type { PressOptions } from '../../src/sandbox/teams/card-press.ts';
import { innerStatus } from '../../src/sandbox/teams/invokes.ts';
import type { Json } from '../../src/sandbox/teams/json.ts';
import { record, without } from '../../src/sandbox/teams/json.ts';
import { standInId } from '../../src/sandbox/defender/stand-in-device.ts';
import { House } from '../support/house.ts';
import { cardIn, wordsIn } from '../support/press-answers.ts';
import { buttonsOn, carriedBy, saidOn, signInCards } from '../support/shown.ts';

const WAITING = 'Waiting for confirmation';
const SUBMITTED = 'Submitted, waiting for the device';

describe('a press', () => {
  let house: House;

  beforeEach(async () => {
    house = await House.open();
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    await driver.isSignedIn('bob');
    await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
    await house.shows(WAITING);
  });

  afterEach(() => house.close());

  const runs = (handle = 'alice', inputs: Record<string, string> = {}, options: PressOptions = {}): Promise<Sent> =>
    house.teams.driver.presses(handle, 'Run scan', inputs, options);

  /** What was sent to Defender, exactly. */
  const sent = (): readonly unknown[] =>
    house.starts().map((start) => JSON.parse(String(record(start)['requestBody'])) as unknown);

  const carried = (): Json => carriedBy(house.teams.driver.latestCard(), 'Run scan');

  const askedToSignIn = async (): Promise<Json> => {
    const { driver } = house.teams;
    return driver.until(() => signInCards(driver.messages())[0], 'a card to sign in with');
  };

  describe('is the requester’s', () => {
    it('alone: others are told who may', async () => {
      assert.match(
        wordsIn(await runs('bob')),
        /^This card is for Alice Andersson\. Only Alice Andersson can decide here\./,
      );
      assert.match(wordsIn(await house.teams.driver.presses('bob', 'Dismiss')), /Only Alice Andersson/);
      assert.deepEqual(house.teams.driver.titles().length, 1);
      await runs();
      await house.shows(SUBMITTED);
      assert.deepEqual(
        house.starts().map((start) => record(start)['caller']),
        ['alice@contoso.com'],
      );
    });

    it('alone: others are told in the thread if their client is old', async () => {
      const { driver } = house.teams;
      await runs('bob', {}, { old: true });
      const [text] = await driver.until(() => driver.texts().length > 0 && driver.texts(), 'who may');
      assert.match(text ?? '', /^<at>Bob &lt;R&amp;D&gt; Berg<\/at> This card is for Alice Andersson\./);
      assert.equal(driver.titles().length, 1);
    });

    it('alone: also after others signed in for it', async () => {
      const token = await house.entra.assertionFor('22222222-bbbb-4bbb-8bbb-222222222222');
      const authentication = { id: 'x', connectionName: 'defender', token };
      assert.match(wordsIn(await runs('bob', {}, { authentication })), /Only Alice Andersson/);
      assert.deepEqual(sent(), []);
    });
  });

  describe('that comes too late or says too much', () => {
    it('starts nothing a second time, and gets the present state', async () => {
      const [first] = house.teams.world
        .revisions(house.teams.driver.conversation(house.teams.driver.channelThread()))
        .filter(({ card }) => card);
      assert.ok(first);
      await runs();
      await house.shows(SUBMITTED);
      const again = cardIn(await runs('alice', { scanType: 'Quick', comment: 'again' }, { card: first }));
      assert.match(saidOn(again), /Submitted, waiting for the device/);
      const dismissed = cardIn(await house.teams.driver.presses('alice', 'Dismiss', {}, { card: first }));
      assert.match(saidOn(dismissed), /Submitted, waiting for the device/);
      assert.equal(sent().length, 1);
    });

    it('sends one start for two presses at the same moment', async () => {
      const presses = await Promise.all([
        runs(),
        runs('alice', { scanType: 'Quick' }),
        runs('alice', {}, { old: true }),
      ]);
      assert.deepEqual(
        presses.map(({ status }) => status),
        [200, 200, 200],
      );
      await house.shows(SUBMITTED);
      await house.passes(20 * SECOND, 'Scan running');
      assert.equal(sent().length, 1);
    });

    it('runs or is dismissed, never both', async () => {
      await Promise.all([house.teams.driver.presses('alice', 'Dismiss'), runs()]);
      const { driver } = house.teams;
      await driver.until(
        () => [SUBMITTED, 'Dismissed'].some((end) => driver.titles().at(-1)?.endsWith(end)),
        'one end',
      );
      const isDismissed = driver.titles().some((title) => title.endsWith('Dismissed'));
      assert.equal(sent().length, isDismissed ? 0 : 1);
      assert.equal(
        driver.titles().some((title) => title.endsWith(SUBMITTED)),
        !isDismissed,
      );
    });

    it('on an old copy gets the present state', async () => {
      const { driver } = house.teams;
      const place = driver.channelThread('two');
      await driver.says('alice', 'scan hr-laptop-12 because ticket 9', place);
      await house.shows('Which device?', place);
      const copy = driver.cardMessages(place)[0]?.revisions[0];
      assert.ok(copy);
      await driver.presses('alice', 'Use this device', { device: standInId('hr-laptop-12.contoso.com') }, { place });
      await house.shows(WAITING, place);
      const device = standInId('hr-laptop-12, as it was before');
      const card = cardIn(await driver.presses('alice', 'Use this device', { device }, { place, card: copy }));
      assert.match(saidOn(card), /Waiting for confirmation/);
      cardIn(await driver.presses('alice', 'Dismiss', {}, { place, card: copy }));
      assert.equal(
        driver.titles(place).some((title) => title.endsWith('Dismissed')),
        false,
      );
    });

    const forgeries: Readonly<Record<string, (data: Json) => Json>> = {
      'another revision': (data) => ({ ...data, rev: Number(data['rev']) + 1 }),
      'an earlier revision': (data) => ({ ...data, rev: 1 }),
      'the revision as a text': (data) => ({ ...data, rev: String(data['rev']) }),
      'no revision': (data) => without(data, 'rev'),
    };
    for (const [forged, change] of Object.entries(forgeries)) {
      it(`with ${forged} starts nothing`, async () => {
        const data = { ...change(carried()), scanType: 'Full', comment: 'forged' };
        assert.match(saidOn(cardIn(await runs('alice', {}, { data }))), /Waiting for confirmation/);
        assert.deepEqual(sent(), []);
        await runs();
        await house.shows(SUBMITTED);
      });
    }

    const strangers: Readonly<Record<string, (data: Json) => Json>> = {
      'a request that does not exist': (data) => ({ ...data, request: '00000000-0000-4000-8000-000000000000' }),
      'a request that is none': (data) => ({ ...data, request: { $ne: '' } }),
      'no request': (data) => without(data, 'request'),
    };
    for (const [forged, change] of Object.entries(strangers)) {
      it(`with ${forged} starts nothing, and says so`, async () => {
        const data = { ...change(carried()), scanType: 'Full', comment: 'forged' };
        assert.match(wordsIn(await runs('alice', {}, { data })), /I do not know this card any more/);
        assert.deepEqual(sent(), []);
      });
    }

    it('with a request of another thread starts nothing', async () => {
      const { driver } = house.teams;
      const place = driver.channelThread('two');
      await driver.says('alice', 'scan dev-station-02 because ticket 9', place);
      const data = { ...carried(), scanType: 'Full', comment: 'forged' };
      await house.shows(WAITING, place);
      assert.match(wordsIn(await runs('alice', {}, { data, place })), /I do not know this card any more/);
      assert.deepEqual(sent(), []);
    });

    it('with a request of somebody else in the same thread starts nothing', async () => {
      const { driver } = house.teams;
      const data = { ...carried(), scanType: 'Full', comment: 'forged' };
      await driver.says('bob', 'scan dev-station-02 because ticket 9');
      await driver.until(() => driver.cardMessages().length === 2, 'the card of Bob');
      assert.match(wordsIn(await runs('bob', {}, { data })), /Only Alice Andersson/);
      assert.deepEqual(sent(), []);
    });

    it('with more than it should carry is believed nothing of it', async () => {
      const device = standInId('plant-hmi-01.contoso.com');
      const person = { id: '22222222-bbbb-4bbb-8bbb-222222222222', requester: 'bob' };
      const more = { device, ...person, stage: 'approved', ScanType: 'Quick', Comment: 'x', until: 0 };
      const data = { ...carried(), ...more, scanType: 'Full', comment: 'the real one' };
      cardIn(await runs('alice', {}, { data }));
      await house.shows(SUBMITTED);
      assert.deepEqual(sent(), [{ Comment: 'the real one', ScanType: 'Full' }]);
      const [start] = house.starts().map(record);
      assert.equal(start?.['caller'], 'alice@contoso.com');
      assert.match(String(start['path']), new RegExp(standInId('fin-laptop-07.contoso.com')));
    });

    it('with a verb that is none starts nothing', async () => {
      const { driver } = house.teams;
      const value = (verb: string): Json => ({
        action: { type: 'Action.Execute', verb, data: { ...carried(), verb, scanType: 'Full', comment: 'x' } },
        trigger: 'manual',
      });
      const message = driver.cardMessages()[0]?.id ?? '';
      for (const verb of ['approve', 'pick', 'RUN', '__proto__']) {
        const answer = await driver.invokes('alice', 'adaptiveCard/action', value(verb), { message });
        assert.deepEqual([answer.status, innerStatus(answer)], [200, 200]);
      }
      assert.deepEqual(sent(), []);
    });

    it('is no press when a client only looks: nothing changes', async () => {
      const before = house.teams.wire.length;
      const card = cardIn(await runs('alice', {}, { trigger: 'automatic' }));
      assert.match(saidOn(card), /Waiting for confirmation/);
      cardIn(await runs('bob', {}, { trigger: 'automatic' }));
      assert.deepEqual(sent(), []);
      assert.equal(house.teams.wire.slice(before).filter(({ direction }) => direction === 'in').length, 0);
      await runs();
      await house.shows(SUBMITTED);
    });
  });

  describe('of an old client', () => {
    it('runs the scan', async () => {
      assert.deepEqual((await runs('alice', { comment: 'from an old client' }, { old: true })).status, 200);
      await house.shows(SUBMITTED);
      assert.deepEqual(sent(), [{ Comment: 'from an old client', ScanType: 'Full' }]);
    });

    it('counts once when it is delivered twice', async () => {
      const { driver } = house.teams;
      const { activity } = await runs('alice', { comment: '' }, { old: true });
      await driver.until(() => saidOn(driver.latestCard()).includes('Write a comment'), 'what to mend');
      const revisions = driver.cardMessages()[0]?.revisions.length;
      await driver.sends(activity);
      await runs('alice', { comment: 'mended' }, { old: true });
      await house.shows(SUBMITTED);
      const until = driver
        .cardMessages()[0]
        ?.revisions.findIndex(({ card }) => /Sending|Sent|Submitted/.test(saidOn(card)));
      assert.equal(until, revisions);
    });

    it('goes on by a sign-in card where the sign-in is missing', async () => {
      house.teams.signIns.signOut('29:1alice', 'msteams', undefined);
      await house.stop();
      await house.start();
      await runs('alice', {}, { old: true });
      await house.shows('Confirmed, waiting for sign-in');
      assert.equal('tokenExchangeResource' in (await askedToSignIn()), false);
      await house.teams.driver.signsIn('alice');
      await house.shows(SUBMITTED);
      assert.equal(sent().length, 1);
    });

    it('on a decided card draws the card anew, so that the client sees the present state', async () => {
      const { driver } = house.teams;
      const copy = driver.cardMessages()[0]?.revisions.at(-1);
      assert.ok(copy);
      await runs();
      await house.shows(SUBMITTED);
      const before = driver.cardMessages()[0]?.revisions.length ?? 0;
      await runs('alice', { scanType: 'Quick', comment: 'again' }, { old: true, card: copy });
      await driver.until(() => (driver.cardMessages()[0]?.revisions.length ?? 0) > before, 'the card anew');
      assert.match(saidOn(driver.latestCard()), /Submitted, waiting for the device/);
      assert.equal(driver.cardMessages().length, 1);
      assert.equal(sent().length, 1);
    });
  });

  describe('that dismisses', () => {
    for (const old of [false, true]) {
      it(`says so on the card${old ? ', also from an old client' : ''}, and nothing is started afterwards`, async () => {
        const { driver } = house.teams;
        const copy = driver.cardMessages()[0]?.revisions.at(-1);
        assert.ok(copy);
        const press = await driver.presses('alice', 'Dismiss', {}, { old });
        if (!old) assert.match(saidOn(cardIn(press)), /Dismissed/);
        await house.shows('Dismissed');
        const card = driver.latestCard();
        assert.match(saidOn(card), /The request was dismissed\. No scan was started for it\./);
        assert.deepEqual(buttonsOn(card), ['Scan again']);
        assert.match(saidOn(cardIn(await runs('alice', {}, { card: copy }))), /Dismissed/);
        assert.deepEqual(sent(), []);
      });
    }
  });
});

describe('a card on which nobody presses', () => {
  let house: House;

  beforeEach(async () => {
    house = await House.open({ APPROVAL_EXPIRES_MINUTES: '20' });
    await house.teams.driver.isSignedIn('alice');
    await house.teams.driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
    await house.shows(WAITING);
  });

  afterEach(() => house.close());

  it('expires, says so, and then starts nothing', async () => {
    const { driver } = house.teams;
    const copy = driver.cardMessages()[0]?.revisions.at(-1);
    assert.ok(copy);
    house.clock.advance(20 * MINUTE - 1);
    assert.match(saidOn(driver.latestCard()), /Waiting for confirmation/);
    await house.passes(1, 'Expired');
    assert.match(saidOn(driver.latestCard()), /The time for this request ran out\. No scan was started for it\./);
    const late = await driver.presses('alice', 'Run scan', {}, { card: copy });
    assert.match(JSON.stringify(late.body), /Expired/);
    assert.deepEqual(house.starts(), []);
  });

  it('expires while the bot is away, too', async () => {
    await house.stop();
    house.clock.advance(HOUR);
    await house.start();
    await house.shows('Expired');
  });

  it('is too late at the very moment of its end', async () => {
    const { driver } = house.teams;
    house.clock.advance(20 * MINUTE);
    await driver.presses('alice', 'Run scan', {}, { card: driver.cardMessages()[0]?.revisions.at(-1) ?? '' });
    await house.shows('Expired');
    assert.deepEqual(house.starts(), []);
  });
});
