import assert from 'node:assert/strict';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { Approval, oidOf, WISH } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { wordsIn } from '../support/press-answers.ts';

/** A guest whom somebody has put on the list, and whose token does not say that they are one. */
describe('a guest on the list of approvers', () => {
  let house: House;
  beforeEach(async () => {
    house = await House.open({ APPROVAL: 'approvers', APPROVERS: `${oidOf('gwen')},${oidOf('bob')}` });
  });
  afterEach(async () => {
    assert.equal(house.starts().length, 0);
    await house.close();
  });

  const asks = async (place?: Place): Promise<Approval> => {
    const { driver, signIns } = house.teams;
    await driver.installs(driver.personalChat('gwen'));
    const approval = new Approval(house, place);
    await approval.asks(WISH, ['alice']);
    await signIns.keep(signIns.keyOf('29:1gwen'), oidOf('gwen'), { acct: undefined, idp: undefined });
    return approval;
  };

  for (const status of [500, 403] as const) {
    it(`approves nothing while Teams answers ${status} to who is in the thread`, async () => {
      const approval = await asks();
      await approval.isTold('gwen', /asks for your approval/);
      house.teams.moods.connectorAnswers({ status, method: 'GET' });
      assert.match(wordsIn(await approval.presses('gwen', 'Approve')), /could not check/);
    });
  }

  it('approves nothing in their own chat, of a thread that they are not in', async () => {
    const { driver, world } = house.teams;
    world.rooms.channel('Private', ['alice', 'mallory']);
    const chat = driver.personalChat('gwen');
    const approval = await asks(driver.channelThread('asked', 'Private'));
    await approval.shows('Waiting for approval', chat);
    for (const button of ['Approve', 'Decline']) {
      assert.match(wordsIn(await approval.presses('gwen', button, {}, { place: chat })), /Guests cannot decide/);
    }
  });
});
