import assert from 'node:assert/strict';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { buttonsOf } from '../../src/sandbox/teams/card.ts';
import { House } from '../support/house.ts';
import { passes, Scene } from '../support/scene.ts';

const SUBMITTED = 'Submitted, waiting for the device';
const SUCCEEDED = 'Scan finished: Succeeded';
const QUEUED = 'Waiting for another scan of the device';

describe('a device that another request of ours has', () => {
  let house: House;
  let alice: Scene;
  let bob: Scene;

  beforeEach(async () => {
    house = await House.open();
    alice = new Scene(house);
    bob = new Scene(house, { by: 'bob', type: 'Quick', comment: 'mine' });
    house.defender.moods.start('asleep', { device: alice.device.id });
  });

  afterEach(() => house.close());

  const presses = async (scene: Scene, button: string): Promise<void> => {
    const sent = await house.teams.driver.presses(scene.by, button, {}, { place: scene.place });
    assert.equal(sent.status, 200);
  };

  const buttons = ({ card }: Scene): readonly string[] =>
    card === undefined ? [] : buttonsOf(card).map(({ title }) => title);

  const alicesRuns = async (): Promise<void> => {
    await alice.starts();
    await alice.shows(SUBMITTED);
  };

  const alicesEnds = async (): Promise<void> => {
    house.defender.moods.stop('asleep');
    await alice.comesTo(SUCCEEDED);
  };

  it('is offered: whose scan comes first, to follow it, or to run after it', async () => {
    await alicesRuns();
    await bob.asks();
    assert.match(bob.cardText, /A Full scan of this device that Alice Andersson asked for comes first/);
    assert.doesNotMatch(bob.cardText, /ticket 3212/, 'her words stay with her');
    assert.deepEqual(buttons(bob), ['Run after it', 'Follow that scan', 'Dismiss']);
  });

  it('is scanned once for those who follow, and both hear how it ends', async () => {
    await alicesRuns();
    await bob.asks();
    await presses(bob, 'Follow that scan');
    await bob.shows(SUBMITTED);
    assert.match(bob.cardText, /A Full scan by alice@contoso\.com has been under way/);
    await alicesEnds();
    await bob.comesTo(SUCCEEDED);
    assert.match(await bob.isTold(), /Full scan of fin-laptop-07/);
    assert.match(await alice.isTold(), /Full scan of fin-laptop-07/);
    assert.equal(bob.posts().length, 1);
  });

  it('is scanned again after the first is over, by itself, with a word to who waited', async () => {
    await alicesRuns();
    await bob.asks();
    await presses(bob, 'Run after it');
    await bob.shows(QUEUED);
    assert.match(bob.cardText, /A scan that Alice Andersson asked for comes first on this device/);
    await passes(house, 2 * MINUTE, 10 * SECOND);
    await house.stop();
    await house.start();
    await passes(house, 2 * MINUTE, 10 * SECOND);
    assert.equal(bob.posts().length, 1);
    await alicesEnds();
    await bob.comesTo(SUCCEEDED);
    assert.match(bob.mentions()[0] ?? '', /Quick scan of fin-laptop-07.* the device is free now/);
    const [first, second] = bob.posts();
    assert.deepEqual([first?.caller, second?.caller], ['alice@contoso.com', 'bob@contoso.com']);
    assert.deepEqual(JSON.parse(second?.requestBody ?? ''), { Comment: 'mine', ScanType: 'Quick' });
    assert.equal(atOnce(house), 1);
  });

  it('goes to one of two who press at the same moment; the other one waits', async () => {
    await alice.asks();
    await bob.asks();
    await Promise.all([alice.presses(), bob.presses()]);
    const [first, other] = await house.teams.driver.until(() => {
      const both = [alice, bob];
      const sent = both.find((scene) => scene.titles().at(-1) === SUBMITTED);
      const waits = both.find((scene) => scene.titles().at(-1) === QUEUED);
      return sent !== undefined && waits !== undefined ? ([sent, waits] as const) : undefined;
    }, 'one sent and one waiting');
    await passes(house, MINUTE, 5 * SECOND);
    assert.equal(first.posts().length, 1);
    assert.deepEqual(buttons(other), ['Follow that scan', 'Withdraw']);
    house.defender.moods.stop('asleep');
    await other.comesTo(SUCCEEDED);
    assert.equal(first.posts().length, 2);
    assert.equal(atOnce(house), 1);
  });

  it('is left to those who have waited longest', async () => {
    await alicesRuns();
    const third = new Scene(house, { by: 'walt', type: 'Quick', comment: 'third' });
    for (const scene of [bob, third]) {
      await scene.asks();
      await presses(scene, 'Run after it');
      await scene.shows(QUEUED);
    }
    house.defender.moods.stop('asleep');
    await third.comesTo(SUCCEEDED);
    assert.deepEqual(
      third.posts().map(({ caller }) => caller.split('@')[0]),
      ['alice', 'bob', 'walt'],
    );
    assert.equal(atOnce(house), 1);
  });

  it('is left alone when the one who waits takes it back, by a button or in words', async () => {
    await alicesRuns();
    const walt = new Scene(house, { by: 'walt' });
    for (const scene of [bob, walt]) {
      await scene.asks();
      await presses(scene, 'Run after it');
      await scene.shows(QUEUED);
    }
    await presses(bob, 'Withdraw');
    await bob.shows('Dismissed');
    await house.teams.driver.says('walt', 'cancel fin-laptop-07', walt.place);
    await walt.shows('Dismissed');
    await alicesEnds();
    await passes(house, 5 * MINUTE, 10 * SECOND);
    assert.equal(bob.posts().length, 1);
  });

  it('lets who waits change their mind and follow', async () => {
    await alicesRuns();
    await bob.asks();
    await presses(bob, 'Run after it');
    await bob.shows(QUEUED);
    await presses(bob, 'Follow that scan');
    await bob.shows(SUBMITTED);
    await alicesEnds();
    await bob.comesTo(SUCCEEDED);
    assert.equal(bob.posts().length, 1);
  });

  it('is waited for no longer than a day', async () => {
    await alicesRuns();
    await bob.asks();
    await presses(bob, 'Run after it');
    await bob.shows(QUEUED);
    await passes(house, 24 * HOUR, HOUR);
    await bob.comesTo('Expired');
    assert.match(await bob.isTold(), /expired/);
    assert.equal(bob.posts().length, 1);
  });

  it('is free for the next one when the first is refused', async () => {
    house.defender.moods.start('refuses', { on: 'start-scan', status: 403, word: '', message: 'no', times: 1 });
    await alice.asks();
    await bob.asks();
    await alice.presses();
    await alice.shows('Refused');
    await bob.presses();
    await bob.shows(SUBMITTED);
    assert.equal(bob.posts().length, 2);
  });

  it('tells who wanted to follow when there is nothing to follow', async () => {
    await alice.asks();
    house.defender.moods.start('throttled', { on: 'start-scan', seconds: 90 });
    await alice.presses();
    await alice.shows('Confirmed, waiting for Defender');
    await bob.asks();
    await presses(bob, 'Follow that scan');
    await bob.shows('Waiting to follow another scan');
    await house.teams.driver.says('alice', 'cancel fin-laptop-07', alice.place);
    await bob.comesTo('Nothing to follow');
    await bob.isTold();
    assert.equal(atOnce(house), 0);
  });

  it('loses the offer when the device has become free meanwhile', async () => {
    await alicesRuns();
    await bob.asks();
    await alicesEnds();
    await presses(bob, 'Follow that scan');
    await house.teams.driver.until(() => buttons(bob)[0] === 'Run scan', 'the card without the offer');
    assert.deepEqual(buttons(bob), ['Run scan', 'Dismiss']);
    await bob.presses();
    await bob.comesTo(SUCCEEDED);
  });
});

/** How many scans of one device were under way at the same time, at most. */
function atOnce(house: House): number {
  const spans = house.defender.actions.all.map((action) => ({
    from: action.createdAt,
    to: action.status === 'Pending' ? Infinity : action.updatedAt,
  }));
  return Math.max(0, ...spans.map(({ from }) => spans.filter((other) => other.from <= from && from < other.to).length));
}
