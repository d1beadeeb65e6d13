import assert from 'node:assert/strict';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { Approval, oidOf, WISH } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { moment, passes } from '../support/scene.ts';

describe('a scan that a second person must approve', () => {
  let house: House;
  let approval: Approval;
  beforeEach(async () => {
    house = await House.open({ APPROVAL: 'second-person' });
    approval = new Approval(house);
  });
  afterEach(() => house.close());

  it('goes from the message over the approval to the mention at its end', async () => {
    await approval.asks();
    assert.equal(house.starts().length, 0);
    await approval.presses('bob', 'Approve');
    await approval.shows('Submitted, waiting for the device');
    assert.match(approval.fact('Approved by'), /^Bob/);
    assert.match(approval.fact('Requested by'), /^Alice/);
    await approval.isTold('alice', /Bob.* approved\./);
    await house.passes(20 * SECOND, 'Scan running', approval.place);
    await house.passes(40 * SECOND, 'Accepted, not confirmed yet (Succeeded)', approval.place);
    await house.passes(MINUTE, 'Scan finished: Succeeded', approval.place);
    await approval.isTold('alice', /finished: Succeeded/);
    assert.equal(house.starts().length, 1);
  });

  it("starts in the requester's name, with what was approved", async () => {
    await approval.asks();
    await approval.presses('bob', 'Approve');
    await approval.shows('Submitted, waiting for the device');
    assert.match(approval.started, /alice@contoso\.com/);
    assert.match(approval.started, /ticket 3212/);
    assert.doesNotMatch(approval.started, /bob@contoso\.com/);
  });

  it('is asked for on the confirm card when something was left open', async () => {
    await house.teams.driver.isSignedIn('alice');
    await house.teams.driver.isSignedIn('bob');
    await approval.says('scan fin-laptop-07');
    await approval.shows('Waiting for confirmation');
    assert.deepEqual(approval.buttonsFor('alice'), ['Send for approval', 'Dismiss']);
    await approval.presses('alice', 'Send for approval', { scanType: 'Full', comment: 'ticket 3212' });
    await approval.shows('Waiting for approval');
    assert.equal(house.starts().length, 0);
    await approval.presses('bob', 'Approve');
    await approval.shows('Submitted, waiting for the device');
  });

  it('bothers nobody before the requester has signed in', async () => {
    await approval.says(WISH);
    await house.teams.driver.until(() => approval.asksToSignIn(), 'a sign-in');
    assert.deepEqual(approval.titles(), []);
    await house.teams.driver.signsIn('alice', { place: approval.place });
    await approval.shows('Waiting for approval');
  });

  it('ends with the first Decline, and tells the reason', async () => {
    await approval.asks();
    await approval.presses('bob', 'Decline', { reason: 'Payroll runs there until noon' });
    await approval.shows('Declined');
    assert.match(approval.fact('Declined by'), /^Bob/);
    assert.equal(approval.fact('Reason'), 'Payroll runs there until noon');
    await approval.isTold('alice', /declined[^]*Payroll runs there until noon/);
    assert.deepEqual(approval.buttonsFor('bob'), ['Scan again']);
    assert.equal(house.starts().length, 0);
  });

  it('may be declined without a reason', async () => {
    await approval.asks();
    await approval.presses('bob', 'Decline');
    await approval.shows('Declined');
    assert.equal(approval.fact('Reason'), '');
  });

  it('is withdrawn by the requester', async () => {
    await approval.asks();
    await approval.looks('alice');
    await approval.presses('alice', 'Withdraw');
    await approval.shows('Withdrawn');
    assert.deepEqual(approval.buttonsFor('bob'), ['Scan again']);
    assert.equal(house.starts().length, 0);
  });

  it('is withdrawn by the sign-out of the requester, and by their cancel', async () => {
    await approval.asks();
    await approval.says('sign out');
    await approval.shows('Withdrawn by sign-out');
    const other = new Approval(house, house.teams.driver.channelThread('other'));
    await other.asks('scan full fin-laptop-11 because ticket 1');
    await other.says('cancel fin-laptop-11');
    await other.shows('Dismissed');
  });

  it('expires, which the thread is told', async () => {
    await approval.asks();
    await moment();
    await passes(house, 61 * MINUTE, MINUTE / 2);
    await approval.shows('Expired without approval');
    await approval.isTold('alice', /nobody approved it in time/);
    assert.equal(house.starts().length, 0);
  });

  it('reminds once, at half time', async () => {
    await approval.asks();
    await moment();
    await passes(house, 29 * MINUTE, MINUTE);
    assert.deepEqual(approval.texts(), []);
    await passes(house, 2 * MINUTE, MINUTE / 2);
    await approval.hears(/still waiting for approval/);
    await moment();
    await passes(house, 24 * MINUTE, MINUTE);
    assert.equal(approval.texts().length, 1);
  });

  it('shows others Approve and Decline, and the requester Change and Withdraw', async () => {
    await approval.asks();
    await approval.looks('alice');
    assert.deepEqual(await approval.looks('bob'), []);
    assert.deepEqual(approval.buttonsFor('alice'), ['Change', 'Withdraw']);
    assert.deepEqual(approval.buttonsFor('bob'), ['Approve', 'Decline']);
  });

  it('is approved as it was corrected, never as it was before', async () => {
    await approval.asks();
    const before = approval.cardState;
    await approval.looks('alice');
    await approval.presses('alice', 'Change', { scanType: 'Quick', comment: 'ticket 3213' });
    await approval.cardSays(/changed at/);
    const answer = await approval.presses('bob', 'Approve', {}, { card: before });
    assert.match(JSON.stringify(answer.body), /ticket 3213/);
    assert.equal(house.starts().length, 0);
    await approval.presses('bob', 'Approve');
    await approval.shows('Submitted, waiting for the device');
    assert.match(approval.started, /Quick/);
    assert.match(approval.started, /ticket 3213/);
    assert.equal(house.starts().length, 1);
  });

  it('keeps a correction that cannot be taken out, and says why', async () => {
    await approval.asks();
    await approval.looks('alice');
    await approval.presses('alice', 'Change', { scanType: 'Quick', comment: ' ' });
    assert.match(JSON.stringify(approval.viewOf('alice')), /Write a comment: Defender/);
    assert.match(approval.cardText, /ticket 3212/);
  });

  it('asks the requester to sign in when their sign-in has ended meanwhile, and the approval stands', async () => {
    await approval.asks();
    house.clock.advance(SECOND);
    house.entra.moods.revokedAt.set(oidOf('alice'), house.clock.now());
    await approval.presses('bob', 'Approve');
    await approval.shows('Confirmed, waiting for sign-in');
    await house.teams.driver.until(() => approval.asksToSignIn(), 'a sign-in');
    assert.equal(house.starts().length, 0);
    house.clock.advance(SECOND);
    house.entra.moods.revokedAt.clear();
    await house.teams.driver.signsIn('alice', { place: approval.place });
    await approval.shows('Submitted, waiting for the device');
    assert.equal(house.starts().length, 1);
  });

  it('asks the approver to sign in, and then counts the press', async () => {
    await approval.asks(WISH, ['alice']);
    const sent = await approval.presses('bob', 'Approve');
    assert.match(JSON.stringify(sent.body), /loginRequest/);
    assert.equal(house.starts().length, 0);
    await house.teams.driver.signsIn('bob', { place: approval.place });
    await approval.shows('Submitted, waiting for the device');
  });

  it('is asked for in vain where nobody else is', async () => {
    await house.teams.driver.isSignedIn('alice');
    const own = new Approval(house, house.teams.driver.personalChat('alice'));
    await own.says(WISH);
    await own.hears(/nobody but you/);
    assert.equal(house.starts().length, 0);
  });

  it('is approved in a group chat by one of its members', async () => {
    const chat = new Approval(house, house.teams.driver.groupChat('alice', 'bob'));
    await chat.asks();
    await chat.presses('bob', 'Approve');
    await chat.shows('Submitted, waiting for the device');
  });

  it('is decided by old clients, too', async () => {
    await approval.asks();
    await approval.presses('bob', 'Approve', {}, { old: true });
    await approval.shows('Submitted, waiting for the device');
  });
});
