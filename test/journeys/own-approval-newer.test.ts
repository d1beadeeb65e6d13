import assert from 'node:assert/strict';
import { dialogIn } from '../../src/sandbox/teams/message-action.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { MINUTE } from '../../src/scan/time.ts';
import { Approval, oidOf } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { Many } from '../support/many.ts';
import { PolicyFile } from '../support/policy-file.ts';
import { wordsIn } from '../support/press-answers.ts';
import { moment } from '../support/scene.ts';
import { buttonsOn, carriedBy } from '../support/shown.ts';

const OWN = /Nobody approves or declines their own request/;
const CONFIRM = 'Waiting for confirmation';
const WAITING = 'Waiting for approval';

/** Lists, schedules and the action on messages lead to the same decision as a typed command. */
describe('whoever wants to decide about their own scans', () => {
  const policy = new PolicyFile();
  let house: House;
  const open = async (env: Record<string, string> = { APPROVAL: 'second-person' }): Promise<void> => {
    house = await House.open(env);
    for (const handle of ['alice', 'bob', 'sanna']) await house.teams.driver.isSignedIn(handle);
  };
  afterEach(async () => {
    await moment();
    assert.equal(house.starts().length, 0);
    await house.close();
  });
  after(() => {
    policy.remove();
  });

  it('does not as one of a list, in whatever way it is pressed', async () => {
    await open();
    const many = new Many(house);
    await many.asks('scan quick fin-laptop-07, kiosk-lobby because ticket 3212');
    await many.presses('Send for approval');
    await many.shows(WAITING);
    const { driver } = house.teams;
    const data = carriedBy(many.card, 'Approve');
    const card = driver.cardMessages(many.place).at(-1)?.revisions.at(-1);
    assert.ok(card);
    const { message } = card;
    const invoke = (verb: string, trigger: string, said = {}): Promise<{ readonly body: unknown }> => {
      const value = { action: { type: 'Action.Execute', verb, data: { ...data, verb, ...said } }, trigger };
      return driver.invokes('alice', 'adaptiveCard/action', value, { place: many.place, message });
    };
    assert.match(wordsIn(await many.presses('Approve')), OWN);
    assert.match(
      JSON.stringify((await invoke('approve', 'manual', { person: oidOf('bob'), rev: 99 })).body),
      /own request/,
    );
    await invoke('approve', 'automatic');
    await invoke('view', 'manual', { verb: 'approve' });
    for (const verb of ['run', 'pick', 'again', 'follow']) await invoke(verb, 'manual');
    await driver.presses('alice', 'Approve', {}, { place: many.place, card, old: true });
    await driver.until(
      () => driver.texts(many.place).some((text) => text.includes('Nobody approves or declines their own request')),
      'the refusal',
    );
    const elsewhere = driver.channelThread('elsewhere');
    await driver.says('bob', 'help', elsewhere);
    const value = { action: { type: 'Action.Execute', verb: 'approve', data }, trigger: 'manual' };
    const other = await driver.invokes('bob', 'adaptiveCard/action', value, { place: elsewhere, message });
    assert.match(wordsIn(other), /I do not know this card/);
    await house.shows(WAITING, many.place);
  });

  it('has their own view of a list in their own chat, and whoever approves it theirs', async () => {
    await open({ APPROVAL: 'approvers', APPROVERS: oidOf('bob') });
    const { driver } = house.teams;
    const [own, bobs] = [driver.personalChat('alice'), driver.personalChat('bob')];
    for (const chat of [own, bobs]) await driver.installs(chat);
    const many = new Many(house, own);
    await many.asks('scan quick fin-laptop-07, kiosk-lobby because ticket 3212');
    await many.presses('Send for approval');
    await many.shows(WAITING);
    assert.deepEqual(many.buttons, ['Change', 'Withdraw']);
    await house.shows(WAITING, bobs);
    assert.deepEqual(buttonsOn(driver.latestCard(bobs)), ['Approve', 'Decline']);
  });

  it('does not by a schedule, nor by one from before the rules asked for more', async () => {
    policy.write({ rules: [{ name: 'Four eyes', then: { approvals: 1, by: 'anyone' } }] });
    await open({ POLICY_FILE: policy.path });
    const scan = new Approval(house);
    await scan.says('schedule scan full fin-laptop-07 in 20 minutes because patch day');
    await scan.shows(WAITING);
    assert.match(wordsIn(await scan.presses('alice', 'Approve')), OWN);
    await scan.presses('bob', 'Approve');
    await scan.shows('Scheduled');
    policy.write({ rules: [{ name: 'Six eyes', then: { approvals: 2, by: 'anyone' } }] });
    house.reloadPolicy();
    await house.passes(20 * MINUTE, WAITING, scan.place);
    assert.match(wordsIn(await scan.presses('alice', 'Approve')), OWN);
    assert.match(scan.fact('Approved by'), /Bob/);
    // It has its half hour, however long approvals may take elsewhere.
    await house.passes(30 * MINUTE, 'Expired without approval', scan.place);
  });

  it('does not by the action on a message, in the channel or in their own chat', async () => {
    await open();
    const { driver, world } = house.teams;
    const asks = async (place: Place, shown: Place): Promise<void> => {
      const message = world.say({ kind: 'person', handle: 'bob' }, place, { text: 'fin-laptop-07 is slow' });
      const about = { handle: 'alice', message, command: 'scanDevice' };
      const dialog = dialogIn(await driver.actions.open(about));
      assert.equal(dialog.is, 'card');
      await driver.actions.submit(about, dialog.card, {});
      await house.shows(CONFIRM, shown);
    };
    const inputs = { scanType: 'Full', comment: 'because' };
    const scan = new Approval(house, driver.channelThread('messages'));
    await asks(scan.place, scan.place);
    await scan.presses('alice', 'Send for approval', inputs);
    await scan.shows(WAITING);
    assert.match(wordsIn(await scan.presses('alice', 'Approve')), OWN);
    const group = driver.groupChat('alice', 'bob');
    const chat = driver.personalChat('alice');
    await driver.uninstalls(group);
    await driver.installs(chat);
    await house.shows('Hello, I am Scan Bot', chat);
    const message = world.say({ kind: 'person', handle: 'bob' }, group, { text: 'kiosk-lobby' });
    const about = { handle: 'alice', message, command: 'scanDevice' };
    const dialog = dialogIn(await driver.actions.open(about));
    assert.equal(dialog.is, 'card');
    await driver.actions.submit(about, dialog.card, {});
    const own = new Approval(house, chat);
    await own.hears(/nobody but you/);
  });
});
