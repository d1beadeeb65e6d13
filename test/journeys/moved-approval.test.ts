import assert from 'node:assert/strict';
import { Approval, oidOf } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { PolicyFile } from '../support/policy-file.ts';
import { moment } from '../support/scene.ts';

const WISH = 'scan fin-laptop-07 because ticket 3212';
const CONTENT = { scanType: 'Quick', comment: 'ticket 3212' };
const SUBMITTED = 'Submitted, waiting for the device';

/** Its first card finds no thread: it goes on in the requester's own chat, and is judged by where it was asked for. */
describe('a scan that was asked for in a channel and goes on in a personal chat', () => {
  let house: House;
  let file: PolicyFile;
  let approval: Approval;

  afterEach(async () => {
    await house.close();
    file.remove();
  });

  const moves = async (then: object, env: Record<string, string> = {}): Promise<void> => {
    file = new PolicyFile();
    house = await House.open({ POLICY_FILE: file.path, ...env });
    const { driver, moods } = house.teams;
    const asked = driver.channelThread('asked here');
    file.write({ rules: [{ name: 'This channel', when: { channel: [asked.room] }, then }] });
    house.reloadPolicy();
    approval = new Approval(house, driver.personalChat('alice'));
    await driver.installs(approval.place);
    await house.shows('Hello, I am Scan Bot', approval.place);
    await driver.isSignedIn('alice');
    moods.connectorAnswers({ status: 404, code: 'ConversationNotFound', method: 'POST' }, 1);
    await driver.says('alice', WISH, asked);
    await approval.shows('Waiting for confirmation');
  };

  it('still needs those who must approve in that channel', async () => {
    await moves({ approvals: 1, by: 'anyone' });
    await approval.presses('alice', 'Send for approval', CONTENT);
    await approval.shows('Waiting for approval');
    await moment();
    assert.equal(house.starts().length, 0);
  });

  it('starts where the rules of that channel allow it, whatever they ask for in a chat', async () => {
    await moves({ allow: true }, { APPROVAL: 'second-person' });
    await approval.presses('alice', 'Run scan', CONTENT);
    await approval.shows(SUBMITTED);
  });
});

describe('a scan whose card was deleted while others must approve', () => {
  it('goes to the named approvers in their own chats, who approve it there', async () => {
    const house = await House.open({ APPROVAL: 'approvers', APPROVERS: oidOf('bob') });
    try {
      const { driver, moods } = house.teams;
      const [mine, bobs] = [driver.personalChat('alice'), driver.personalChat('bob')];
      for (const chat of [mine, bobs]) {
        await driver.installs(chat);
        await house.shows('Hello, I am Scan Bot', chat);
      }
      const approval = new Approval(house);
      await approval.asks();
      await approval.isTold('bob', /asks for your approval/);
      await approval.looks('alice');
      moods.connectorAnswers({ status: 404, code: 'ActivityNotFoundInConversation', method: 'PUT' }, 1);
      await approval.presses('alice', 'Change', { scanType: 'Quick', comment: 'ticket 3213' });
      await approval.shows('Waiting for approval', mine);
      await approval.shows('Waiting for approval', bobs);
      await approval.presses('bob', 'Approve', {}, { place: bobs });
      for (const chat of [mine, bobs]) await approval.shows(SUBMITTED, chat);
      assert.match(approval.started, /ticket 3213/);
    } finally {
      await house.close();
    }
  });
});
