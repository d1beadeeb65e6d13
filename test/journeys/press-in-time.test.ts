import assert from 'node:assert/strict';
import { SECOND } from '../../src/scan/time.ts';
import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import type { PressOptions } from '../../src/sandbox/teams/card-press.ts';
import type { Json } from '../../src/sandbox/teams/json.ts';
import { record } from '../../src/sandbox/teams/json.ts';
import type { TokenMood } from '../../src/sandbox/teams/moods.ts';
import { House } from '../support/house.ts';
import { cardIn } from '../support/press-answers.ts';
import { buttonsOn, saidOn, signInCards } from '../support/shown.ts';

const WAITING = 'Waiting for confirmation';
const SUBMITTED = 'Submitted, waiting for the device';
const ALICE = '11111111-aaaa-4aaa-8aaa-111111111111';

describe('a press is answered in time', () => {
  let house: House;

  beforeEach(async () => {
    house = await House.open();
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
    await house.shows(WAITING);
  });

  afterEach(async () => {
    // Whoever still waits for an answer hears at once that there is none.
    await Promise.all([house.teams.close(), house.defender.close(), house.entra.close()]);
    await house.close();
  });

  const runs = (options: PressOptions = {}): Promise<Sent> =>
    house.teams.driver.presses('alice', 'Run scan', {}, options);

  /** What was sent to Defender, exactly. */
  const sent = (): readonly unknown[] =>
    house.starts().map((start) => JSON.parse(String(record(start)['requestBody'])) as unknown);

  const askedToSignIn = async (): Promise<Json> => {
    const { driver } = house.teams;
    return driver.until(() => signInCards(driver.messages())[0], 'a card to sign in with');
  };

  /** The one thing that must never take long, measured by a real watch. */
  const inTime = async (press: Promise<Sent>): Promise<Sent> => {
    const start = performance.now();
    const answer = await press;
    assert.ok(performance.now() - start < 3 * SECOND, `answered after ${performance.now() - start} ms`);
    return answer;
  };

  /** The Token Service gets into a mood; tells when it is asked next. */
  const tokensAre = (mood: TokenMood): Promise<void> =>
    new Promise((asked) => {
      house.teams.moods.tokens = new Proxy(mood, {
        get: (target, name) => {
          setImmediate(asked);
          return Reflect.get(target, name) as unknown;
        },
      });
    });

  /** Presses, and lets the time pass that a press may wait for somebody who has just been asked. */
  const waitsFor = async (asked: Promise<void>, press: () => Promise<Sent>): Promise<Sent> => {
    const pressed = press();
    await asked;
    house.clock.advance(1.5 * SECOND);
    return pressed;
  };

  /** What the bot had in memory is gone. */
  const restarts = async (): Promise<void> => {
    await house.stop();
    await house.start();
  };

  /** And the Token Service knows of no sign-in any more. */
  const losesSignIn = async (): Promise<void> => {
    house.teams.signIns.signOut('29:1alice', 'msteams', undefined);
    await restarts();
  };

  it('with the card as it stands then', async () => {
    const card = cardIn(await inTime(runs()));
    assert.match(saidOn(card), /Sending to Defender|Sent to Defender|Submitted/);
    assert.deepEqual(buttonsOn(card), []);
    await house.shows(SUBMITTED);
    assert.deepEqual(sent(), [{ Comment: 'Check machine for viruses due to alert 3212', ScanType: 'Full' }]);
  });

  it('while Defender does not answer', async () => {
    house.defender.moods.start('slow', { seconds: 3600 });
    cardIn(await inTime(runs()));
    // Sending or sent: the card may be drawn once for both.
    await house.shows('to Defender');
    assert.deepEqual(sent(), []);
  });

  it('while Defender fails', async () => {
    house.defender.moods.start('cut', { times: 100 });
    cardIn(await inTime(runs()));
  });

  it('while Teams takes no messages', async () => {
    house.teams.moods.connectorAnswers({ status: 503 }, 100);
    cardIn(await inTime(runs()));
  });

  it('while the Token Service does not answer: it counts, and goes on by itself', async () => {
    await restarts();
    // Only the look for the token is slow: that a way to sign in could be had tells nothing about it.
    const asked = tokensAre({ kind: 'slow', ms: 4 * SECOND }).then(() => {
      house.teams.moods.calm();
    });
    const card = cardIn(await inTime(waitsFor(asked, runs)));
    assert.match(saidOn(card), /Sending to Defender/);
    assert.deepEqual(sent(), []);
    await house.passes(4 * SECOND, SUBMITTED);
    assert.equal(sent().length, 1);
    assert.deepEqual(signInCards(house.teams.driver.messages()), []);
  });

  it('while the Token Service never answers', async () => {
    await restarts();
    cardIn(await inTime(waitsFor(tokensAre({ kind: 'silent' }), runs)));
    assert.deepEqual(sent(), []);
  });

  it('while the Token Service is slow to say that nobody is signed in: a card asks then', async () => {
    await losesSignIn();
    cardIn(await inTime(waitsFor(tokensAre({ kind: 'slow', ms: 2 * SECOND }), runs)));
    house.teams.moods.calm();
    await house.passes(2 * SECOND, 'Confirmed, waiting for sign-in');
    await askedToSignIn();
    assert.deepEqual(sent(), []);
    await house.teams.driver.signsIn('alice');
    await house.shows(SUBMITTED);
    assert.equal(sent().length, 1);
  });

  it('while there is no way to sign in: it counts, and a card asks later', async () => {
    await losesSignIn();
    // That there is no token is answered, how to sign in is not.
    const ignore = house.teams.on('wire', ({ path }) => {
      if (path.startsWith('/api/usertoken/GetToken')) house.teams.moods.tokens = { kind: 'fails', status: 500 };
    });
    cardIn(await inTime(runs()));
    ignore();
    house.teams.moods.calm();
    await house.passes(10 * SECOND, 'Confirmed, waiting for sign-in');
    await askedToSignIn();
    await house.teams.driver.signsIn('alice');
    await house.shows(SUBMITTED);
    assert.equal(sent().length, 1);
  });

  it('while nothing of the Token Service works', async () => {
    await losesSignIn();
    house.teams.moods.tokens = { kind: 'fails', status: 500 };
    cardIn(await inTime(runs()));
    house.teams.moods.calm();
    await house.passes(10 * SECOND, 'Confirmed, waiting for sign-in');
    await askedToSignIn();
  });

  it('with the token that it brought, although the Token Service does not answer', async () => {
    await losesSignIn();
    house.teams.moods.tokens = { kind: 'silent' };
    const token = await house.entra.assertionFor(ALICE);
    const authentication = { id: 'x', connectionName: 'defender', token };
    cardIn(await inTime(runs({ authentication })));
    await house.shows(SUBMITTED);
    assert.equal(sent().length, 1);
  });

  it('while the code that it brought is not answered', async () => {
    await losesSignIn();
    const asked = tokensAre({ kind: 'silent' });
    cardIn(await inTime(waitsFor(asked, () => runs({ state: '123456' }))));
  });

  it('while Entra is too slow to check the token that it brought', async () => {
    await losesSignIn();
    const asked = new Promise<void>((resolve) => {
      const slowly = (): number => {
        setImmediate(resolve);
        return 4 * SECOND;
      };
      Object.defineProperty(house.entra.moods, 'slowMs', { get: slowly });
    });
    const token = await house.entra.assertionFor(ALICE);
    const authentication = { id: 'x', connectionName: 'defender', token };
    cardIn(await inTime(waitsFor(asked, () => runs({ authentication }))));
  });
});
