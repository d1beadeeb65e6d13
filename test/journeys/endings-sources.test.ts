import assert from 'node:assert/strict';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { House } from '../support/house.ts';
import { accepted, comesTo, daysPass, FINISHED, houseOfLongScans, mentioned, NOT_SHOWN } from '../support/long-scan.ts';
import { moment, passes, passing, Scene } from '../support/scene.ts';
import { saidOn } from '../support/shown.ts';

const NO_HUNTING = { on: 'hunting' } as const;
const NO_RECORD = { on: 'av-health' } as const;

describe('a source of endings', () => {
  let house: House;
  beforeEach(async () => {
    house = await houseOfLongScans();
  });
  afterEach(() => house.close());

  function warnings(): readonly string[] {
    return house.lines.filter((line) => line.includes('does not show here how scans ended'));
  }

  function calls(path: string): number {
    return house.defender.wire.entries.filter((entry) => entry.path.endsWith(path)).length;
  }

  it('is hunting alone, where the record may not be read', async () => {
    house.defender.moods.start('permission-missing', NO_RECORD);
    const scene = await accepted(house, { type: 'Quick' });
    await comesTo(scene, FINISHED, 30 * SECOND, 20 * MINUTE);
    assert.match(await mentioned(scene, 1), /events from the device say so/);
  });

  it('is the record alone, without consent to hunting: that blocks no scan', async () => {
    house.entra.moods.consentMissing.add('AdvancedQuery.Read');
    const scene = await accepted(house, { type: 'Quick' });
    await comesTo(scene, FINISHED, 30 * SECOND, 20 * MINUTE);
    assert.match(await mentioned(scene, 1), /record of the device says so/);
    assert.equal(calls('/advancedqueries/run'), 0);
    assert.equal(warnings().length, 1);
  });

  it('is the record alone, without a licence for hunting', async () => {
    house.defender.moods.start('feature-disabled', NO_HUNTING);
    const scene = await accepted(house, { type: 'Quick' });
    await comesTo(scene, FINISHED, 30 * SECOND, 20 * MINUTE);
    await mentioned(scene, 1);
    assert.equal(calls('/advancedqueries/run'), 1);
  });

  it('may be missing altogether: then Succeeded is told at once as what it is, and why once', async () => {
    house.defender.moods.start('permission-missing', NO_HUNTING);
    house.defender.moods.start('permission-missing', NO_RECORD);
    const scenes = [await accepted(house, {}, NOT_SHOWN), await accepted(house, { device: 'kiosk-lobby' }, NOT_SHOWN)];
    for (const scene of scenes) {
      const told = await mentioned(scene, 1);
      assert.match(told, /: Succeeded\. The device accepted it; its end is not confirmed/);
      assert.match(told, /Nothing that I can read in Defender shows its end/);
    }
    assert.equal(warnings().length, 2, 'one for each source, not for each scan');
    const asked = calls('/deviceavinfo') + calls('/advancedqueries/run');
    await passes(house, 30 * MINUTE, 5 * MINUTE);
    assert.equal(calls('/deviceavinfo') + calls('/advancedqueries/run'), asked, 'left alone for an hour');
  });

  it('is named in the status of a device when it is missing', async () => {
    house.defender.moods.start('permission-missing', NO_RECORD);
    house.entra.moods.consentMissing.add('AdvancedQuery.Read');
    await accepted(house, {}, NOT_SHOWN);
    const { driver } = house.teams;
    const chat = driver.personalChat('alice');
    await driver.says('alice', 'status fin-laptop-07', chat);
    await passing(house, () => saidOn(driver.latestCard(chat)).includes('Scans of'), 'the status');
    const said = saidOn(driver.latestCard(chat));
    assert.match(said, /may not read Defender's record of the device/);
    assert.match(said, /may not use Defender's hunting/);
  });

  it('that comes back later shows the end after the notice: card and notice change, and one reply is made', async () => {
    house.defender.moods.start('permission-missing', NO_HUNTING);
    house.defender.moods.start('permission-missing', NO_RECORD);
    const scene = await accepted(house, { type: 'Quick' }, NOT_SHOWN);
    assert.match(await mentioned(scene, 1), /its end is not confirmed/);
    house.defender.moods.clear();
    await comesTo(scene, FINISHED, 10 * MINUTE, 4 * HOUR);
    await moment();
    const replies = (): readonly string[] => scene.replies().filter((text) => text.includes('finished: Succeeded'));
    await passing(house, () => replies().length === 1, 'the reply');
    await passes(house, 4 * HOUR, 30 * MINUTE);
    assert.deepEqual([replies().length, scene.mentions().length], [1, 1]);
    const [notice = ''] = scene.mentions();
    assert.match(notice, /finished: Succeeded.*ran to its end at/s);
    assert.doesNotMatch(notice, /not confirmed/);
    assert.equal(house.teams.driver.cardMessages(scene.place).length, 1);
  });

  it('may stay missing: after three days the notice says that the end was never confirmed, and nobody is called', async () => {
    house.defender.moods.start('permission-missing', NO_HUNTING);
    house.defender.moods.start('permission-missing', NO_RECORD);
    const scene = await accepted(house, {}, NOT_SHOWN);
    await mentioned(scene, 1);
    await daysPass(house, 3);
    const { length } = scene.replies();
    await comesTo(scene, 'Accepted (Succeeded), end never confirmed', 10 * MINUTE, HOUR);
    await passing(
      house,
      () => scene.mentions()[0]?.includes('its end was never confirmed') === true,
      'the changed notice',
    );
    assert.deepEqual([scene.mentions().length, scene.replies().length], [1, length]);
  }).timeout(90_000);

  it('that comes back does not put back a notice that somebody has deleted', async () => {
    house.defender.moods.start('permission-missing', NO_HUNTING);
    house.defender.moods.start('permission-missing', NO_RECORD);
    const scene = await accepted(house, { type: 'Quick' }, NOT_SHOWN);
    await mentioned(scene, 1);
    const { driver } = house.teams;
    const chat = driver.personalChat('alice');
    await driver.installs(chat);
    await house.shows('Hello, I am Scan Bot', chat);
    const notice = driver.messages(scene.place).find(({ text }) => text.startsWith('<at>'));
    house.teams.world.remove(notice?.id ?? '');
    house.defender.moods.clear();
    await comesTo(scene, FINISHED, 10 * MINUTE, 4 * HOUR);
    const replies = (): readonly string[] => scene.replies().filter((text) => text.includes('finished: Succeeded'));
    await passing(house, () => replies().length === 1, 'the reply');
    assert.deepEqual(scene.mentions(), []);
    assert.equal(driver.cardMessages(chat).length, 1, 'the request stays in its thread');
  });

  it('has nothing of a device that is no Windows: Succeeded is told at once', async () => {
    const scene = await accepted(house, { device: 'Design-Mac-05' }, NOT_SHOWN);
    await mentioned(scene, 1);
    assert.equal(calls('/advancedqueries/run'), 0);
    assert.equal(warnings().length, 0);
  });

  it('that fails is asked again, and does not hold the notice for longer than a quarter of an hour', async () => {
    house.entra.moods.consentMissing.add('AdvancedQuery.Read');
    house.defender.moods.start('fails', { on: 'av-health', times: 10_000 });
    const scene = await accepted(house);
    assert.deepEqual(scene.mentions(), []);
    await passes(house, 14 * MINUTE, 30 * SECOND);
    assert.deepEqual(scene.mentions(), []);
    await comesTo(scene, NOT_SHOWN, 30 * SECOND, 5 * MINUTE);
    await mentioned(scene, 1);
  });

  it('is asked once for many scans, by one person', async () => {
    const devices = ['fin-laptop-07', 'fin-laptop-11', 'kiosk-lobby', 'lab-pc-03'] as const;
    const scenes = devices.map((device) => new Scene(house, { device }));
    for (const scene of scenes) {
      await scene.starts();
      // Teams takes only so much at once in one channel.
      await passes(house, 3 * SECOND);
    }
    for (const scene of scenes) await scene.comesTo('Accepted, not confirmed yet (Succeeded)');
    await passes(house, 5 * MINUTE, 15 * SECOND);
    const before = calls('/deviceavinfo');
    await passes(house, HOUR, MINUTE);
    const looks = calls('/deviceavinfo') - before;
    assert.ok(looks > 0 && looks <= 30, `${looks} calls for four scans`);
  });

  it('is asked by the app’s own right where it is to read', async () => {
    await house.close();
    house = await House.open({ STATUS_READER: 'application' });
    const scene = new Scene(house, { type: 'Quick' });
    await scene.starts();
    await comesTo(scene, FINISHED, 15 * SECOND, 10 * MINUTE);
    const readers = house.defender.wire.entries
      .filter(({ path }) => path.endsWith('/deviceavinfo'))
      .map(({ caller }) => caller);
    assert.ok(
      readers.some((caller) => caller !== 'alice@contoso.com'),
      readers.join(),
    );
    assert.match(await mentioned(scene, 1), /record of the device says so/);
  });
});
