import assert from 'node:assert/strict';
import { SECOND } from '../../src/scan/time.ts';
import { oidOf } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { Many } from '../support/many.ts';
import { PolicyFile } from '../support/policy-file.ts';
import { wordsIn } from '../support/press-answers.ts';
import { moment } from '../support/scene.ts';

const LIST = 'scan quick fin-laptop-07, kiosk-lobby, srv-files-01 because ticket 3212';
const WAITING = 'Waiting for approval';
const SECOND_PERSON = { name: 'Two pairs of eyes', then: { approvals: 1, by: 'anyone' } };
const NO_FULL = { name: 'No full scans', when: { type: ['Full'] }, then: { refuse: 'Quick ones only.' } };

describe('the rules, when somebody approves many scans', () => {
  const policy = new PolicyFile();
  let house: House;
  let many: Many;
  beforeEach(async () => {
    policy.write({ operators: [oidOf('bob')], rules: [SECOND_PERSON] });
    house = await House.open({ POLICY_FILE: policy.path });
    many = new Many(house);
    for (const handle of ['bob', 'sanna']) await house.teams.driver.isSignedIn(handle);
    await many.asks(LIST);
    await many.presses('Send for approval');
    await many.shows(WAITING);
  });
  afterEach(() => house.close());
  after(() => {
    policy.remove();
  });

  const change = (...rules: readonly object[]): void => {
    policy.write({ operators: [oidOf('bob')], rules });
    house.reloadPolicy();
  };
  const refusal = async (button = 'Approve', by = 'bob', inputs = {}): Promise<string> =>
    wordsIn(await many.presses(button, inputs, by));
  const stays = async (): Promise<void> => {
    await moment();
    assert.equal(many.titles().at(-1), WAITING);
    assert.equal(many.posts().length, 0);
  };

  it('are those of that moment: what they refuse by then is not approved', async () => {
    change({ name: 'Closed', then: { refuse: 'Come back tomorrow.' } });
    assert.match(await refusal(), /“Closed”.*Come back tomorrow/);
    await stays();
  });

  it('ask for more people, if they do by then', async () => {
    change(
      { name: 'Servers', when: { deviceGroup: ['Servers'] }, then: { approvals: 2, by: 'anyone' } },
      SECOND_PERSON,
    );
    await many.presses('Approve', {}, 'bob');
    await many.until(
      () => many.mentions().some((text) => text.includes('Somebody else still has to')),
      'the first yes',
    );
    await stays();
    assert.match(await refusal(), /You have approved this already/);
    await many.presses('Approve', {}, 'sanna');
    await many.until(() => many.posts().length === 3, 'all three');
  });

  it('let nothing be approved that is too much for one request by then', async () => {
    change({ ...SECOND_PERSON, then: { ...SECOND_PERSON.then, mostDevices: 2 } });
    assert.match(await refusal(), /The rules allow 2 devices in one request, and these are 3/);
    await stays();
  });

  it('let nothing be approved nor corrected while scans are paused; it can be declined', async () => {
    await house.teams.driver.says('bob', 'pause incident 4711', many.place);
    await many.until(
      () => house.teams.driver.texts(many.place).some((text) => text.includes('paused by')),
      'the pause',
    );
    assert.match(await refusal(), /paused.*incident 4711/);
    await house.teams.driver.looks('alice', many.place);
    assert.match(await refusal('Change', 'alice', { scanType: 'Full', comment: 'x' }), /paused.*incident 4711/);
    await stays();
    await many.presses('Decline', {}, 'bob');
    await many.shows('Declined');
  });

  it('refuse at the press what they let nobody start, and leave the card as it is', async () => {
    const other = new Many(house, house.teams.driver.channelThread('another'));
    await other.asks(LIST);
    change(NO_FULL);
    const inputs = { scanType: 'Full', comment: 'x' };
    assert.match(wordsIn(await other.presses('Send for approval', inputs)), /“No full scans”.*Quick ones only/);
    await moment();
    assert.equal(other.titles().at(-1), 'Waiting for confirmation');
  });

  it('are those of the type that it is corrected to', async () => {
    change(NO_FULL, SECOND_PERSON);
    await house.teams.driver.looks('alice', many.place);
    assert.match(await refusal('Change', 'alice', { scanType: 'Full', comment: 'x' }), /“No full scans”/);
    change({ ...NO_FULL, when: { type: ['Full'], deviceGroup: ['Servers'] } });
    await many.presses('Change', { scanType: 'Full', comment: 'x' });
    await house.teams.driver.until(() => many.text.includes('changed at'), 'the correction');
    assert.match(many.text, /The rules allow no scan: one/);
    await stays();
    await many.presses('Approve', {}, 'bob');
    await many.until(() => many.posts().length === 2, 'two');
  });

  it('wait for a token of the requester that is new', async () => {
    house.entra.moods.throttled.set(oidOf('alice'), 5);
    await many.presses('Approve', {}, 'bob');
    await many.shows('Scans under way');
    await moment();
    house.clock.advance(10 * SECOND);
    await moment();
    assert.equal(many.posts().length, 0);
    house.entra.moods.throttled.clear();
    await many.until(() => many.posts().length === 3, 'all three');
  });
});
