import assert from 'node:assert/strict';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { Approval, oidOf, WISH } from '../support/approval.ts';
import { people } from '../support/cast.ts';
import { House } from '../support/house.ts';
import { PolicyFile } from '../support/policy-file.ts';
import { wordsIn } from '../support/press-answers.ts';
import { moment, passes, passing } from '../support/scene.ts';

const WAITING = 'Waiting for approval';
const others = people.map(({ handle }) => handle).filter((handle) => handle !== 'alice');

describe('many named approvers', () => {
  let house: House;
  afterEach(() => house.close());

  it('are mentioned up to five', async () => {
    assert(others.length > 5);
    house = await House.open({ APPROVAL: 'approvers', APPROVERS: others.map(oidOf).join() });
    const approval = new Approval(house);
    await approval.asks();
    await approval.hears(/asks for your approval/);
    const mentioned = others.filter((handle) => house.teams.driver.mentionsOf(handle).length > 0);
    assert.equal(mentioned.length, 5);
  });

  it('of whom the bot has met nobody are told apart by their object ids when it cannot reach them', async () => {
    house = await House.open({ APPROVAL: 'approvers', APPROVERS: `${oidOf('walt')},${oidOf('bob')}` });
    await house.teams.driver.says('bob', 'help', house.teams.driver.channelThread('met'));
    house.teams.world.rooms.channel('Private', ['alice']);
    const approval = new Approval(house, house.teams.driver.channelThread('asked', 'Private'));
    await approval.asks();
    const told = await approval.hears(/could not reach/);
    assert(told.includes(oidOf('walt')) && told.includes('Bob'), told);
  });
});

describe('a scan that two people who are not in the channel must approve', () => {
  let house: House;
  let file: PolicyFile;
  let approval: Approval;
  const chatOf = (handle: string): Place => house.teams.driver.personalChat(handle);

  beforeEach(async () => {
    const by = ['bob', 'walt', 'noor'].map(oidOf);
    file = new PolicyFile({ rules: [{ name: 'Two of three', then: { approvals: 2, by } }] });
    house = await House.open({ POLICY_FILE: file.path });
    house.teams.world.rooms.channel('Private', ['alice']);
    approval = new Approval(house, house.teams.driver.channelThread('asked', 'Private'));
    for (const handle of ['bob', 'walt', 'noor']) await house.teams.driver.installs(chatOf(handle));
    await approval.asks(WISH, ['alice', 'bob', 'walt', 'noor']);
    for (const handle of ['bob', 'walt', 'noor']) await approval.shows(WAITING, chatOf(handle));
  });
  afterEach(async () => {
    await house.close();
    file.remove();
  });

  it('starts with the second of them, and not with the first, twice', async () => {
    await approval.presses('bob', 'Approve', {}, { place: chatOf('bob') });
    await approval.isTold('alice', /Bob.* approved.*needs one more approval/);
    assert.match(wordsIn(await approval.presses('bob', 'Approve', {}, { place: chatOf('bob') })), /already/);
    await moment();
    assert.equal(house.starts().length, 0);
    await approval.presses('walt', 'Approve', {}, { place: chatOf('walt') });
    for (const place of [approval.place, ...['bob', 'walt', 'noor'].map(chatOf)]) {
      await approval.shows('Submitted, waiting for the device', place);
    }
    assert.equal(house.starts().length, 1);
  });

  it('is over with the first no, though one has said yes', async () => {
    await approval.presses('bob', 'Approve', {}, { place: chatOf('bob') });
    await approval.isTold('alice', /needs one more approval/);
    await approval.presses('noor', 'Decline', {}, { place: chatOf('noor') });
    for (const place of [approval.place, ...['bob', 'walt', 'noor'].map(chatOf)]) {
      await approval.shows('Declined', place);
    }
    assert.equal(house.starts().length, 0);
  });

  it('reminds each of them once, in their own chat', async () => {
    await moment();
    await passes(house, 58 * MINUTE, MINUTE);
    for (const handle of ['bob', 'walt', 'noor']) {
      const reminders = approval.texts(chatOf(handle)).filter((text) => text.includes('still waiting for approval'));
      assert.equal(reminders.length, 1, handle);
    }
  });
});

describe('an approval whose requester does not sign in again', () => {
  it('stands for two hours, and then the requester is told that nothing was sent', async () => {
    const house = await House.open({ APPROVAL: 'second-person' });
    try {
      const approval = new Approval(house);
      await approval.asks();
      house.clock.advance(SECOND);
      house.entra.moods.revokedAt.set(oidOf('alice'), house.clock.now());
      await approval.presses('bob', 'Approve');
      await approval.shows('Confirmed, waiting for sign-in');
      await moment();
      await passes(house, 2 * HOUR - MINUTE, 10 * MINUTE);
      assert.equal(approval.titles().at(-1), 'Confirmed, waiting for sign-in');
      await passing(house, () => approval.titles().at(-1) === 'Expired: no sign-in', 'the end');
      await approval.isTold('alice', /sign/);
      assert.equal(house.starts().length, 0);
    } finally {
      await house.close();
    }
  });
});
