import assert from 'node:assert/strict';
import type { Sent } from '../../src/sandbox/teams/bot-line.ts';
import type { Json } from '../../src/sandbox/teams/json.ts';
import { record } from '../../src/sandbox/teams/json.ts';
import type { Place } from '../../src/sandbox/teams/rooms.ts';
import { Approval, oidOf, WISH } from '../support/approval.ts';
import { House } from '../support/house.ts';
import { cardIn, wordsIn } from '../support/press-answers.ts';
import { moment } from '../support/scene.ts';
import { buttonsOn, carriedBy } from '../support/shown.ts';

const OWN = /Nobody approves or declines their own request/;
const EVERYBODY = ['alice', 'bob', 'walt', 'mallory', 'gwen'];

/** Whatever is tried, and by whatever road: the scan does not start, and the request stays as it was. */
describe('whoever tries to approve their own scan', () => {
  let house: House;
  let approval: Approval;
  let data: Json;

  beforeEach(async () => {
    house = await House.open({ APPROVAL: 'second-person' });
    approval = new Approval(house);
    await approval.asks(WISH, EVERYBODY);
    data = carriedBy(approval.cardState.card, 'Approve');
  });

  afterEach(async () => {
    await moment();
    assert.equal(house.starts().length, 0);
    assert.equal(approval.titles().at(-1), 'Waiting for approval');
    await house.close();
  });

  /** An invoke with whatever somebody writes into it. */
  const forges = (by: string, value: Json, place: Place = approval.place): Promise<Sent> => {
    const message = approval.cardMessage.id;
    return house.teams.driver.invokes(by, 'adaptiveCard/action', value, { place, message });
  };
  const execute = (verb: string, said: Json = data): Json => ({
    action: { type: 'Action.Execute', verb, data: { ...said, verb } },
    trigger: 'manual',
  });

  it('does not by the button that others see', async () => {
    for (const button of ['Approve', 'Decline']) {
      assert.match(wordsIn(await approval.presses('alice', button)), OWN);
    }
  });

  it('is told who can decide', async () => {
    assert.match(wordsIn(await approval.presses('alice', 'Approve')), /anybody else in this conversation/);
  });

  it('does not by a copy of the card from before they had their own view', async () => {
    const card = approval.cardState;
    await approval.looks('alice');
    assert.match(wordsIn(await approval.presses('alice', 'Approve', {}, { card })), OWN);
  });

  it('does not by an old client', async () => {
    await approval.presses('alice', 'Approve', {}, { old: true });
    await approval.isTold('alice', OWN);
  });

  it('does not by a refresh, automatic or by hand', async () => {
    await forges('alice', { ...execute('approve'), trigger: 'automatic' });
    await forges('bob', { ...execute('approve'), trigger: 'automatic' });
    assert.deepEqual(buttonsOn(cardIn(await forges('alice', execute('view')))), ['Change', 'Withdraw']);
  });

  it('does not out of their own view', async () => {
    await approval.looks('alice');
    assert.match(wordsIn(await forges('alice', execute('approve'))), OWN);
    for (const verb of ['run', 'pick', 'dismiss']) cardIn(await forges('alice', execute(verb)));
  });

  it('does not by a verb in the data that is not the verb pressed', async () => {
    const answer = await forges('alice', {
      action: { type: 'Action.Execute', verb: 'approve', data: { ...data, verb: 'view' } },
      trigger: 'manual',
    });
    assert.match(wordsIn(answer), OWN);
  });

  it('does not by naming somebody else in what the press carries', async () => {
    const bob = { person: oidOf('bob'), by: oidOf('bob'), aadObjectId: oidOf('bob'), approver: oidOf('bob') };
    const from = { id: '29:1bob', aadObjectId: oidOf('bob') };
    assert.match(wordsIn(await forges('alice', execute('approve', { ...data, ...bob, from }))), OWN);
  });

  it('does not by a second name or account in Teams', async () => {
    for (const aadObjectId of [oidOf('alice'), oidOf('alice').toUpperCase()]) {
      const answer = await approval.presses(
        'alice',
        'Approve',
        {},
        {
          change: (activity) => ({ ...activity, from: { id: '29:1other', name: 'Alicia', aadObjectId } }),
        },
      );
      assert.match(wordsIn(answer), OWN);
    }
  });

  it('does not without an id that says who they are', async () => {
    for (const from of [{ id: '29:1alice' }, { id: '29:1alice', aadObjectId: 'bob' }]) {
      await approval.presses('alice', 'Approve', {}, { change: (activity) => ({ ...activity, from }) });
    }
  });

  it("does not with somebody else's sign-in", async () => {
    const token = await house.entra.assertionFor(oidOf('bob'));
    const answer = await forges('alice', { ...execute('approve'), authentication: { token } });
    assert.match(wordsIn(answer), /another account/);
  });

  it('does not from another thread, nor does anybody', async () => {
    const { driver } = house.teams;
    const places = [driver.channelThread('elsewhere'), driver.groupChat('alice', 'bob'), driver.personalChat('alice')];
    await driver.says('alice', 'hello', places[0]);
    for (const place of places) {
      assert.match(wordsIn(await forges('alice', execute('approve'), place)), /do not know this card/);
    }
    for (const place of places.slice(0, 2)) {
      assert.match(wordsIn(await forges('bob', execute('approve'), place)), /do not know this card/);
      assert.match(wordsIn(await forges('bob', execute('view'), place)), /do not know this card/);
    }
  });

  it('finds no guest who can', async () => {
    assert.match(wordsIn(await approval.presses('gwen', 'Approve')), /Guests cannot decide/);
  });

  it('finds nobody who can and may not see the device', async () => {
    assert.match(wordsIn(await approval.presses('mallory', 'Approve')), /Defender does not show it to you/);
    assert.match(wordsIn(await approval.presses('mallory', 'Decline')), /Defender does not show it to you/);
  });

  it('finds nobody who can while Teams does not say who is in the conversation', async () => {
    house.teams.moods.connectorAnswers({ status: 500, method: 'GET' });
    assert.match(wordsIn(await approval.presses('bob', 'Approve')), /could not check/);
  });

  it('finds nobody who can while Defender does not answer', async () => {
    house.defender.moods.start('refuses', { status: 503, word: 'ServiceUnavailable', on: 'read-device' });
    const pressed = approval.presses('bob', 'Approve');
    for (let waits = 0; waits < 40; waits += 1) await moment();
    house.clock.advance(2000);
    assert.match(wordsIn(await pressed), /could not check/);
  });

  it('gets nowhere with presses that were sent before and come again', async () => {
    const old = await approval.presses('mallory', 'Approve');
    await approval.looks('alice');
    await approval.presses('alice', 'Change', { scanType: 'Quick', comment: 'something else' });
    await approval.cardSays(/something else/);
    const stale = execute('approve');
    assert.match(JSON.stringify(cardIn(await forges('bob', stale))), /something else/);
    for (const rev of [undefined, '2', 99, { $gt: 0 }]) {
      cardIn(await forges('bob', execute('approve', { ...data, rev })));
    }
    await house.teams.driver.sends(old.activity);
  });

  it('does not correct the scan of somebody else, nor take it back', async () => {
    for (const verb of ['change', 'withdraw', 'run', 'dismiss']) {
      assert.match(wordsIn(await forges('bob', execute(verb))), /This card is for Alice/);
    }
  });
});

describe('whoever is on the list themselves', () => {
  let house: House;
  let approval: Approval;
  beforeEach(async () => {
    house = await House.open({ APPROVAL: 'approvers', APPROVERS: oidOf('alice') });
    approval = new Approval(house);
    await approval.asks(WISH, EVERYBODY);
  });
  afterEach(() => house.close());

  it('approves nothing that they asked for, and gets no copy of it', async () => {
    assert.match(wordsIn(await approval.presses('alice', 'Approve')), OWN);
    assert.deepEqual(house.teams.driver.messages(house.teams.driver.personalChat('alice')), []);
    assert.deepEqual(house.teams.driver.mentionsOf('alice'), []);
    assert.equal(house.starts().length, 0);
  });

  it('approves what others ask for', async () => {
    const other = new Approval(house, house.teams.driver.channelThread('of bob'));
    await other.says('scan full fin-laptop-11 because ticket 1', 'bob');
    await other.shows('Waiting for approval');
    await other.presses('alice', 'Approve');
    await other.shows('Submitted, waiting for the device');
    assert.match(JSON.stringify(record(house.starts()[0])), /bob@contoso\.com/);
  });
});

describe('whoever is not in the chat any more', () => {
  let house: House;
  before(async () => {
    house = await House.open({ APPROVAL: 'second-person' });
  });
  after(() => house.close());

  it('approves nothing there', async () => {
    const approval = new Approval(house, house.teams.driver.groupChat('alice', 'bob'));
    await approval.asks(WISH, EVERYBODY);
    assert.match(wordsIn(await approval.presses('walt', 'Approve')), /Only somebody in the conversation/);
    assert.equal(house.starts().length, 0);
  });
});
