import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { HOUR, MINUTE } from '../../src/scan/time.ts';
import { Approval } from '../support/approval.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { House } from '../support/house.ts';
import { PolicyFile } from '../support/policy-file.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const CONFIRM = 'Waiting for confirmation';
const SUBMITTED = 'Submitted, waiting for the device';

/** The rules in the README, with a window for full scans that is open now. */
function rulesAt(now: number, open: boolean): string {
  const json = /### Rules\n[^]*?```json\n([^]*?)```/.exec(README)?.[1];
  assert.ok(json !== undefined);
  const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);
  const [from, to] = open ? [now - HOUR, now + HOUR] : [now + 2 * HOUR, now + 3 * HOUR];
  const days = '["Mon", "Tue", "Wed", "Thu", "Fri"]';
  assert.ok(json.includes(days));
  return json
    .replace('Europe/Stockholm', 'UTC')
    .replace('"08:00"', `"${clock(from)}"`)
    .replace('"18:00"', `"${clock(to)}"`)
    .replace(days, '["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]');
}

describe('the rules in the README', () => {
  const now = new FakeClock().now();
  const file = new PolicyFile(rulesAt(now, false));
  let house: House;
  before(async () => {
    house = await House.open({ POLICY_FILE: file.path });
    for (const handle of ['alice', 'bob']) await house.teams.driver.isSignedIn(handle);
  });
  after(async () => {
    await house.close();
    file.remove();
  });

  const asking = async (text: string): Promise<Approval> => {
    const one = new Approval(house, house.teams.driver.channelThread(text));
    await one.says(`scan ${text} because ticket 1`);
    return one;
  };

  it('refuse the plant with their reason', async () => {
    const one = await asking('quick plant-hmi-01');
    await one.hears(/“Plant” .*the plant's own team: #plant-it\./);
  });

  it('let kiosks be scanned, and again after five minutes', async () => {
    const one = await asking('quick kiosk-lobby');
    await one.shows(CONFIRM);
    await one.presses('alice', 'Run scan');
    await one.shows(SUBMITTED);
    await (await asking('full kiosk-lobby')).hears(/scanned a short time ago/);
    house.clock.advance(6 * MINUTE);
    await (await asking('scan kiosk-lobby')).shows(CONFIRM);
  });

  it('ask somebody else about servers', async () => {
    const one = await asking('quick srv-files-01');
    await one.shows('Waiting for approval');
    await one.presses('bob', 'Approve');
    await one.shows(SUBMITTED);
  });

  it('refuse full scans by day, and take them outside of it', async () => {
    await (await asking('full fin-laptop-07')).shows(CONFIRM);
    file.write(rulesAt(house.clock.now(), true));
    house.reloadPolicy();
    await (await asking('full fin-laptop-11')).hears(/“Full scans by day” .*come back after/);
    await (await asking('quick fin-laptop-11')).shows(CONFIRM);
  });

  it('let the operator pause and resume', async () => {
    const one = new Approval(house, house.teams.driver.channelThread('pause'));
    await one.says('pause incident 4711', 'bob');
    await one.hears(/^New scans are paused by Bob.*incident 4711$/);
    await (await asking('quick fin-laptop-07')).hears(/New scans are paused: “incident 4711”/);
    await one.says('resume', 'bob');
    await one.hears(/^New scans are allowed again/);
  });
});
