import assert from 'node:assert/strict';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import type { Violation } from '../../torture/judge/violation.ts';
import { judge } from '../../torture/judge/judge.ts';
import { storyOf } from '../../torture/judge/story.ts';
import { queryOf, waiting, whatIsLeft } from '../../torture/judge/left.ts';
import type { Query } from '../../torture/judge/left.ts';
import { Ledger } from '../../torture/ledger/ledger.ts';
import { crowd } from '../../torture/play/crowd.ts';
import { Random } from '../../torture/random.ts';
import { calm, scenarioFor } from '../../torture/scenario.ts';
import { TimeLapse } from '../../torture/time/lapse.ts';
import { Fleet } from '../../torture/world/fleet.ts';
import { Outside } from '../../torture/world/outside.ts';
import type { BotProcess } from '../support/bot-process.ts';
import { describeWithPostgres, Postgres, until } from '../support/postgres.ts';

const TAKE_OVER_WITHIN = 30 * SECOND;
const SETTLE_WITHIN = 40 * MINUTE;
const STOP_WITHIN = 10 * SECOND;
const TABLES = ['request', 'message', 'errand', 'follower'];
const TAKEN = TABLES.map(
  (table) => `select '${table} ' || id || ' ' || attempt as row from ${table} where lease_until is not null`,
).join(' union all ');

/** Time passes three times faster, here and in the bots: their limits keep their proportions. */
const PACE = 3;

describeWithPostgres('three replicas on one database', function () {
  this.timeout(600 * SECOND);
  let server: Postgres;
  let outside: Outside;
  let fleet: Fleet;
  let query: Query;
  let bots: BotProcess[];
  let lapse: TimeLapse;
  const scenario = scenarioFor(
    'replicas',
    calm({ store: 'postgres', replicas: 3, pace: PACE, minutes: 30, asksPerMinute: 70, mostAsks: 200, devices: 200 }),
  );
  let ledger: Ledger;

  before(async () => {
    server = await Postgres.start();
  });

  beforeEach(async () => {
    ledger = new Ledger();
    bots = [];
    // From now on: hours ahead of the clock on the wall, which certificates go by, nothing would be valid yet.
    lapse = new TimeLapse(PACE);
    const name = await server.createDatabase();
    outside = await Outside.open({ scenario, lapse, random: new Random(scenario.seed), ledger });
    fleet = await Fleet.open({ scenario, lapse, outside, databaseUrl: server.url(name), without: undefined });
    query = queryOf('', { server, name });
    for (let nth = 0; nth < 3; nth += 1) await starts();
  });

  afterEach(async () => {
    await Promise.all(bots.map((bot) => bot.killed()));
    await fleet.close();
    await outside.close();
  });

  after(() => server.remove());

  async function starts(): Promise<BotProcess> {
    const bot = fleet.run();
    bots.push(bot);
    await fleet.replicas.add(bot);
    return bot;
  }

  function people(): Promise<void> {
    return crowd({ outside, ledger, lapse, scenario, random: new Random(scenario.seed) });
  }

  async function taken(): Promise<readonly string[]> {
    return (await query(TAKEN)).map(({ row }) => String(row));
  }

  /** Nothing lost, nothing twice, everybody told once. */
  async function endsWell(): Promise<void> {
    for (const end = lapse.now() + SETTLE_WITHIN; lapse.now() < end && (await waiting(query)).length > 0;) {
      await lapse.sleep(SECOND);
    }
    const left = await whatIsLeft(query, fleet.place);
    const violations = judge({ ledger, left, scenario });
    const story = ([first]: readonly Violation[]): string =>
      (first?.asks ?? []).flatMap((mark) => storyOf(mark, ledger, left)).join('\n');
    assert.deepEqual(violations, [], story(violations));
    assert.equal(ledger.asks.length, 200);
    const ends = left.requests.map(({ stage }) => (stage.name === 'closed' ? `closed: ${stage.why}` : stage.name));
    // On a busy machine people may come too late for their card: that is told, and no scan is lost by it.
    const others = ends.filter((end) => end !== 'settled' && end !== 'closed: expired');
    assert.deepEqual(others, [], 'all that was confirmed was scanned');
    assert.ok(ends.filter((end) => end === 'settled').length > 100, 'most of them were scanned');
  }

  it('lose one in the middle of 200 scans, and nothing else', async () => {
    const asking = people();
    await until(() => Promise.resolve(ledger.scans.length > 60), '60 scans', 240 * SECOND);
    const [victim] = bots;
    assert.ok(victim);
    let held: readonly string[] = [];
    await until(async () => (held = await taken()).length > 3, 'something to be taken over', 60 * SECOND);
    await victim.killed();
    fleet.replicas.remove(victim);
    ledger.add({ what: 'blow', at: lapse.now(), who: 'a bot', how: 'killed' });
    // A moment more, on the wall: for looking, not for taking over.
    await lapse.sleep(TAKE_OVER_WITHIN + 0.3 * SECOND * PACE);
    const still = await taken();
    assert.deepEqual(
      held.filter((row) => still.includes(row)),
      [],
    );
    await asking;
    await endsWell();
  });

  /** As Defender took them. */
  function startsOf(comment: string): readonly string[] {
    return ledger.scans.filter((scan) => scan.comment === comment).map(({ device }) => device);
  }

  it('carry on what was asked for many devices, and what was scheduled, when one is lost: all of it once', async () => {
    const { driver } = outside.teams;
    const [person] = outside.people;
    assert.ok(person);
    const { handle } = person;
    const listed = outside.defender.devices.slice(0, 40);
    const names = listed.map(({ name }) => name.split('.')[0]);
    const planned = outside.defender.devices[50];
    assert.ok(planned);
    const [many, times] = [driver.channelThread('many'), driver.channelThread('times')];
    const shows = (title: string, place: typeof many): Promise<unknown> =>
      driver.until(() => driver.titles(place).some((one) => one.endsWith(title)), title, 120 * SECOND);
    await driver.says(handle, `scan quick\n${names.join('\n')}\nbecause of many`, many);
    await driver.says(handle, `schedule scan quick ${planned.name} in 2 minutes because of time`, times);
    await shows('Waiting for confirmation', many);
    await shows('Waiting for confirmation', times);
    await driver.presses(handle, 'Schedule it', {}, { place: times });
    await driver.presses(handle, 'Run 40 scans', {}, { place: many });
    await until(() => Promise.resolve(startsOf('many').length > 5), 'the first scans', 120 * SECOND);
    const [victim] = bots;
    assert.ok(victim);
    await victim.killed();
    fleet.replicas.remove(victim);
    await shows('as CSV', many);
    await until(() => Promise.resolve(startsOf('time').length > 0), 'the scheduled scan', 240 * SECOND);
    await shows('Scan finished: Succeeded', times);
    await lapse.sleep(MINUTE);
    assert.deepEqual([...startsOf('many')].sort(), listed.map(({ id }) => id).sort(), 'each device once');
    assert.deepEqual(startsOf('time'), [planned.id]);
    const told = driver.mentionsOf(handle).map(({ text }) => text);
    assert.equal(told.filter((text) => text.includes('all over')).length, 1, told.join('\n'));
  });

  it('are replaced one after the other while scans are under way', async () => {
    const asking = people();
    await until(() => Promise.resolve(ledger.scans.length > 20), '20 scans', 240 * SECOND);
    for (const old of [...bots]) {
      await starts();
      fleet.replicas.remove(old);
      const at = lapse.now();
      assert.equal(await old.stopped(), 0, old.stderr);
      assert.ok(lapse.now() - at < STOP_WITHIN + 0.5 * SECOND * PACE, 'it took too long to stop');
    }
    await asking;
    await endsWell();
  });
});
