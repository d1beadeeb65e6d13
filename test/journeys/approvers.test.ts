import assert from 'node:assert/strict';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { MINUTE } from '../../src/scan/time.ts';
import { Approval, oidOf, WISH } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { wordsIn } from '../support/press-answers.ts';
import { moment, passes } from '../support/scene.ts';

const SOC = '50c00000-0000-4000-8000-000000000001';

/** A channel that only these are in. */
function channelOf(house: House, ...handles: readonly string[]): Place {
  const { teams } = house;
  teams.world.rooms.channel('Private', handles);
  return teams.driver.channelThread('approval', 'Private');
}

describe('a scan that a named approver must approve', () => {
  let house: House;
  let approval: Approval;
  beforeEach(async () => {
    house = await House.open({ APPROVAL: 'approvers', APPROVERS: `${oidOf('bob')},${oidOf('walt')}` });
    approval = new Approval(house);
  });
  afterEach(() => house.close());

  it('mentions those who are here, and is approved by one of them', async () => {
    await approval.asks();
    await approval.isTold('bob', /asks for your approval/);
    await approval.isTold('walt', /asks for your approval/);
    await approval.presses('bob', 'Approve');
    await approval.shows('Submitted, waiting for the device');
  });

  it('is approved by nobody else, who is told by whom it can be', async () => {
    await house.teams.driver.isSignedIn('bob');
    await house.teams.driver.says('bob', 'my scans', house.teams.driver.personalChat('bob'));
    await approval.asks(WISH, ['alice', 'bob', 'mallory']);
    for (const button of ['Approve', 'Decline']) {
      assert.match(wordsIn(await approval.presses('mallory', button)), /does not count.*Bob <R&D> Berg.*one more/);
    }
    assert.equal(house.starts().length, 0);
    assert.deepEqual(approval.titles().at(-1), 'Waiting for approval');
  });

  it('needs a device that Defender shows the approver', async () => {
    await approval.asks('scan full srv-files-01 because ticket 3212', ['alice', 'walt']);
    assert.match(wordsIn(await approval.presses('walt', 'Approve')), /Defender does not show it to you/);
    assert.equal(house.starts().length, 0);
  });

  it('is approved by no guest, whatever their sign-in says about them', async () => {
    const named = await House.open({ APPROVAL: 'approvers', APPROVERS: oidOf('gwen') });
    try {
      for (const claims of [{}, { acct: undefined, idp: undefined }]) {
        const asked = new Approval(named, named.teams.driver.channelThread(`with ${Object.keys(claims).length}`));
        await asked.asks(WISH, ['alice']);
        await named.teams.signIns.keep(named.teams.signIns.keyOf('29:1gwen'), oidOf('gwen'), claims);
        assert.match(wordsIn(await asked.presses('gwen', 'Approve')), /Guests cannot decide/);
        assert.equal(named.starts().length, 0);
      }
    } finally {
      await named.close();
    }
  });

  it('reminds the named ones once more, by mention', async () => {
    await approval.asks();
    await approval.isTold('bob', /asks for your approval/);
    await moment();
    await passes(house, 31 * MINUTE, MINUTE);
    await approval.isTold('bob', /still waiting for approval/);
    assert.equal(approval.texts().length, 2);
  });
});

describe('a scan whose approvers are not in the channel', () => {
  let house: House;
  let approval: Approval;
  const chatOf = (handle: string): Place => house.teams.driver.personalChat(handle);

  beforeEach(async () => {
    house = await House.open({ APPROVAL: 'approvers', APPROVERS: `${oidOf('bob')},${oidOf('walt')}` });
    approval = new Approval(house, channelOf(house, 'alice', 'mallory'));
    await house.teams.driver.installs(chatOf('bob'));
  });
  afterEach(() => house.close());

  it('goes to each of them in their own chat, and says who cannot be reached', async () => {
    await approval.asks();
    await approval.shows('Waiting for approval', chatOf('bob'));
    await approval.hears(/could not reach/);
    assert.deepEqual(house.teams.driver.cardMessages(chatOf('walt')), []);
    assert.equal(approval.texts().length, 1);
  });

  it('is approved there, which closes every copy', async () => {
    await house.teams.driver.installs(chatOf('walt'));
    await approval.asks();
    for (const handle of ['bob', 'walt']) await approval.shows('Waiting for approval', chatOf(handle));
    await approval.presses('bob', 'Approve', {}, { place: chatOf('bob') });
    for (const place of [approval.place, chatOf('bob'), chatOf('walt')]) {
      await approval.shows('Submitted, waiting for the device', place);
    }
    await approval.isTold('alice', /Bob.* approved/);
    assert.equal(house.starts().length, 1);
  });

  it('is declined there, which closes every copy', async () => {
    await approval.asks();
    await approval.shows('Waiting for approval', chatOf('bob'));
    await approval.presses('bob', 'Decline', { reason: 'not today' }, { place: chatOf('bob') });
    for (const place of [approval.place, chatOf('bob')]) await approval.shows('Declined', place);
    await approval.isTold('alice', /not today/);
  });

  it('is withdrawn, which closes every copy', async () => {
    await approval.asks();
    await approval.shows('Waiting for approval', chatOf('bob'));
    await approval.looks('alice');
    await approval.presses('alice', 'Withdraw');
    await approval.shows('Withdrawn', chatOf('bob'));
  });

  it('shows a correction in every copy', async () => {
    await approval.asks();
    await approval.shows('Waiting for approval', chatOf('bob'));
    await approval.looks('alice');
    await approval.presses('alice', 'Change', { scanType: 'Quick', comment: 'ticket 3213' });
    const copy = (): string => JSON.stringify(house.teams.driver.latestCard(chatOf('bob')));
    await house.teams.driver.until(() => copy().includes('ticket 3213'), 'the correction');
    await approval.presses('bob', 'Approve', {}, { place: chatOf('bob') });
    await approval.shows('Submitted, waiting for the device');
    assert.match(approval.started, /ticket 3213/);
  });

  it('shows no more in the copy than in the channel', async () => {
    await approval.asks();
    await approval.shows('Waiting for approval', chatOf('bob'));
    assert.doesNotMatch(JSON.stringify(house.teams.driver.latestCard(chatOf('bob'))), /Risk|Health/);
    assert.deepEqual(await house.teams.driver.looks('bob', chatOf('bob')), []);
  });

  it('reminds them in their own chat', async () => {
    await approval.asks();
    await approval.shows('Waiting for approval', chatOf('bob'));
    await approval.hears(/could not reach/);
    await moment();
    await passes(house, 31 * MINUTE, MINUTE);
    await approval.hears(/still waiting for approval/, chatOf('bob'));
  });

  it('is asked for in a personal chat as well', async () => {
    const own = new Approval(house, chatOf('alice'));
    await own.asks();
    await own.shows('Waiting for approval', chatOf('bob'));
    assert.deepEqual(own.buttonsFor('alice'), ['Change', 'Withdraw']);
    await own.presses('bob', 'Approve', {}, { place: chatOf('bob') });
    await own.shows('Submitted, waiting for the device');
  });

  it('is asked in one message by a connector that answers late', async () => {
    house.teams.moods.connectorAnswers({ status: 503, retryAfter: '1', method: 'POST' });
    await approval.asks();
    await passes(house, MINUTE);
    await approval.shows('Waiting for approval', chatOf('bob'));
    assert.equal(approval.titles(chatOf('bob')).filter((title) => title === 'Waiting for approval').length, 1);
  });
});

describe('a scan that somebody of a group must approve', () => {
  let house: House;
  let approval: Approval;
  beforeEach(async () => {
    house = await House.open({ APPROVAL: 'approvers', APPROVERS: `group:${SOC}` });
    house.entra.graph.groups.set(SOC, new Set([oidOf('bob'), oidOf('alice')]));
    approval = new Approval(house);
    await approval.asks(WISH, ['alice', 'bob', 'walt']);
  });
  afterEach(() => house.close());

  it('is approved by a member, who is asked for nowhere else', async () => {
    await approval.presses('bob', 'Approve');
    await approval.shows('Submitted, waiting for the device');
    assert.equal(house.entra.wire.filter(({ path }) => path.endsWith('/me/checkMemberGroups')).length, 1);
  });

  it('is approved by nobody else', async () => {
    assert.match(wordsIn(await approval.presses('walt', 'Approve')), /does not count/);
    assert.equal(house.starts().length, 0);
  });

  it('is not approved by its requester, member or not', async () => {
    assert.match(wordsIn(await approval.presses('alice', 'Approve')), /Nobody approves .* own request/);
    assert.equal(house.starts().length, 0);
  });

  for (const status of [403, 500] as const) {
    it(`is not approved while Graph answers ${status}`, async () => {
      house.entra.graph.moods.status = status;
      assert.match(wordsIn(await approval.presses('bob', 'Approve')), /could not check/);
      assert.equal(house.starts().length, 0);
      house.entra.graph.moods.reset();
      await approval.presses('bob', 'Approve');
      await approval.shows('Submitted, waiting for the device');
    });
  }

  it('is not approved without consent to ask Graph', async () => {
    house.entra.moods.consentMissing.add('User.Read');
    assert.match(wordsIn(await approval.presses('bob', 'Approve')), /could not check/);
    assert.equal(house.starts().length, 0);
  });

  it('is not approved while Graph takes too long', async () => {
    house.entra.graph.moods.slowMs = 60_000;
    const pressed = approval.presses('bob', 'Approve');
    for (let tries = 0; tries < 40; tries += 1) await moment();
    house.clock.advance(2000);
    assert.match(wordsIn(await pressed), /could not check/);
    assert.equal(house.starts().length, 0);
  });
});
