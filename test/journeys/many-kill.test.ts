import assert from 'node:assert/strict';
import type { WireEntry } from '../../src/sandbox/defender/wire-log.ts';
import { SECOND } from '../../src/scan/time.ts';
import { OutsideWorld } from '../support/outside-world.ts';

/** Every device of Contoso that a name leads to alone. */
const LIST =
  'fin-laptop-07, fin-laptop-11, dev-station-02, kiosk-lobby, lab-pc-03, srv-files-01, srv-web-03, design-mac-05, plant-hmi-01';
const COUNT = 9;

describe('many scans of a bot that is killed', function () {
  this.timeout(120 * SECOND);
  let world: OutsideWorld;
  before(async () => {
    world = await OutsideWorld.open();
  });
  after(() => world.close());

  function posts(): readonly WireEntry[] {
    return world.defender.wire.entries.filter(({ path }) => path.endsWith('/runAntiVirusScan'));
  }

  /** Teams sees nothing of it. */
  function firstStart(): Promise<void> {
    return new Promise((resolve) => {
      const stop = world.defender.on('wire', ({ path }) => {
        if (!path.endsWith('/runAntiVirusScan')) return;
        stop();
        resolve();
      });
    });
  }

  it('go on where they were, each started once, and are told once', async () => {
    const { driver } = world.teams;
    const place = driver.channelThread('many');
    const shows = (title: string): Promise<unknown> =>
      driver.until(() => driver.titles(place).at(-1)?.endsWith(title), `a card that says "${title}"`, 60 * SECOND);
    const bot = await world.starts();
    await driver.isSignedIn('alice');
    await driver.says('alice', `scan quick ${LIST} because an outbreak`, place);
    await shows('Waiting for confirmation');
    const started = firstStart();
    assert.equal((await driver.presses('alice', `Run ${String(COUNT)} scans`, {}, { place })).status, 200);
    await started;
    await bot.killed();
    assert.ok(posts().length < COUNT);
    await world.starts();
    await driver.until(() => driver.titles(place).some((title) => title.endsWith('as CSV')), 'the end', 100 * SECOND);
    assert.equal(posts().length, COUNT);
    assert.equal(new Set(posts().map(({ path }) => path)).size, COUNT);
    assert.ok(world.defender.wire.entries.every(({ status }) => status !== 429));
    assert.equal(driver.mentionsOf('alice').length, 1);
    assert.match(driver.mentionsOf('alice')[0]?.text ?? '', /Completed: 7, Taken, end not seen: 2/);
  });
});
