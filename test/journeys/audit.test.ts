import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { foreignOrder } from '../../src/sandbox/defender/action-routes.ts';
import { HOUR, SECOND } from '../../src/scan/time.ts';
import { people } from '../support/cast.ts';
import type { Ran } from '../support/command.ts';
import { runCommand } from '../support/command.ts';
import { House } from '../support/house.ts';
import { OutsideWorld } from '../support/outside-world.ts';
import { SECRET_WORD, WatchedThread } from '../support/watched-thread.ts';

const ALICE = people[0]!;

interface Exported {
  readonly hash: string;
  readonly personal: Readonly<Record<string, string>>;
  readonly record: { readonly n: number; readonly who: string; readonly what: string; readonly request: string };
}

describe('the audit of a bot at work', function () {
  this.timeout(180 * SECOND);
  let world: OutsideWorld;
  let home: string;

  before(async () => {
    world = await OutsideWorld.open();
    home = dirname(world.env['DATA_DIR']!);
    await world.starts();
    await world.teams.driver.isSignedIn('alice');
    const thread = new WatchedThread(world, 'fin-laptop-07');
    await thread.starts();
    await world.teams.driver.until(() => thread.title().includes('Succeeded'), 'the end', 20 * SECOND);
  });

  after(() => world.close());

  const audit = (...args: readonly string[]): Promise<Ran> => runCommand('audit/cli.ts', args, world.env, home);

  async function works(...args: readonly string[]): Promise<string> {
    const { code, out, err } = await audit(...args);
    assert.deepEqual({ code, err }, { code: 0, err: '' }, out);
    return out;
  }

  function raw(statement: string): void {
    const database = new Database(join(world.env['DATA_DIR']!, 'bot.db'));
    try {
      database.exec(statement);
    } finally {
      database.close();
    }
  }

  async function exported(...args: readonly string[]): Promise<readonly Exported[]> {
    const out = await works('export', ...args);
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Exported);
  }

  it('tells who asked and approved, what was sent in which words, what was answered, and how it ended', async () => {
    const told = (await exported()).map(({ record }) => `${record.who}: ${record.what}`);
    const expected = [
      'person: asked',
      'bot: proposed',
      'person: approved',
      'person: sent to Defender',
      'defender: accepted',
      'defender: ended: Succeeded',
    ];
    assert.deepEqual(told.filter((line) => !line.startsWith('defender: now')).slice(0, expected.length), expected);
    const all = await exported();
    for (const what of ['approved', 'sent to Defender']) {
      const { personal } = all.find(({ record }) => record.what === what)!;
      assert.deepEqual([personal['who'], personal['comment']], [ALICE.oid, `${SECRET_WORD} fin-laptop-07`]);
    }
    assert.equal(all.find(({ record }) => record.what === 'accepted')?.personal['account'], ALICE.upn);
    assert.equal(all[0]?.personal['name'], ALICE.name);
  });

  it('asks for what is missing of the configuration before it asks Defender, and ends with 78', async () => {
    const env = { ...world.env, MicrosoftAppId: '' };
    const { code, err } = await runCommand('audit/cli.ts', ['reconcile'], env, home);
    assert.equal(code, 78);
    assert.match(err, /^To ask Defender.+\nMicrosoftAppId is not set\./);
  });

  it('has no word of people in the chain itself, nor in the output of the bot', async () => {
    const rows = (await works('export')).split('\n').map((line) => line.replace(/"personal":\{.*?\},"record"/, ''));
    const open = rows.join('\n') + world.output;
    for (const word of [SECRET_WORD, ALICE.name, ALICE.oid, ALICE.upn, 'fin-laptop']) {
      assert.ok(!open.replace(/"row":"[^"]*"/g, '').includes(word), word);
    }
  });

  it('is whole, and the anchor of today holds later', async () => {
    const out = await works('verify');
    const anchor = /head (\d+:[0-9a-f]{64})/.exec(out)![1]!;
    assert.match(await works('verify', '--anchor', anchor), /Checked against 1 given/);
    const other = await audit('verify', '--anchor', `1:${'0'.repeat(64)}`);
    assert.equal(other.code, 1);
    assert.match(other.out, /^record 1: it was anchored as 1:0000/);
  });

  it('goes into a file for its owner’s eyes only, as a table, and overwrites none', async () => {
    const file = join(home, 'audit.csv');
    await works('export', '--format', 'csv', '--out', 'audit.csv', '--from', '2020-01-01');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.match(readFileSync(file, 'utf8'), /^n,at,request,actor,what,.*\r\n1,/);
    const again = await audit('export', '--out', 'audit.csv');
    assert.deepEqual([again.code, again.out], [1, '']);
    assert.match(again.err, /is there already/);
    assert.deepEqual(await exported('--to', '2020-01-01'), []);
  });

  it('agrees with Defender’s own list, which tells of others’ scans apart', async () => {
    assert.match(await works('reconcile'), /^1 agree, 0 do not, 0 are not the bot’s\.$/m);
    const device = world.defender.devices.find(({ name }) => name.startsWith('srv-web-03'))!;
    world.defender.actions.add(foreignOrder(device));
    assert.match(await works('reconcile'), /Not asked for through the bot:\n.*nina\.nord@contoso\.com/);
  });

  it('says why it cannot be compared, and what helps', async () => {
    const file = join(home, 'token');
    writeFileSync(file, await world.entra.assertionFor(ALICE.oid));
    const { code, err } = await audit('reconcile', '--token-file', file);
    assert.equal(code, 1);
    assert.match(err, /^Nothing was compared: Defender does not .* Grant the app .*Machine\.Read\.All/);
    assert.doesNotMatch(err, /eyJ/);
  });

  it('says how it is used', async () => {
    const { code, err } = await audit('verify', 'everything');
    assert.equal(code, 64);
    assert.match(err, /a word too many.*\n\nThe audit of Scan Bot/);
  });

  it('shows what was done behind the bot’s back', async () => {
    raw('drop trigger audit_no_update; drop trigger audit_no_delete');
    raw("update audit set body = replace(body, 'proposed', 'dropped') where n = 2");
    const { code, out } = await audit('verify');
    assert.equal(code, 1);
    assert.match(out, /^record 2: it was changed/);
    raw("update audit set body = replace(body, 'dropped', 'proposed') where n = 2");
    await works('verify');
  });

  it('forgets a person when nothing of theirs is under way, and is whole all the same', async () => {
    assert.match(await works('forget', ALICE.oid), /Forgotten: \d+ personal fields of the audit, 1 requests/);
    assert.match(await works('verify'), /personal fields were forgotten/);
    const left = readdirSync(world.env['DATA_DIR']!).map((name) =>
      readFileSync(join(world.env['DATA_DIR']!, name), 'latin1'),
    );
    for (const word of [SECRET_WORD, ALICE.name, ALICE.upn, ALICE.oid]) assert.ok(!left.join('').includes(word), word);
    assert.ok(
      (await exported()).every(({ personal }) => Object.values(personal).every((text) => text === '(forgotten)')),
    );
  });
});

describe('the anchor of the audit', () => {
  it('is posted in its channel every day, as soon as the bot has been there', async () => {
    const scout = await House.open();
    const { room } = scout.teams.driver.channelThread('Audit');
    await scout.close();
    const house = await House.open({ AUDIT_ANCHOR_CHANNEL: room });
    try {
      const { driver } = house.teams;
      await driver.isSignedIn('alice');
      await driver.says('alice', 'scan full fin-laptop-07 because alert 3212');
      await house.shows('Waiting for confirmation');
      const texts = (): readonly string[] => house.teams.world.messages().map(({ text }) => text);
      const anchor = /^Audit anchor of (\d{4}-\d\d-\d\d)\..*\n\n\d+:[0-9a-f]{64}$/;
      const days = (): readonly string[] => [...new Set(texts().flatMap((text) => anchor.exec(text)?.[1] ?? []))];
      house.clock.advance(HOUR);
      await driver.until(() => days().length === 1, 'the first anchor');
      for (let hours = 0; hours < 24; hours += 1) house.clock.advance(HOUR);
      await driver.until(() => days().length > 1, 'the anchor of the day after');
    } finally {
      await house.close();
    }
  });
});
