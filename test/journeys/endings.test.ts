import assert from 'node:assert/strict';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import type { House } from '../support/house.ts';
import { ACCEPTED, accepted, comesTo, daysPass, FINISHED, houseOfLongScans, mentioned } from '../support/long-scan.ts';
import { deviceIn, passes, Scene } from '../support/scene.ts';

describe('the end of a scan', () => {
  let house: House;
  beforeEach(async () => {
    house = await houseOfLongScans();
  });
  afterEach(() => house.close());

  it('is told when it has come, hours after Defender said Succeeded, and not before', async () => {
    const scene = await accepted(house);
    await passes(house, HOUR, 5 * MINUTE);
    assert.deepEqual([scene.titles().at(-1), scene.mentions()], [ACCEPTED, []]);
    assert.match(scene.cardText, /may still be running/);
    await comesTo(scene, FINISHED, 5 * MINUTE, 2 * HOUR);
    const told = await mentioned(scene, 1);
    assert.match(told, /Full scan of fin-laptop-07\.contoso\.com finished: Succeeded/);
    assert.match(told, /ran to its end at .*Defender's events from the device say so\. It took 2 h 0 min\./s);
    assert.doesNotMatch(told, /mistaken/);
  });

  it('is told at once where Defender says Succeeded only when the scan is over', async () => {
    house.defender.moods.start('succeeds-late');
    const scene = new Scene(house, { type: 'Quick' });
    await scene.starts();
    await comesTo(scene, FINISHED, 15 * SECOND, 10 * MINUTE);
    await mentioned(scene, 1);
    assert.equal(scene.titles().filter((title) => title === FINISHED).length, 1);
  });

  it('may be that of a scheduled scan, where the record alone shows it: that is said', async () => {
    house.defender.moods.start('permission-missing', { on: 'hunting' });
    const scene = await accepted(house);
    house.clock.advance(10 * MINUTE);
    house.defender.ownScans.add({ device: scene.device, type: 'Full', at: house.clock.now() });
    await comesTo(scene, FINISHED, MINUTE, 20 * MINUTE);
    assert.match(await mentioned(scene, 1), /record of the device says so\. .*a scheduled scan .*could be mistaken/s);
  });

  it('is not that of a scan that ended before the device took this one, nor of another type', async () => {
    house.defender.moods.start('permission-missing', { on: 'hunting' });
    const scene = new Scene(house);
    await scene.starts();
    await scene.comesTo('Scan running');
    house.defender.ownScans.add({ device: scene.device, type: 'Full', at: house.clock.now() - MINUTE });
    house.defender.ownScans.add({ device: scene.device, type: 'Quick', at: house.clock.now() + MINUTE });
    await scene.comesTo(ACCEPTED);
    await passes(house, 30 * MINUTE, MINUTE);
    assert.deepEqual([scene.titles().at(-1), scene.mentions()], [ACCEPTED, []]);
  });

  it('may be that of one of several, where the events show several', async () => {
    const scene = await accepted(house);
    const at = house.clock.now() + 2 * HOUR;
    house.defender.ownScans.add({ device: scene.device, type: 'Full', at });
    house.defender.moods.start('events-late', { seconds: 600 });
    house.defender.moods.start('record-late');
    await comesTo(scene, FINISHED, 10 * MINUTE, 4 * HOUR);
    assert.match(await mentioned(scene, 1), /events from the device say so\. .*could be mistaken/s);
  });

  it('is told as stopped, and as failed with what its code means, when the device says so', async () => {
    house.defender.moods.start('permission-missing', { on: 'hunting' });
    const [one, other] = [
      new Scene(house, { type: 'Quick' }),
      new Scene(house, { type: 'Quick', device: 'kiosk-lobby' }),
    ];
    house.defender.moods.start('scan-stopped', { device: one.device.id });
    house.defender.moods.start('scan-breaks', { device: other.device.id });
    for (const scene of [one, other]) await scene.starts();
    await comesTo(one, 'Scan stopped on the device', 30 * SECOND, 20 * MINUTE);
    await comesTo(other, 'Scan failed on the device', 30 * SECOND, 20 * MINUTE);
    assert.match(await mentioned(one, 1), /did not run to its end: stopped on the device/);
    assert.match(await mentioned(other, 1), /0x80508007 means: the device had too little memory/);
  });

  it('is told with what its code means where Defender itself says Failed', async () => {
    house.defender.moods.start('scan-fails');
    const scene = new Scene(house);
    await scene.starts();
    await comesTo(scene, 'Scan did not run: Failed', 15 * SECOND, 5 * MINUTE);
    assert.match(await mentioned(scene, 1), /0x80004005 means: a failure that the device does not explain/);
  });

  it('comes with the alerts of the whole scan, and those of a quarter of an hour later follow', async () => {
    const place = house.teams.driver.personalChat('alice');
    const { name } = deviceIn(house, 'fin-laptop-07');
    house.defender.raise(name, { title: 'Before it', at: house.clock.now() - HOUR });
    const scene = await accepted(house, { place });
    await passes(house, HOUR, 5 * MINUTE);
    house.defender.raise(name, { title: 'While it ran', source: 'WindowsDefenderAv', family: 'EICAR_Test' });
    await comesTo(scene, FINISHED, 5 * MINUTE, 2 * HOUR);
    const told = await mentioned(scene, 1);
    assert.match(told, /findings: 1/);
    assert.match(told, /\[While it ran\]\(https:[^)]*\) · Medium · EICAR_Test · New · last seen/);
    assert.doesNotMatch(told, /Before it/);
    house.defender.raise(name, { title: 'After it' });
    // Time passes in steps of five minutes above: the notice may be that old by now.
    await passes(house, 8 * MINUTE, MINUTE);
    assert.equal(scene.mentions().length, 1);
    await passes(house, 8 * MINUTE, MINUTE);
    assert.match(await mentioned(scene, 2), /alerts came after I told you how it ended \(findings: 2\)[^]*After it/);
    await passes(house, 2 * HOUR, 10 * MINUTE);
    assert.equal(scene.mentions().length, 2);
  });

  it('is told as never confirmed after three days', async () => {
    house.defender.moods.start('record-late', { seconds: (10 * DAY) / SECOND });
    house.defender.moods.start('events-late', { seconds: (10 * DAY) / SECOND });
    const scene = await accepted(house);
    await daysPass(house, 3);
    assert.deepEqual(scene.mentions(), []);
    await comesTo(scene, 'Accepted (Succeeded), end never confirmed', 10 * MINUTE, HOUR);
    assert.match(await mentioned(scene, 1), /its end was never confirmed/);
    const looks = (): number =>
      house.defender.wire.entries.filter(({ path }) => /deviceavinfo|advancedqueries/.test(path)).length;
    const before = looks();
    await passes(house, 6 * HOUR, 30 * MINUTE);
    assert.ok(before > 10);
    assert.equal(looks(), before, 'nothing is looked for any more');
  }).timeout(90_000);

  it('is estimated from the device’s own history', async () => {
    for (const ticket of ['1', '2']) {
      const earlier = await accepted(house, {
        type: 'Quick',
        comment: ticket,
        place: house.teams.driver.channelThread(ticket),
      });
      await comesTo(earlier, FINISHED, 30 * SECOND, 20 * MINUTE);
    }
    const scene = await accepted(house, { type: 'Quick' });
    assert.match(scene.cardText, /Quick scan here, last 2: [56] min/);
  });
});
