import assert from 'node:assert/strict';
import type { WireEntry } from '../../src/sandbox/defender/wire-log.ts';
import { MINUTE } from '../../src/scan/time.ts';
import { TimeLapse } from '../../torture/time/lapse.ts';
import type { BotProcess } from '../support/bot-process.ts';
import { fleet, namesOf } from '../support/many.ts';
import { OutsideWorld } from '../support/outside-world.ts';

const COUNT = 500;
const KILLED_AFTER = 120;
/** So much faster passes time, here and in the bot: Defender's quotas and the bot's own budget keep their proportions. */
const PACE = 8;

describe('500 scans of a bot that is killed', function () {
  this.timeout(20 * MINUTE);
  let world: OutsideWorld;
  let lapse: TimeLapse;
  /** Every call to Defender: the stand-in itself keeps the latest only. */
  const calls: WireEntry[] = [];
  before(async () => {
    // From now on: what was an hour ahead of the clock on the wall would have certificates that are not valid yet.
    lapse = new TimeLapse(PACE);
    world = await OutsideWorld.open({ lapse, devices: fleet(COUNT) });
    world.defender.on('wire', (entry) => void calls.push(entry));
  });
  after(() => world.close());

  function posts(): readonly WireEntry[] {
    return calls.filter(({ path }) => path.endsWith('/runAntiVirusScan'));
  }

  /** At the very moment when Defender has taken so many, before the bot has read the latest answer. */
  function killedAfter(bot: BotProcess, count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = world.defender.on('wire', () => {
        if (posts().length < count) return;
        stop();
        bot.killed().then(resolve, reject);
      });
    });
  }

  it('go on where they were, each started once, and are told once', async () => {
    const { driver } = world.teams;
    const place = driver.channelThread('many');
    const titles = (end: string): number => driver.titles(place).filter((title) => title.endsWith(end)).length;
    const shown = (what: string) => (): string => `${what}; shown: ${driver.titles(place).join(', ')}`;
    const bot = await world.starts();
    await driver.isSignedIn('alice');
    await driver.says('alice', `scan quick\n${namesOf(COUNT).join('\n')}\nbecause an outbreak`, place);
    await driver.until(() => titles('Waiting for confirmation') > 0, shown('the preview'), 4 * MINUTE);
    const killed = killedAfter(bot, KILLED_AFTER);
    assert.equal((await driver.presses('alice', `Run ${String(COUNT)} scans`, {}, { place })).status, 200);
    await killed;
    assert.ok(posts().length < COUNT / 2, String(posts().length));
    await world.starts();
    await driver.until(() => titles('as CSV') === 5, shown('the end'), 12 * MINUTE);
    // Whatever would be told a second time.
    await lapse.sleep(MINUTE);
    assert.equal(posts().length, COUNT);
    assert.equal(new Set(posts().map(({ path }) => path)).size, COUNT);
    assert.deepEqual(
      calls.filter(({ status }) => status === 429),
      [],
    );
    assert.equal(driver.mentionsOf('alice').length, 1);
    assert.match(driver.mentionsOf('alice')[0]?.text ?? '', /Quick scans of 500 devices: all over[^]*Completed: 500/);
  });
});
