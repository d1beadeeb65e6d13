import assert from 'node:assert/strict';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { Approval, oidOf } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { PolicyFile } from '../support/policy-file.ts';
import { wordsIn } from '../support/press-answers.ts';

const GROUP = '0e000000-0000-4000-8000-000000000009';
const CONFIRM = 'Waiting for confirmation';
const SUBMITTED = 'Submitted, waiting for the device';
const SCAN = 'scan full fin-laptop-07 because ticket 3212';
const NO_FULL = { name: 'No *full* scans', when: { type: ['Full'] }, then: { refuse: 'Quick ones <only>.' } };
const SECOND_PERSON = { name: 'Two pairs of eyes', then: { approvals: 1, by: 'anyone' } };

describe('a policy', () => {
  let house: House;
  let file: PolicyFile;
  let scan: Approval;

  const open = async (policy: object, env: Record<string, string> = {}): Promise<void> => {
    file = new PolicyFile({ rules: [], ...policy });
    house = await House.open({ POLICY_FILE: file.path, ...env });
    scan = new Approval(house);
    for (const handle of ['alice', 'bob']) await house.teams.driver.isSignedIn(handle);
  };

  const change = (policy: object): void => {
    file.write({ rules: [], ...policy });
    house.reloadPolicy();
  };

  afterEach(async () => {
    await house.close();
    file.remove();
  });

  const inThread = (name: string): Approval => new Approval(house, house.teams.driver.channelThread(name));

  /** Asks for a scan, confirms it, and comes to where Defender has taken it. */
  const scans = async (one: Approval, text = SCAN, by = 'alice'): Promise<void> => {
    await one.says(text, by);
    await one.shows(CONFIRM);
    await one.presses(by, 'Run scan');
    await one.shows(SUBMITTED);
  };

  const refusalOf = async (one: Approval, button = 'Run scan', inputs = {}, by = 'alice'): Promise<string> =>
    wordsIn(await one.presses(by, button, inputs));

  describe('at the ask', () => {
    it('refuses with the name of the rule and its reason, and shows no card', async () => {
      await open({ rules: [NO_FULL] });
      await scan.says(SCAN);
      const told = await scan.hears(/no scan was started/);
      assert.match(told, /The rule “No \*full\* scans” .*Quick ones &lt;only&gt;\./);
      assert.deepEqual(scan.titles(), []);
    });

    it('refuses what has no type yet only when both types are refused', async () => {
      await open({ rules: [NO_FULL] });
      await scan.says('scan fin-laptop-07');
      await scan.shows(CONFIRM);
      change({ rules: [{ name: 'None at all', then: { refuse: 'Closed.' } }] });
      const other = inThread('other');
      await other.says('scan fin-laptop-07');
      await other.hears(/“None at all”.*Closed\./);
    });

    it('names what could not be known and counted', async () => {
      const tagged = { name: 'Labs', when: { tag: ['Lab'] }, then: { refuse: 'Ask the lab.' } };
      await open({ rules: [tagged, { ...NO_FULL, when: { requester: [`group:${GROUP}`] } }] });
      unsay(house, 'fin-laptop-11', { tags: undefined });
      await scan.says('scan full fin-laptop-11 because ticket 1');
      assert.match(await scan.hears(/“Labs”/), /could not be known.*: its tags\./);
      house.entra.graph.moods.status = 500;
      await scan.says(SCAN);
      assert.match(await scan.hears(/“No \*full\* scans”/), /could not be known.*: the groups/);
    });

    it('knows the value of a device, and counts a missing one', async () => {
      const rule = { name: 'Valuable', when: { deviceValue: ['High'] }, then: { refuse: 'Too dear.' } };
      await open({ rules: [rule] });
      unsay(house, 'fin-laptop-11', { value: undefined });
      await scan.says('scan full srv-files-01 because ticket 1');
      assert.doesNotMatch(await scan.hears(/“Valuable”/), /could not be known/);
      const other = inThread('other');
      await other.says('scan full fin-laptop-11 because ticket 1');
      assert.match(await other.hears(/“Valuable”/), /: its value\./);
      await scans(inThread('third'));
    });

    it('asks others where a rule does, and nobody where a rule allows', async () => {
      const free = { name: 'Kiosks', when: { tag: ['Kiosk'] }, then: { allow: true } };
      await open({ rules: [free, SECOND_PERSON] }, { APPROVAL: 'approvers', APPROVERS: oidOf('mallory') });
      await scans(scan, 'scan full kiosk-lobby because ticket 1');
      const other = inThread('other');
      await other.asks();
      await other.presses('bob', 'Approve');
      await other.shows(SUBMITTED);
    });

    it('leaves to APPROVAL what no rule matches', async () => {
      await open({ rules: [NO_FULL] }, { APPROVAL: 'second-person' });
      await scan.asks('scan quick fin-laptop-07 because ticket 1');
    });
  });

  describe('at a press', () => {
    it('refuses the type that it does not allow to the one who pressed, and takes the other', async () => {
      await open({ rules: [NO_FULL] });
      await scan.says('scan fin-laptop-07 because ticket 1');
      await scan.shows(CONFIRM);
      assert.match(await refusalOf(scan, 'Run scan', { scanType: 'Full' }), /“No \*full\* scans”.*Quick ones <only>\./);
      await scan.shows(CONFIRM);
      await scan.presses('alice', 'Run scan', { scanType: 'Quick' });
      await scan.shows(SUBMITTED);
    });

    it('is the policy as it is by then', async () => {
      await open({});
      await scan.says(SCAN);
      await scan.shows(CONFIRM);
      change({ rules: [NO_FULL] });
      assert.match(await refusalOf(scan), /“No \*full\* scans”/);
      change({ rules: [SECOND_PERSON] });
      await scan.presses('alice', 'Run scan');
      await scan.shows('Waiting for approval');
      change({ rules: [NO_FULL] });
      assert.match(await refusalOf(scan, 'Approve', {}, 'bob'), /“No \*full\* scans”/);
      change({ rules: [{ ...SECOND_PERSON, then: { approvals: 2, by: 'anyone' } }] });
      await scan.presses('bob', 'Approve');
      await scan.shows('Waiting for approval');
      assert.equal(house.starts().length, 0);
    });
  });

  describe('before the scan is sent', () => {
    /** Decided, and Defender has no time for it yet. */
    const waits = async (): Promise<void> => {
      house.defender.moods.start('throttled', { on: 'start-scan', times: 1, seconds: 30 });
      await scan.says(SCAN);
      await scan.shows(CONFIRM);
      await scan.presses('alice', 'Run scan');
      await scan.shows('Confirmed, waiting for Defender');
    };

    it('closes what it does not allow any more, and tells the requester', async () => {
      await open({});
      await waits();
      change({ rules: [NO_FULL] });
      await house.passes(31 * SECOND, 'Not allowed', scan.place);
      await scan.isTold('alice', /“No \*full\* scans”/);
      assert.equal(house.starts().length, 1);
    });

    it('is asked about the device as Defender shows it by then', async () => {
      await open({ rules: [{ name: 'Tier zero', when: { tag: ['Tier0'] }, then: { refuse: 'Ask the owners.' } }] });
      await scan.says(SCAN);
      await scan.shows(CONFIRM);
      unsay(house, 'fin-laptop-07', { tags: ['Tier0'] });
      await scan.presses('alice', 'Run scan');
      await scan.isTold('alice', /“Tier zero”.*Ask the owners/);
      assert.equal(house.starts().length, 0);
    });

    it('asks others where it asks for more by then', async () => {
      await open({});
      await waits();
      change({ rules: [SECOND_PERSON] });
      await house.passes(31 * SECOND, 'Waiting for approval', scan.place);
      await scan.presses('bob', 'Approve');
      await scan.shows(SUBMITTED);
    });

    it('stops it when scans are paused by then', async () => {
      await open({ operators: [oidOf('bob')] });
      await waits();
      await scan.says('pause incident *4711*', 'bob');
      await scan.hears(/New scans are paused/);
      await house.passes(31 * SECOND, 'Not allowed', scan.place);
      await scan.isTold('alice', /incident \*4711\*/);
      assert.equal(house.starts().length, 1);
    });
  });

  describe('paused', () => {
    beforeEach(async () => {
      await open({ operators: [oidOf('bob')] });
    });

    const says = async (text: string, answer: RegExp): Promise<void> => {
      await scan.says(text, 'bob');
      await scan.hears(answer);
    };

    it('refuses at the ask and at the press, with the reason, until it is resumed', async () => {
      const before = inThread('before');
      await before.says(SCAN);
      await before.shows(CONFIRM);
      await says('pause <b>incident</b> & *4711*', /paused by/);
      const during = inThread('during');
      await during.says(SCAN);
      await during.hears(/paused.*incident.*\*4711\*/);
      assert.match(await refusalOf(before), /paused.*incident.*\*4711\*/);
      assert.equal(house.starts().length, 0);
      await says('resume', /allowed again/);
      await before.presses('alice', 'Run scan');
      await before.shows(SUBMITTED);
    });

    it('refuses before anybody is asked to sign in', async () => {
      await says('pause', /paused by/);
      const other = inThread('other');
      await other.says(SCAN, 'walt');
      await other.hears(/paused/);
      assert.equal(other.asksToSignIn(), false);
    });
  });

  describe('with limits', () => {
    it('lets a device rest between two scans', async () => {
      await open({ limits: { coolDownMinutes: 30 } });
      await scans(scan);
      await house.passes(20 * SECOND, 'Scan running', scan.place);
      await house.passes(40 * SECOND, 'Accepted, not confirmed yet (Succeeded)', scan.place);
      await house.passes(MINUTE, 'Scan finished: Succeeded', scan.place);
      const second = inThread('second');
      await second.says(SCAN);
      await second.hears(/scanned a short time ago/);
      await scans(inThread('another device'), 'scan full fin-laptop-11 because ticket 1');
      house.clock.advance(30 * MINUTE);
      await scans(inThread('third'));
    });

    it('counts the scans of a person within the hour', async () => {
      await open({ limits: { scansPerPersonAndHour: 1 } });
      const waiting = inThread('waiting');
      await waiting.says('scan full fin-laptop-11 because ticket 1');
      await waiting.shows(CONFIRM);
      await scans(scan);
      assert.match(await refusalOf(waiting), /as many scans as you may/);
      await scans(inThread('bob'), 'scan full kiosk-lobby because ticket 1', 'bob');
      const second = inThread('second');
      await second.says('scan full dev-station-02 because ticket 1', 'bob');
      await second.hears(/as many scans as you may/);
    });

    it('lets one of many scans of a device go out, however many are pressed at once', async () => {
      await open({ limits: { coolDownMinutes: 30 } });
      const all = Array.from({ length: 5 }, (_, place) => inThread(`race ${place}`));
      for (const one of all) {
        await one.says(SCAN);
        await one.shows(CONFIRM);
      }
      await Promise.all(all.map((one) => one.presses('alice', 'Run scan')));
      const last = (): readonly string[] => all.map((one) => one.titles().at(-1) ?? '');
      await house.teams.driver.until(() => last().includes(SUBMITTED), 'one scan');
      assert.equal(house.starts().length, 1);
      assert.equal(last().filter((title) => title === SUBMITTED).length, 1);
    });
  });
});

/** From now on Defender does not say this about the device. */
function unsay(house: House, name: string, what: Partial<StandInDevice>): void {
  const devices = house.defender.devices as StandInDevice[];
  const place = devices.findIndex((device) => device.name.startsWith(name));
  const device = devices[place];
  assert.ok(device);
  devices[place] = { ...device, ...what };
}
