import assert from 'node:assert/strict';
import type { ScanResult } from '../../src/scan/defender-scan.ts';
import type { Time } from '../../src/scan/ids.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { people } from '../support/cast.ts';
import { House } from '../support/house.ts';
import { listCalls, moment, passes, passing, Scene } from '../support/scene.ts';

const SUBMITTED = 'Submitted, waiting for the device';
const RUNNING = 'Scan running';
const SUCCEEDED = 'Scan finished: Succeeded';
const ACCEPTED = 'Accepted, not confirmed yet (Succeeded)';
const UNKNOWN = 'Defender reports an unknown state';
const FIVE = ['fin-laptop-07', 'fin-laptop-11', 'dev-station-02', 'kiosk-lobby', 'srv-files-01'] as const;

/** The looks of one person at everything that runs, by Defender's name for them. */
function looksOf(house: House, caller: string): readonly Time[] {
  return listCalls(house)
    .filter((call) => call.caller === caller && !call.query.includes('machineId'))
    .map(({ at }) => at);
}

/** What the operator was told, as log lines. */
function lines(house: House, words: RegExp): readonly string[] {
  return house.lines.filter((line) => words.test(line));
}

describe('following', () => {
  let house: House;

  afterEach(() => house.close());

  describe('many scans', () => {
    beforeEach(async () => {
      house = await House.open();
      for (const name of FIVE)
        house.defender.moods.start('asleep', { device: new Scene(house, { device: name }).device.id });
    });

    it('takes one call of Defender per person and look, however many scans there are', async () => {
      const hers = FIVE.map((device) => new Scene(house, { device }));
      const his = new Scene(house, { by: 'bob', device: 'lab-pc-03' });
      house.defender.moods.start('asleep', { device: his.device.id });
      for (const scene of [...hers, his]) {
        await scene.starts();
        await scene.shows(SUBMITTED);
      }
      await passes(house, 30 * SECOND);
      const before = house.defender.wire.entries.length;
      await passes(house, 15 * SECOND);
      const calls = house.defender.wire.entries.slice(before);
      assert.deepEqual(calls.map(({ caller, path }) => `${caller} ${path}`).sort(), [
        'alice@contoso.com /api/machineactions',
        'bob@contoso.com /api/machineactions',
      ]);
      house.defender.moods.clear();
      await passing(house, () => hers.every((scene) => scene.mentions().length === 1), 'five ends');
      assert.equal((await his.isTold()).length > 0, true);
    });

    it('never looks sooner than it was told to, whatever happens in between', async () => {
      const aliceId = people.find(({ handle }) => handle === 'alice')?.oid ?? '';
      const [first, second] = [new Scene(house), new Scene(house, { device: 'kiosk-lobby' })];
      await first.starts();
      await first.shows(SUBMITTED);
      await passes(house, 20 * SECOND);
      await second.starts();
      await second.shows(SUBMITTED);
      for (let turns = 0; turns < 4; turns += 1) {
        const token = await house.entra.assertionFor(aliceId);
        const exchange = { id: `copy ${turns}`, connectionName: 'defender', token };
        await house.teams.driver.invokes('alice', 'signin/tokenExchange', exchange, { place: first.place });
        await passes(house, 10 * SECOND);
      }
      const looks = looksOf(house, 'alice@contoso.com');
      assert(looks.length >= 3, String(looks.length));
      for (const [index, at] of looks.slice(1).entries()) assert(at - (looks[index] ?? 0) >= 15 * SECOND);
    });
  });

  it('keeps to the time between two looks that the operator sets', async () => {
    house = await House.open({ STATUS_POLL_SECONDS: '60' });
    const scene = new Scene(house, { device: 'sales-tablet-04' });
    await scene.starts();
    await scene.shows(SUBMITTED);
    await passes(house, 4 * MINUTE, 5 * SECOND);
    const looks = looksOf(house, 'alice@contoso.com');
    assert(looks.length >= 3);
    for (const [index, at] of looks.slice(1).entries()) assert(at - (looks[index] ?? 0) >= MINUTE);
  });

  describe('the card', () => {
    beforeEach(async () => {
      house = await House.open();
    });

    it('is redrawn in place at each state, and the thread gets one short reply for each step', async () => {
      const scene = new Scene(house);
      await scene.starts();
      await scene.isTold();
      assert.deepEqual(scene.titles().slice(-4), [SUBMITTED, RUNNING, ACCEPTED, SUCCEEDED]);
      assert.equal(house.teams.driver.cardMessages(scene.place).length, 1);
      assert.deepEqual(scene.replies(), [
        'Full scan of fin-laptop-07.contoso.com: Defender accepted it. I will tell you here how it ends.',
        'Full scan of fin-laptop-07.contoso.com: the device has picked it up and the scan is running now.',
      ]);
    });

    it('says a state that nobody knows in Defender’s word, stays open, and the operator reads of it once', async () => {
      const scene = new Scene(house);
      await scene.starts();
      await scene.shows(SUBMITTED);
      house.defender.moods.start('unknown-status', { word: 'Quarantining' });
      await scene.comesTo(UNKNOWN);
      assert.match(scene.cardText, /the state “Quarantining”, which I do not know/);
      await passes(house, 2 * MINUTE, 5 * SECOND);
      assert.equal(lines(house, /status word that Defender does not document/).length, 1);
      assert.match(lines(house, /status word/)[0] ?? '', /"word":"Quarantining"/);
      house.defender.moods.start('unknown-status', { word: 'Rebooting' });
      await passing(house, () => scene.cardText.includes('“Rebooting”'), 'the other word');
      assert.deepEqual(scene.mentions(), []);
      house.defender.moods.clear();
      await scene.comesTo(SUCCEEDED);
      assert.equal(lines(house, /status word/).length, 2);
    });

    it('does not tell of a start that nobody waited for', async () => {
      const scene = new Scene(house, { type: 'Quick' });
      await scene.asks();
      const order = { device: scene.device, type: 'Quick', comment: 'mine', requestor: 'bob@contoso.com' } as const;
      house.defender.actions.add({ ...order, at: house.clock.now() - 10 * SECOND });
      await scene.presses();
      await scene.isTold();
      assert.deepEqual(scene.titles().slice(-3), [RUNNING, ACCEPTED, SUCCEEDED]);
      assert(!scene.replies().some((text) => text.includes('picked it up')));
    });
  });

  describe('the end', () => {
    beforeEach(async () => {
      house = await House.open();
    });

    const LINK = /\[Open in Defender\]\(https:\/\/security\.microsoft\.com\/machines\/[^)]*\)/;

    const ends: Readonly<
      Record<ScanResult, { readonly comes: (scene: Scene) => Promise<void>; readonly heading: string }>
    > = {
      Succeeded: { comes: () => Promise.resolve(), heading: 'finished: Succeeded' },
      Failed: {
        comes: () => {
          house.defender.moods.start('scan-fails');
          return Promise.resolve();
        },
        heading: 'did not run: Failed',
      },
      TimeOut: {
        comes: async () => {
          house.clock.advance(72 * HOUR + 13 * MINUTE);
          await moment();
        },
        heading: 'did not run: TimeOut',
      },
      Cancelled: {
        comes: async (scene) => {
          house.clock.advance(90 * SECOND);
          await moment();
          const action = house.defender.actions.running(scene.device.id);
          house.defender.actions.cancel(action?.id ?? '', { requestor: 'bob@contoso.com', comment: 'no' });
        },
        heading: 'did not run: Cancelled',
      },
    };

    for (const [result, { comes, heading }] of Object.entries(ends)) {
      it(`is told in a new message that mentions the requester: ${result}`, async () => {
        const sleeps = result === 'TimeOut' || result === 'Cancelled';
        const scene = new Scene(house, { device: sleeps ? 'sales-tablet-04' : 'fin-laptop-07', comment: 'alarm (2)' });
        await scene.starts();
        await scene.shows(SUBMITTED);
        await comes(scene);
        const told = await scene.isTold();
        const name = scene.device.name;
        assert(told.startsWith(`<at>Alice Andersson</at> Full scan of ${name} ${heading}`), told);
        assert(told.includes('Comment: alarm (2)'), told);
        assert.equal(told.includes('It took 1 min.'), result === 'Succeeded', told);
        assert.match(told, LINK);
        assert(told.includes(scene.device.id));
        assert.equal(scene.titles().at(-1), `Scan ${heading}`);
        const last = house.teams.driver.messages(scene.place).at(-1);
        assert.equal(last?.revisions.length, 1, 'a message of its own, not an edit');
        assert.equal(last.text.includes('<at>'), true);
        await passes(house, MINUTE, 15 * SECOND);
        assert.equal(scene.mentions().length, 1);
      });
    }
  });

  it('goes on after a restart, each notice in the thread where its scan was asked for', async () => {
    house = await House.open();
    const { driver } = house.teams;
    const places = [driver.channelThread('one'), driver.groupChat('alice', 'bob'), driver.personalChat('alice')];
    const scenes = places.map((place, index) => new Scene(house, { device: FIVE[index] ?? '', place }));
    for (const scene of scenes) {
      await scene.starts();
      await scene.shows(SUBMITTED);
    }
    await house.stop();
    house.clock.advance(6 * HOUR);
    await house.start();
    for (const scene of scenes) {
      assert.match(await scene.isTold(), new RegExp(`scan of ${scene.device.name} finished`));
      assert.equal(scene.mentions().length, 1);
      assert.equal(driver.cardMessages(scene.place).length, 1, 'its card is the one that stood there before');
      assert.equal(scene.titles().at(-1), SUCCEEDED);
      assert.equal(scene.posts().length, 1);
    }
  });

  it('asks once for the sign-in that it needs, keeps the scan open, and goes on after it', async () => {
    house = await House.open();
    const { driver, moods } = house.teams;
    const scene = new Scene(house);
    const other = new Scene(house, { device: 'kiosk-lobby', place: scene.place });
    for (const one of [scene, other]) {
      await one.starts();
      await one.shows(SUBMITTED);
    }
    await house.stop();
    moods.tokens = { kind: 'forgets' };
    await house.start();
    await passing(house, () => scene.mentions().length > 0, 'the request to sign in');
    await passes(house, 20 * MINUTE, 30 * SECOND);
    assert.equal(scene.mentions().length, 1);
    assert.match(scene.mentions()[0] ?? '', /I can no longer ask Defender how it goes.*Sign in again and I go on/s);
    moods.calm();
    await driver.signsIn('alice', { place: scene.place });
    await passing(house, () => scene.mentions().length === 3, 'two ends');
    assert.equal(house.starts().length, 2);
  });

  describe('by the app’s own right', () => {
    beforeEach(async () => {
      house = await House.open({ STATUS_READER: 'application' });
    });

    it('reads with the app’s token for everybody at once, and starts in the person’s name', async () => {
      const scenes = [new Scene(house), new Scene(house, { by: 'bob', device: 'kiosk-lobby' })];
      for (const scene of scenes) {
        await scene.starts();
        await scene.shows(SUBMITTED);
      }
      for (const scene of scenes) await scene.isTold();
      const readers = new Set(
        listCalls(house)
          .filter(({ query }) => !query.includes('machineId'))
          .map(({ caller }) => caller),
      );
      assert.equal(readers.size, 1);
      const [reader = ''] = readers;
      assert.doesNotMatch(reader, /@/);
      assert.deepEqual(
        scenes.map((scene) => scene.posts()[0]?.caller),
        ['alice@contoso.com', 'bob@contoso.com'],
      );
    });

    it('needs nobody’s sign-in', async () => {
      const scene = new Scene(house);
      await scene.starts();
      await scene.shows(SUBMITTED);
      await house.stop();
      house.teams.moods.tokens = { kind: 'forgets' };
      await house.start();
      await scene.isTold();
      assert.equal(scene.mentions().length, 1);
      assert.equal(scene.titles().at(-1), SUCCEEDED);
    });
  });
});
