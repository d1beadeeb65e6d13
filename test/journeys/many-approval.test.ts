import assert from 'node:assert/strict';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { oidOf } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { Many } from '../support/many.ts';
import { PolicyFile } from '../support/policy-file.ts';
import { deviceIn } from '../support/scene.ts';

const LIST = 'scan quick fin-laptop-07, kiosk-lobby, srv-files-01 because ticket 3212';

describe('many scans that others must approve', () => {
  let house: House;
  let many: Many;
  beforeEach(async () => {
    house = await House.open({ APPROVAL: 'second-person' });
    many = new Many(house);
    await house.teams.driver.isSignedIn('bob');
    await house.teams.driver.isSignedIn('walt');
  });
  afterEach(() => house.close());

  async function asks(): Promise<void> {
    await many.asks(LIST);
    await many.presses('Send for approval');
    await many.shows('Waiting for approval');
  }

  it('begin with one approval for all of them, in the name of who asked', async () => {
    await asks();
    assert.equal(many.posts().length, 0);
    for (const name of ['fin-laptop-07', 'kiosk-lobby', 'srv-files-01']) assert.ok(many.text.includes(name));
    await many.presses('Approve', {}, 'bob');
    await many.comesTo('All scans are over');
    assert.equal(many.posts().length, 3);
    const starts = house.defender.wire.entries.filter(({ path }) => path.endsWith('/runAntiVirusScan'));
    for (const start of starts) assert.match(JSON.stringify(start), /alice@contoso\.com/);
    assert.match(many.mentions()[0] ?? '', /Bob.* approved/);
  });

  it('are approved neither by who asked nor by somebody who does not see every device', async () => {
    await asks();
    assert.match(JSON.stringify(await many.presses('Approve')), /Nobody approves/);
    assert.match(JSON.stringify(await many.presses('Approve', {}, 'walt')), /device/);
    await house.shows('Waiting for approval', many.place);
    assert.equal(many.posts().length, 0);
    await many.presses('Approve', {}, 'bob');
    await many.shows('Scans under way');
  });

  it('can be corrected until they are decided: then that is what is approved, by everybody anew', async () => {
    const { driver } = house.teams;
    await asks();
    const old = driver.cardMessages(many.place).at(-1)?.revisions.at(-1);
    await driver.looks('alice', many.place);
    await many.presses('Change', { scanType: 'Full', comment: ' ' });
    assert.match(many.text, /ticket 3212/, 'a comment that Defender would not take changes nothing');
    await driver.looks('alice', many.place);
    await many.presses('Change', { scanType: 'Full', comment: 'ticket 3213' });
    await driver.until(() => many.text.includes('ticket 3213') && many.buttons.includes('Approve'), 'the new card');
    assert.match(many.text, /Full scans of 3 devices/);
    assert.match(many.text, /Type or comment were changed at/);
    assert(old !== undefined);
    await driver.presses('bob', 'Approve', {}, { place: many.place, card: old });
    assert.match(many.titles().at(-1) ?? '', /Waiting for approval/, 'what was drawn before cannot be approved');
    assert.equal(many.posts().length, 0);
    await many.presses('Approve', {}, 'bob');
    await many.comesTo('All scans are over');
    const starts = house.defender.wire.entries.filter(({ path }) => path.endsWith('/runAntiVirusScan'));
    assert.equal(starts.length, 3);
    for (const start of starts) assert.match(JSON.stringify(start), /ticket 3213.*Full|Full.*ticket 3213/);
  });

  it('can be corrected by nobody but who asked, and start nothing by a correction', async () => {
    const { driver } = house.teams;
    await asks();
    const [, request, rev] = /"verb":"approve","request":"([^"]+)","rev":(\d+)/.exec(JSON.stringify(many.card)) ?? [];
    const data = { verb: 'change', request, rev: Number(rev), scanType: 'Full', comment: 'mine' };
    const action = { type: 'Action.Execute', verb: 'change', data };
    const forged = await driver.invokes(
      'bob',
      'adaptiveCard/action',
      { action, trigger: 'manual' },
      { place: many.place },
    );
    assert.match(JSON.stringify(forged), /Only Alice Andersson can decide here/);
    assert.match(many.text, /Quick scans of 3 devices/);
    await driver.looks('alice', many.place);
    await many.presses('Change', { scanType: 'Full', comment: 'ticket 3212' });
    await driver.until(
      () => many.text.includes('Full scans of 3 devices') && many.buttons.includes('Approve'),
      'the new card',
    );
    assert.equal(many.posts().length, 0);
  });

  it('are over with the first no, or when who asked takes them back', async () => {
    await asks();
    await many.presses('Decline', { reason: 'not now' }, 'bob');
    await many.shows('Declined');
    assert.match(many.text, /not now/);
    await asks();
    await house.teams.driver.looks('alice', many.place);
    await many.presses('Withdraw');
    await many.shows('Withdrawn');
    await asks();
    house.clock.advance(61 * MINUTE);
    await many.shows('Expired without approval');
    assert.equal(many.posts().length, 0);
  });
});

describe('the rules about many scans at once', () => {
  const policy = new PolicyFile();
  let house: House;
  let many: Many;
  afterEach(() => house.close());
  after(() => {
    policy.remove();
  });

  async function opens(rule: object): Promise<void> {
    policy.write({ rules: [rule] });
    house = await House.open({ POLICY_FILE: policy.path });
    many = new Many(house);
  }

  it('leave out what they refuse, and say why', async () => {
    await opens({
      name: 'No servers',
      when: { deviceGroup: ['Servers'] },
      then: { refuse: 'Ask the server team.' },
    });
    await many.asks(LIST);
    assert.match(many.text, /Will be scanned: 2/);
    assert.match(many.text, /The rules allow no scan: one\n• .*Ask the server team/);
    await many.presses('Run 2 scans');
    await many.comesTo('All scans are over');
    assert.ok(!many.posts().some(({ device }) => device === deviceIn(house, 'srv-files-01').id));
  });

  it('let no more devices into one request than they say', async () => {
    await opens({ name: 'Few', when: {}, then: { allow: true, mostDevices: 2 } });
    await many.asks(LIST);
    assert.match(many.text, /The rules allow 2 devices in one request, and these are 3/);
    assert.deepEqual(many.buttons, ['Dismiss']);
  });

  it('ask for the strictest of what they ask for each device', async () => {
    await opens({ name: 'Servers', when: { deviceGroup: ['Servers'] }, then: { approvals: 1, by: [oidOf('bob')] } });
    await many.asks(LIST);
    await house.teams.driver.isSignedIn('bob');
    await many.presses('Send for approval');
    await many.shows('Waiting for approval');
    await many.presses('Approve', {}, 'bob');
    await many.shows('Scans under way');
  });

  it('ask everybody anew for a list that was corrected, within the same time', async () => {
    await opens({ name: 'Two', when: {}, then: { approvals: 2, by: 'anyone' } });
    const { driver } = house.teams;
    for (const handle of ['bob', 'sanna']) await driver.isSignedIn(handle);
    await many.asks(LIST);
    await many.presses('Send for approval');
    await many.shows('Waiting for approval');
    await many.presses('Approve', {}, 'bob');
    await driver.until(() => many.text.includes('Approved by'), 'the first approval');
    house.clock.advance(20 * MINUTE);
    await driver.looks('alice', many.place);
    await many.presses('Change', { scanType: 'Quick', comment: 'ticket 3213' });
    await driver.until(() => many.text.includes('ticket 3213') && many.buttons.includes('Approve'), 'the new card');
    assert.ok(!many.text.includes('Approved by'));
    await many.presses('Approve', {}, 'sanna');
    await driver.until(() => many.text.includes('Approved by'), 'one of two');
    assert.equal(many.posts().length, 0);
    house.clock.advance(41 * MINUTE);
    await many.shows('Expired without approval');
  });

  it('let nothing begin by a correction, although they ask for nothing any more', async () => {
    const rule = { name: 'Full', when: { type: ['Full'] }, then: { approvals: 1, by: 'anyone' } };
    await opens(rule);
    await house.teams.driver.isSignedIn('bob');
    await many.asks(LIST.replace('quick', 'full'));
    await many.presses('Send for approval');
    await many.shows('Waiting for approval');
    await house.teams.driver.looks('alice', many.place);
    await many.presses('Change', { scanType: 'Quick', comment: 'ticket 3213' });
    await house.teams.driver.until(
      () => many.text.includes('Quick scans') && many.buttons.includes('Approve'),
      'the card',
    );
    await many.presses('Approve', {}, 'bob');
    await many.shows('Scans under way');
  });

  it('are asked again for each scan before it goes out', async () => {
    await opens({ name: 'One an hour', when: {}, then: { allow: true, scansPerPersonAndHour: 2 } });
    await many.asks(LIST);
    assert.match(many.text, /takes about 61 minutes/);
    await many.presses('Run 3 scans');
    await many.until(() => many.posts().length === 2, 'as many as an hour allows');
    await many.until(() => many.posts().length === 3, 'the third, an hour later', 90 * MINUTE, 15 * SECOND);
    await many.comesTo('All scans are over');
  });
});
