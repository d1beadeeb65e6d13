import assert from 'node:assert/strict';
import type { StandInAction } from '../../src/sandbox/defender/stand-in-action.ts';
import type { MoodName, MoodSettings } from '../../src/sandbox/defender/moods.ts';
import { record } from '../../src/sandbox/teams/json.ts';
import { words } from '../../src/chat/language.ts';
import type { Time } from '../../src/scan/ids.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { listCalls, passes, passing, Scene } from '../support/scene.ts';

const SUBMITTED = 'Submitted, waiting for the device';
const RUNNING = 'Scan running';
const SUCCEEDED = 'Scan finished: Succeeded';
const LATER = 'Confirmed, waiting for Defender';
const REFUSED = 'Refused';
const UNCLEAR = 'Unclear whether the scan started';

describe('a confirmed scan', () => {
  let house: House;
  let scene: Scene;

  beforeEach(async () => {
    house = await House.open();
    scene = new Scene(house);
  });

  afterEach(() => house.close());

  const feels = (mood: MoodName, settings: MoodSettings = {}): void => {
    house.defender.moods.start(mood, { on: 'start-scan', ...settings });
  };

  const clockTime = (at: Time): string =>
    words('en-GB').time(at, { now: house.clock.now(), timeZone: 'Europe/Stockholm' });

  /** A scan of the same device that somebody else has started. */
  const runsAlready = (facts: { by?: string; type?: 'Quick' | 'Full'; comment?: string; at?: Time }): StandInAction => {
    const { by = 'bob@contoso.com', type = 'Quick', comment = 'mine', at = house.clock.now() } = facts;
    return house.defender.actions.add({ device: scene.device, type, comment, requestor: by, at });
  };

  it('is sent once, in the requester’s name, with exactly what was decided', async () => {
    const comment = '  Prüfen:\r\n\t"Alert" <3212> — 検査 🦠 \\ ${x} [tag]  ';
    await scene.asks();
    await scene.presses({ scanType: 'Quick', comment });
    await scene.comesTo(SUCCEEDED);
    const [post, ...more] = scene.posts();
    assert.deepEqual(more, []);
    assert.equal(post?.path, `/api/machines/${scene.device.id}/runAntiVirusScan`);
    assert.equal(post.contentType, 'application/json');
    assert.equal(post.caller, 'alice@contoso.com');
    assert.deepEqual(JSON.parse(post.requestBody), { Comment: comment, ScanType: 'Quick' });
  });

  describe('of a device that is being scanned already', () => {
    const adopted = async (running: StandInAction, type = 'Quick'): Promise<void> => {
      await scene.presses();
      await scene.comesTo(SUBMITTED);
      const sentence = `A ${type} scan by ${running.requestor} has been under way since ${clockTime(running.createdAt)}; I follow it here.`;
      assert(scene.cardText.includes(sentence), scene.cardText);
      await house.teams.driver.until(() => scene.replies().some((text) => text.includes(sentence)), 'the reply');
      assert.equal(scene.posts().length, 1);
      await scene.comesTo(SUCCEEDED);
      assert.match(await scene.isTold(), new RegExp(`started by ${running.requestor}`));
    };

    it('follows that one when Defender says so by its code', async () => {
      await scene.asks();
      await adopted(runsAlready({}));
    });

    it('follows that one when Defender says so in words only', async () => {
      await scene.asks();
      const running = runsAlready({ type: 'Full' });
      feels('refuses', { status: 400, word: '', message: 'Action is already in progress', times: 1 });
      await adopted(running, 'Full');
    });

    const others: Readonly<Record<string, Parameters<typeof runsAlready>[0]>> = {
      'another requester': { type: 'Full', comment: 'ticket 3212' },
      'another comment': { by: 'alice@contoso.com', type: 'Full', comment: 'ticket 3213' },
      'an older one': { by: 'alice@contoso.com', type: 'Full', comment: 'ticket 3212' },
    };

    for (const [what, facts] of Object.entries(others)) {
      it(`follows that one when Defender answers with it: ${what}`, async () => {
        feels('busy-existing');
        await scene.asks();
        const age = what === 'an older one' ? 5 * MINUTE + SECOND : 0;
        if (age > 0) house.defender.moods.start('asleep', { device: scene.device.id });
        const running = runsAlready({ ...facts, at: house.clock.now() - age });
        const met = adopted(running, 'Full');
        if (age > 0) {
          await scene.shows(SUBMITTED);
          house.defender.moods.stop('asleep');
        }
        await met;
      });
    }

    it('takes it for its own when all of it fits: the answer to a lost start, for instance', async () => {
      feels('busy-existing');
      await scene.asks();
      house.defender.moods.start('asleep', { device: scene.device.id });
      const facts = { by: 'Alice@contoso.com', type: 'Full', comment: 'ticket 3212\r\n' } as const;
      runsAlready({ ...facts, at: house.clock.now() - 4 * MINUTE });
      await scene.presses();
      await scene.shows(SUBMITTED);
      assert.doesNotMatch(scene.cardText, /started by/i);
      house.defender.moods.stop('asleep');
      await scene.isTold();
      assert.equal(house.defender.actions.all.length, 1);
      assert.doesNotMatch(scene.cardText, /started by/i);
    });
  });

  it('waits as Defender says when it has had too many calls, says until when, and goes on', async () => {
    feels('throttled', { seconds: 90 });
    await scene.starts();
    await scene.shows(LATER);
    const until = house.clock.now() + 90 * SECOND;
    assert.match(scene.cardText, new RegExp(`I wait until ${clockTime(until)} and then try again`));
    await passes(house, 89 * SECOND, 10 * SECOND);
    assert.equal(scene.posts().length, 1);
    await scene.comesTo(SUCCEEDED);
    assert.deepEqual(
      scene.posts().map(({ status }) => status),
      [429, 201],
    );
  });

  it('waits a minute when Defender does not say how long', async () => {
    feels('throttled', { seconds: undefined });
    await scene.starts();
    await scene.shows(LATER);
    await passes(house, 58 * SECOND, 10 * SECOND);
    assert.equal(scene.posts().length, 1);
    await scene.comesTo(SUBMITTED);
    assert.equal(scene.posts().length, 2);
  });

  it('goes out once more with a new token when Defender refuses the first', async () => {
    feels('unauthorised');
    await scene.starts();
    await scene.comesTo(SUCCEEDED);
    assert.deepEqual(
      scene.posts().map(({ status }) => status),
      [401, 201],
    );
  });

  it('is told to the requester when Defender refuses the new token, too', async () => {
    feels('unauthorised', { times: undefined });
    await scene.starts();
    await scene.comesTo(REFUSED);
    assert.equal(scene.posts().length, 2);
    await tellsRefusal('Defender did not accept the sign-in.', 'Sign out and in again.');
    await passes(house, MINUTE, 10 * SECOND);
    assert.equal(scene.posts().length, 2);
  });

  it('is not over while Defender cannot find it in its first seconds', async () => {
    house.defender.moods.start('hides-new', { seconds: 45 });
    await scene.starts();
    await scene.comesTo(SUBMITTED);
    await passes(house, 40 * SECOND, 5 * SECOND);
    assert.deepEqual(scene.titles().at(-1), SUBMITTED);
    await scene.comesTo(SUCCEEDED);
  });

  /** What the card and the notice say, and what Microsoft's support asks for. */
  async function tellsRefusal(what: string, next: string): Promise<void> {
    const told = await scene.isTold();
    const target = targetOf(scene);
    for (const text of [scene.cardText, told]) {
      for (const part of [what, next, target]) assert(text.includes(part), `${part} is not in: ${text}`);
    }
  }

  interface Row {
    readonly status: number;
    readonly code: string;
    readonly what: string;
    readonly next: string;
  }

  const NOT_ACCEPTED = {
    what: 'Defender did not accept the request.',
    next: 'Give the code below to an administrator.',
  };
  const NOT_FOUND = {
    what: 'This device was not found, or you may not see it.',
    next: 'Check the name, and that your Defender role covers the device.',
  };
  const FORBIDDEN = {
    what: 'Defender says that you may not do this.',
    next: 'Ask a Defender administrator for a role that may start scans on this device.',
  };

  const ROWS: readonly Row[] = [
    ...['BadRequest', 'ODataError', 'InvalidInput', 'InvalidRequestBody', 'MissingRequiredParameter', 'Brandnew'].map(
      (code) => ({ status: 400, code, ...NOT_ACCEPTED }),
    ),
    {
      status: 400,
      code: 'OsPlatformNotSupported',
      what: 'Defender cannot start scans on the system of this device.',
      next: 'Start the scan on the device itself.',
    },
    {
      status: 400,
      code: 'ClientVersionNotSupported',
      what: 'The Defender software on the device is too old for this.',
      next: 'Have the device updated, then ask again.',
    },
    { status: 403, code: 'Forbidden', ...FORBIDDEN },
    { status: 403, code: 'Brandnew', ...FORBIDDEN },
    {
      status: 403,
      code: 'DisabledFeature',
      what: 'This feature is switched off in Defender.',
      next: 'Ask a Defender administrator to switch it on.',
    },
    {
      status: 403,
      code: 'DisallowedOperation',
      what: 'Defender does not allow this for the device.',
      next: 'Ask a Defender administrator why, and name the code below.',
    },
    { status: 404, code: 'NotFound', ...NOT_FOUND },
    { status: 404, code: 'ResourceNotFound', ...NOT_FOUND },
    { status: 409, code: 'Conflict', ...NOT_ACCEPTED },
  ];

  describe('that Defender refuses', () => {
    for (const { status, code, what, next } of ROWS) {
      it(`is told with reason, next step and correlation id: ${status} ${code}`, async () => {
        feels('refuses', { status, word: code, message: 'Text that may change.' });
        await scene.starts();
        await scene.comesTo(REFUSED);
        await tellsRefusal(what, next);
        assert(scene.cardText.includes(`HTTP ${status}, ${code}`), scene.cardText);
        assert.equal(scene.posts().length, 1);
      });
    }
  });

  describe('whose answer does not come', () => {
    it('is looked up and followed when it was taken, never sent again', async () => {
      feels('answer-lost');
      await scene.starts();
      await passing(house, () => scene.posts().length > 0, 'the start');
      assert.equal(scene.lookUps().length, 1, 'the one for the confirm card');
      await passes(house, 10 * SECOND);
      assert.equal(scene.lookUps().length, 1, 'nobody looks while the call may still be on its way');
      await scene.comesTo(SUCCEEDED);
      assert.equal(scene.posts().length, 1);
      assert.doesNotMatch(scene.cardText, /started by/i);
    });

    it('is looked up three times, then sent once more when it was not taken', async () => {
      feels('cut');
      await scene.starts();
      await passing(house, () => scene.posts().length === 2, 'the second start');
      assert.equal(lookUpsBetween(scene), 3);
      await scene.comesTo(SUCCEEDED);
      assert.deepEqual(
        scene.posts().map(({ status }) => status),
        [0, 201],
      );
    });

    it('is told when it was not taken twice', async () => {
      feels('cut', { times: 2 });
      await scene.starts();
      assert.match(await scene.isTold(), /Defender did not answer in time\.[^]*Look at the device in Defender/);
      await passes(house, MINUTE, 5 * SECOND);
      assert.equal(scene.posts().length, 2);
    });

    it('is not repeated when nobody lets us look, and the requester is told that it is unclear', async () => {
      await scene.asks();
      feels('answer-lost');
      house.defender.moods.start('permission-missing', { on: 'list-actions' });
      await scene.presses();
      await scene.comesTo(UNCLEAR);
      assert.match(await scene.isTold(), /It may or may not run, so I do not send it again by myself/);
      await passes(house, MINUTE, 5 * SECOND);
      assert.equal(scene.posts().length, 1);
    });

    it('is not repeated while looking fails, and the requester is told after an hour', async () => {
      await scene.asks();
      feels('cut');
      house.defender.moods.start('fails', { on: 'list-actions', times: undefined });
      await scene.presses();
      await passing(house, () => scene.lookUps().length > 2, 'looks');
      await passes(house, 60 * MINUTE, MINUTE);
      await scene.comesTo(UNCLEAR);
      assert.equal(scene.posts().length, 1);
    });
  });

  describe('that fails on Defender’s side (500)', () => {
    it('is looked up, then sent once more when it was not taken', async () => {
      feels('fails');
      await scene.starts();
      await scene.comesTo(SUCCEEDED);
      assert.deepEqual(
        scene.posts().map(({ status }) => status),
        [500, 201],
      );
      assert(scene.lookUps().length >= 4);
    });

    it('is followed when it was taken all the same', async () => {
      feels('fails');
      const stop = house.defender.on('wire', ({ status }) => {
        if (status !== 500) return;
        stop();
        runsAlready({ by: 'alice@contoso.com', type: 'Full', comment: 'ticket 3212' });
      });
      await scene.starts();
      await scene.comesTo(SUCCEEDED);
      assert.equal(scene.posts().length, 1);
      assert.doesNotMatch(scene.cardText, /started by/i);
    });

    it('is told with Microsoft’s correlation id when that happens twice', async () => {
      feels('fails', { times: 2 });
      await scene.starts();
      await scene.comesTo(REFUSED);
      await tellsRefusal('Defender had a fault of its own.', 'Try again later.');
      assert.equal(scene.posts().length, 2);
    });
  });

  for (const [what, mood] of [
    ['a gateway’s page', 'gateway'],
    ['words that nobody can read', 'unreadable'],
  ] as const) {
    it(`is looked up before it is sent once more after ${what}`, async () => {
      feels(mood);
      await scene.starts();
      await scene.comesTo(RUNNING);
      assert.equal(scene.posts().length, 2);
      assert.equal(lookUpsBetween(scene), 3);
    });
  }
});

/** Microsoft's `error.target` in the last answer to a start. */
function targetOf(scene: Scene): string {
  const { error } = record(scene.posts().at(-1)?.answerBody);
  const target = record(error)['target'];
  assert(typeof target === 'string' && target.length === 36);
  return target;
}

/** How often the device's scans were looked up between the first start and the second. */
function lookUpsBetween(scene: Scene): number {
  const { entries } = scene.house.defender.wire;
  const [first, second] = scene.posts().map((post) => entries.indexOf(post));
  const looks = new Set(listCalls(scene.house).filter(({ query }) => query.includes(scene.device.id)));
  return entries.slice(first, second).filter((entry) => looks.has(entry)).length;
}
