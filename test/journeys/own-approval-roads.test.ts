import assert from 'node:assert/strict';
import { record } from '../../src/sandbox/teams/json.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { Approval, oidOf, WISH } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { wordsIn } from '../support/press-answers.ts';
import { moment } from '../support/scene.ts';
import { carriedBy } from '../support/shown.ts';

const OWN = /Nobody approves or declines their own request/;
const WAITING = 'Waiting for approval';
const SUBMITTED = 'Submitted, waiting for the device';

/** Longer ways round: over scans that somebody else has approved, and over other spellings of oneself. */
describe('whoever goes round to approve their own scan', () => {
  let house: House;
  let approval: Approval;

  beforeEach(async () => {
    house = await House.open({ APPROVAL: 'second-person' });
    approval = new Approval(house);
  });
  afterEach(() => house.close());

  const ends = async (): Promise<void> => {
    await approval.presses('bob', 'Approve');
    await approval.shows(SUBMITTED);
    await house.passes(20 * SECOND, 'Scan running', approval.place);
    await house.passes(40 * SECOND, 'Accepted, not confirmed yet (Succeeded)', approval.place);
    await house.passes(MINUTE, 'Scan finished: Succeeded', approval.place);
  };

  it('is asked for a new approval of the same scan again', async () => {
    await approval.asks();
    await ends();
    await approval.presses('alice', 'Scan again');
    await approval.shows('Waiting for confirmation');
    await approval.presses('alice', 'Send for approval', { scanType: 'Full', comment: 'once more' });
    await approval.shows(WAITING);
    assert.match(wordsIn(await approval.presses('alice', 'Approve')), OWN);
    await moment();
    assert.equal(house.starts().length, 1);
    assert.equal(approval.fact('Approved by'), '');
  });

  it('does not with what a press on an approved card carried', async () => {
    await approval.asks();
    const old = carriedBy(approval.cardState.card, 'Approve');
    await ends();
    const other = new Approval(house, house.teams.driver.channelThread('other'));
    await other.asks('scan full fin-laptop-11 because ticket 1');
    const { request } = record(carriedBy(other.cardState.card, 'Approve'));
    const data = { ...old, request, verb: 'approve' };
    for (const by of ['alice', 'bob']) {
      const value = {
        action: { type: 'Action.Execute', verb: 'approve', data: { ...data, rev: 1 } },
        trigger: 'manual',
      };
      const options = { place: other.place, message: other.cardMessage.id };
      await house.teams.driver.invokes(by, 'adaptiveCard/action', value, options);
    }
    await moment();
    assert.equal(other.titles().at(-1), WAITING);
    assert.equal(house.starts().length, 1);
  });

  it('is the same person, however the id is spelt at the ask', async () => {
    const { driver } = house.teams;
    await driver.isSignedIn('alice');
    const from = { id: '29:1alice', name: 'Alice Andersson', aadObjectId: oidOf('alice').toUpperCase() };
    await driver.says('alice', WISH, approval.place, { change: (activity) => ({ ...activity, from }) });
    await approval.shows(WAITING);
    assert.match(wordsIn(await approval.presses('alice', 'Approve')), OWN);
    assert.equal(house.starts().length, 0);
  });

  it('changes nothing of what was approved and waits behind another scan', async () => {
    const first = new Approval(house, house.teams.driver.channelThread('first'));
    await first.asks();
    await first.presses('bob', 'Approve');
    await first.shows(SUBMITTED);
    await approval.asks('scan quick fin-laptop-07 because ticket 2');
    const { request } = record(carriedBy(approval.cardState.card, 'Approve'));
    await approval.presses('bob', 'Approve');
    await house.teams.driver.until(() => approval.titles().at(-1) !== WAITING, 'the queue');
    for (const verb of ['change', 'run', 'approve']) {
      for (const rev of [1, 2, 3, 4, 5]) {
        const data = { request, rev, verb, scanType: 'Full', comment: 'smuggled' };
        const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
        const options = { place: approval.place, message: approval.cardMessage.id };
        await house.teams.driver.invokes('alice', 'adaptiveCard/action', value, options);
      }
    }
    await moment();
    assert.doesNotMatch(JSON.stringify(house.teams.driver.latestCard(approval.place)), /smuggled/);
    assert.doesNotMatch(approval.started, /smuggled/);
  });
});
