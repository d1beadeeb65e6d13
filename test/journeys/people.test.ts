import assert from 'node:assert/strict';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { innerStatus, innerType } from '../../src/sandbox/teams/invokes.ts';
import type { Json } from '../../src/sandbox/teams/json.ts';
import { list, record } from '../../src/sandbox/teams/json.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { House } from '../support/house.ts';
import { saidOn, signInCards } from '../support/shown.ts';

const WAITING = 'Waiting for confirmation';
const ASK = 'scan full fin-laptop-07 because alert 3212';
const LOGIN = 'application/vnd.microsoft.activity.loginRequest';

describe('the person who asks', () => {
  let house: House;

  beforeEach(async () => {
    house = await House.open();
  });

  afterEach(() => house.close());

  const key = (teamsId: string): Parameters<typeof house.teams.signIns.has>[0] => house.teams.signIns.keyOf(teamsId);

  const isKept = (teamsId: string): boolean => house.teams.signIns.has(key(teamsId));

  const askedToSignIn = async (place: Place): Promise<Json> => {
    const [card] = await house.teams.driver.until(
      () => some(signInCards(house.teams.driver.messages(place))),
      'a card to sign in with',
    );
    return card ?? {};
  };

  /** Calls of the bot to the Token Service. */
  const tokenCalls = (path: string): readonly unknown[] =>
    house.teams.wire.filter((call) => call.direction === 'in' && call.path.startsWith(`/api/usertoken/${path}?`));

  const wishesOf = async (handle: string): Promise<string> => {
    const { driver } = house.teams;
    const place = driver.personalChat(handle);
    const before = driver.cards(place).length;
    await driver.says(handle, 'my scans', place);
    await driver.until(() => driver.cards(place).length > before, 'the list of wishes');
    return saidOn(driver.latestCard(place));
  };

  describe('from elsewhere', () => {
    const elsewhere = '99999999-5b1c-4b7e-9a35-0c1d2e3f4a5b';

    for (const tenant of [elsewhere, 'none']) {
      it(`is turned away with 403 and without any effect (tenant ${tenant})`, async () => {
        const { driver } = house.teams;
        await driver.isSignedIn('alice');
        assert.equal((await driver.says('alice', ASK, undefined, { tenant })).status, 403);
        assert.equal((await driver.says('alice', 'sign out', undefined, { tenant })).status, 403);
        assert.match(await wishesOf('alice'), /You have not asked me for a scan yet/);
        assert.equal(isKept('29:1alice'), true);
        assert.deepEqual(house.defender.wire.entries, []);
        assert.deepEqual(driver.texts(), []);
      });
    }

    it('is turned away when only one of the two places names another tenant', async () => {
      const { driver } = house.teams;
      const change = (activity: Json): Json => ({ ...activity, channelData: { tenant: { id: elsewhere } } });
      assert.equal((await driver.says('alice', ASK, undefined, { change })).status, 403);
      assert.match(await wishesOf('alice'), /You have not asked me for a scan yet/);
    });

    it('cannot press a button either', async () => {
      const { driver } = house.teams;
      await driver.isSignedIn('alice');
      await driver.says('alice', ASK);
      await house.shows(WAITING);
      assert.equal((await driver.presses('alice', 'Run scan', {}, { tenant: elsewhere })).status, 403);
      assert.match(await wishesOf('alice'), /Waiting for confirmation/);
      assert.deepEqual(house.starts(), []);
    });

    it('is turned away without an Entra identity', async () => {
      const { driver } = house.teams;
      const change = (activity: Json): Json => ({ ...activity, from: { id: '29:1alice', name: 'Alice Andersson' } });
      assert.equal((await driver.says('alice', ASK, undefined, { change })).status, 403);
      assert.match(await wishesOf('alice'), /You have not asked me for a scan yet/);
    });
  });

  describe('who is not signed in', () => {
    for (const kind of ['channel', 'group'] as const) {
      it(`gets a card with a button in a ${kind}, without the silent exchange that cannot work there`, async () => {
        const { driver } = house.teams;
        const place = kind === 'channel' ? driver.channelThread() : driver.groupChat('alice', 'bob');
        await driver.says('alice', ASK, place);
        const card = await askedToSignIn(place);
        assert.equal('tokenExchangeResource' in card, false);
        const [button] = list(card['buttons']).map(record);
        assert.deepEqual([button?.['type'], button?.['title']], ['signin', 'Sign in']);
        await driver.signsIn('alice', { place });
        await house.shows(WAITING, place);
        assert.equal(signInCards(driver.messages(place)).length, 1);
        assert.equal(isKept('29:1alice'), true);
      });
    }

    it('is signed in silently in a personal chat', async () => {
      const { driver } = house.teams;
      const chat = driver.personalChat('alice');
      await driver.says('alice', ASK, chat);
      assert.equal('tokenExchangeResource' in (await askedToSignIn(chat)), true);
      const { status, body } = await driver.signsIn('alice');
      assert.deepEqual([status, record(body)['failureDetail']], [200, null]);
      await house.shows(WAITING, chat);
      await driver.until(() => isKept('29:1alice'), 'the sign-in at the Token Service');
    });

    it('has one exchange at the Token Service, however many clients are open', async () => {
      const { driver } = house.teams;
      const chat = driver.personalChat('alice');
      await driver.says('alice', ASK, chat);
      await askedToSignIn(chat);
      await driver.signsIn('alice', { copies: 3 });
      await house.shows(WAITING, chat);
      await driver.until(() => isKept('29:1alice'), 'the sign-in at the Token Service');
      const answers = house.teams.wire.filter(({ direction, body }) => direction === 'out' && isExchange(body));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200],
      );
      assert.equal(tokenCalls('exchange').length, 1);
    });

    it('has one exchange, also when a client sends its copy late', async () => {
      const { driver } = house.teams;
      const chat = driver.personalChat('alice');
      await driver.says('alice', ASK, chat);
      await askedToSignIn(chat);
      const { activity } = await driver.signsIn('alice');
      await driver.until(() => isKept('29:1alice'), 'the sign-in at the Token Service');
      assert.equal((await driver.sends({ ...record(activity), id: 'f:another-client' })).status, 200);
      await house.shows(WAITING, chat);
      // Nothing is left to be done behind the scenes.
      await house.stop();
      assert.equal(tokenCalls('exchange').length, 1);
    });

    it('is offered the button when the exchange is no good, on every client', async () => {
      const { driver } = house.teams;
      const chat = driver.personalChat('alice');
      house.entra.moods.consentMissing.add('Machine.Scan');
      await driver.says('alice', ASK, chat);
      await askedToSignIn(chat);
      await driver.signsIn('alice', { copies: 2 });
      const answers = house.teams.wire.filter(({ direction, body }) => direction === 'out' && isExchange(body));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [412, 412],
      );
    });

    it('can go on after a restart in between', async () => {
      const { driver } = house.teams;
      await driver.says('alice', ASK);
      await askedToSignIn(driver.channelThread());
      await house.stop();
      await house.start();
      await driver.signsIn('alice');
      await house.shows(WAITING);
    });

    it('may take ten minutes for it', async () => {
      const { driver } = house.teams;
      await driver.says('alice', ASK);
      await askedToSignIn(driver.channelThread());
      house.clock.advance(10 * MINUTE - SECOND);
      assert.match(await wishesOf('alice'), /Waiting for sign-in/);
      await driver.signsIn('alice');
      await house.shows(WAITING);
    });

    it('is told when nobody signed in within ten minutes, and a later sign-in starts nothing', async () => {
      const { driver } = house.teams;
      await driver.says('alice', ASK);
      await askedToSignIn(driver.channelThread());
      house.clock.advance(10 * MINUTE);
      const [told] = await driver.until(() => some(driver.texts()), 'that the time is over');
      assert.match(told ?? '', /^Nobody signed in in time, so I dropped the request\./);
      await driver.signsIn('alice');
      await driver.until(() => driver.texts().length > 1, 'that she is signed in');
      assert.match(await wishesOf('alice'), /Expired: no sign-in/);
      assert.deepEqual(house.defender.wire.entries, []);
    });

    it('keeps a status that was asked for until the sign-in, too', async () => {
      const { driver } = house.teams;
      await driver.says('alice', 'status fin-laptop-07');
      await askedToSignIn(driver.channelThread());
      await driver.signsIn('alice');
      await house.shows('Scans of fin-laptop-07.contoso.com');
    });

    it('hears when the sign-in was cancelled or did not work, once, and can try again', async () => {
      const { driver } = house.teams;
      await driver.says('alice', ASK);
      await askedToSignIn(driver.channelThread());
      await driver.signsIn('alice', { cancel: true });
      const [told] = await driver.until(() => some(driver.texts()), 'that it was cancelled');
      assert.match(told ?? '', /^The sign-in was cancelled/);
      for (let copies = 0; copies < 2; copies += 1) {
        await driver.invokes('alice', 'signin/failure', { code: 'installedappnotfound', message: 'Not installed' });
      }
      await driver.until(() => driver.texts().length > 1, 'that it did not work');
      await driver.signsIn('alice');
      await house.shows(WAITING);
      const failures = driver.texts().filter((text) => text.startsWith('Sign-in did not work'));
      assert.equal(failures.length, 1);
    });

    it('types a wrong code and then the right one', async () => {
      const { driver } = house.teams;
      await driver.says('alice', ASK);
      await askedToSignIn(driver.channelThread());
      assert.equal((await driver.signsIn('alice', { wrongCode: true })).status, 404);
      assert.equal((await driver.signsIn('alice')).status, 200);
      await house.shows(WAITING);
    });

    it('gets a new card after two wrong codes', async () => {
      const { driver } = house.teams;
      await driver.says('alice', ASK);
      await askedToSignIn(driver.channelThread());
      assert.equal((await driver.signsIn('alice', { wrongCode: true })).status, 404);
      assert.equal((await driver.signsIn('alice', { wrongCode: true })).status, 200);
      await driver.until(() => signInCards(driver.messages()).length > 1, 'a new card');
      await driver.signsIn('alice');
      await house.shows(WAITING);
    });

    it('is told when the Token Service does not answer to the code', async () => {
      const { driver } = house.teams;
      await driver.says('alice', ASK);
      await askedToSignIn(driver.channelThread());
      house.teams.moods.tokens = { kind: 'fails', status: 503 };
      assert.equal((await driver.signsIn('alice')).status, 200);
      await driver.until(
        () => driver.texts().some((text) => text.includes('did not answer')),
        'that there was no answer',
      );
    });
  });

  describe('and nobody else', () => {
    it('is refused when another identity signs in, which is signed out at once', async () => {
      const { driver } = house.teams;
      await driver.says('alice', ASK);
      await askedToSignIn(driver.channelThread());
      await driver.signsIn('alice', { as: 'bob' });
      assert.equal(isKept('29:1alice'), false);
      assert.equal(tokenCalls('SignOut').length, 1);
      await driver.until(() => driver.texts().some((text) => text.includes('another account')), 'that it was refused');
      assert.deepEqual(house.defender.wire.entries, []);
      await driver.signsIn('alice');
      await house.shows(WAITING);
    });

    it('makes a request go on by signing in: it waits for the one who asked', async () => {
      const { driver } = house.teams;
      const [hers, his] = [driver.channelThread('hers'), driver.channelThread('his')];
      await driver.says('alice', ASK, hers);
      await askedToSignIn(hers);
      await driver.says('bob', 'scan quick fin-laptop-11 because ticket 9', his);
      await askedToSignIn(his);
      await driver.signsIn('bob', { place: his });
      await house.shows(WAITING, his);
      assert.match(await wishesOf('alice'), /Waiting for sign-in/);
      await driver.signsIn('alice', { place: hers });
      await house.shows(WAITING, hers);
    });

    it('can follow the link of a card that everybody sees', async () => {
      const { driver } = house.teams;
      await driver.says('alice', ASK);
      await askedToSignIn(driver.channelThread());
      assert.equal((await driver.signsIn('bob')).status, 404);
      assert.deepEqual([isKept('29:1alice'), isKept('29:1bob')], [false, false]);
      assert.match(await wishesOf('alice'), /Waiting for sign-in/);
    });
  });

  describe('who presses without a sign-in', () => {
    beforeEach(async () => {
      const { driver } = house.teams;
      await driver.isSignedIn('alice');
      await driver.says('alice', ASK);
      await house.shows(WAITING);
      house.teams.signIns.signOut('29:1alice', 'msteams', undefined);
      await house.stop();
      await house.start();
    });

    it('is asked to sign in by the answer to the press, and the press then counts', async () => {
      const { driver } = house.teams;
      const asked = await driver.presses('alice', 'Run scan', { comment: 'written before the sign-in' });
      assert.deepEqual([asked.status, innerStatus(asked), innerType(asked)], [200, 401, LOGIN]);
      const login = record(record(asked.body)['value']);
      assert.equal(login['connectionName'], 'defender');
      assert.equal(typeof record(login['tokenExchangeResource'])['uri'], 'string');
      await house.shows(WAITING);
      assert.deepEqual(house.starts(), []);
      assert.equal(innerStatus(await driver.signsIn('alice')), 200);
      await house.shows('Submitted, waiting for the device');
      assert.equal(house.starts().length, 1);
      assert.match(JSON.stringify(house.starts()), /written before the sign-in/);
      assert.deepEqual(signInCards(driver.messages()), []);
    });

    it('can sign in by the button and its code as well', async () => {
      const { driver } = house.teams;
      await driver.presses('alice', 'Run scan');
      const wrong = await driver.signsIn('alice', { wrongCode: true });
      assert.deepEqual([wrong.status, innerStatus(wrong)], [200, 401]);
      assert.equal(innerType(wrong), 'application/vnd.microsoft.error.incorrectAuthCode');
      assert.equal(innerStatus(await driver.signsIn('alice', { byButton: true })), 200);
      await house.shows('Submitted, waiting for the device');
    });

    it('is refused with the sign-in of somebody else, which is signed out at once', async () => {
      const { driver } = house.teams;
      await driver.presses('alice', 'Run scan');
      const refused = await driver.signsIn('alice', { as: 'bob' });
      assert.match(JSON.stringify(refused.body), /another account/);
      assert.equal(isKept('29:1alice'), false);
      assert.deepEqual(house.starts(), []);
      await house.shows(WAITING);
    });

    it('is refused with a token of somebody else', async () => {
      const { driver } = house.teams;
      const token = await house.entra.assertionFor('22222222-bbbb-4bbb-8bbb-222222222222');
      const authentication = { id: 'x', connectionName: 'defender', token };
      const refused = await driver.presses('alice', 'Run scan', {}, { authentication });
      assert.match(JSON.stringify(refused.body), /another account/);
      assert.deepEqual(tokenCalls('exchange'), []);
      assert.deepEqual(house.starts(), []);
    });

    it('is refused as a guest of the organisation, and with a token that is no good', async () => {
      const { driver } = house.teams;
      const press = async (overrides: Record<string, unknown>): Promise<string> => {
        const token = await house.entra.assertionFor('11111111-aaaa-4aaa-8aaa-111111111111', overrides);
        const authentication = { id: 'x', connectionName: 'defender', token };
        return JSON.stringify((await driver.presses('alice', 'Run scan', {}, { authentication })).body);
      };
      assert.match(await press({ acct: 1 }), /Guests cannot use this bot/);
      assert.match(await press({ scp: 'something_else' }), /preconditionFailed.*The sign-in did not work/);
      assert.deepEqual(tokenCalls('exchange'), []);
      assert.deepEqual(house.starts(), []);
    });

    it('may dismiss all the same: that needs nobody but the person', async () => {
      await house.teams.driver.presses('alice', 'Dismiss');
      await house.shows('Dismissed');
    });
  });
});

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function isExchange(body: unknown): boolean {
  return record(body)['name'] === 'signin/tokenExchange';
}
