import assert from 'node:assert/strict';
import { json } from '../../../src/sandbox/http.ts';
import type { Json } from '../../../src/sandbox/teams/json.ts';
import { record } from '../../../src/sandbox/teams/json.ts';
import { alice, bob, cardMessage, heading, path, troupe, type Troupe } from './troupe.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';

/** A card with its button two containers deep and a plain one at its end. */
function confirmCard(rev: number): Json {
  const start = {
    type: 'Action.Execute',
    id: 'start',
    title: 'Start',
    verb: 'scan.start',
    data: { request: 'r1', rev },
    fallback: { type: 'Action.Submit', title: 'Start', data: { verb: 'scan.start', request: 'r1' } },
  };
  return {
    body: [
      heading(`Confirm ${rev}`),
      { type: 'Input.ChoiceSet', id: 'scanType', value: 'Quick', choices: [{ title: 'Quick', value: 'Quick' }] },
      { type: 'Container', items: [{ type: 'Input.Text', id: 'comment', isMultiline: true }] },
      { type: 'Input.Toggle', id: 'sure', title: 'Sure' },
      { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'ActionSet', actions: [start] }] }] },
    ],
    actions: [
      { type: 'Action.Execute', title: 'Cancel', verb: 'scan.cancel', associatedInputs: 'none', data: { rev } },
    ],
  };
}

describe('a press', () => {
  let all: Troupe;
  let thread: string;
  let card: string;

  beforeEach(async () => {
    all = await troupe();
    await all.teams.driver.says('alice', 'begin');
    thread = all.teams.driver.conversation(all.teams.driver.channelThread());
    card = String((await all.connector('POST', path(thread), cardMessage(confirmCard(1)))).body['id']);
  });

  afterEach(() => all.close());

  const value = (): Json => record(all.bot.last['value']);
  const action = (): Json => record(value()['action']);

  it('sends the button’s data with what is in the inputs', async () => {
    await all.teams.driver.presses('alice', 'Start', { comment: ' alert 7 ', scanType: 'Full' });
    const { type, name, replyToId, conversation } = all.bot.last;
    assert.deepEqual([type, name, replyToId], ['invoke', 'adaptiveCard/action', card]);
    assert.equal(record(conversation)['id'], thread);
    assert.deepEqual(value(), {
      action: {
        type: 'Action.Execute',
        id: 'start',
        verb: 'scan.start',
        data: { request: 'r1', rev: 1, scanType: 'Full', comment: ' alert 7 ', sure: 'false' },
      },
      trigger: 'manual',
    });
  });

  it('sends what the card holds where nothing was typed, and an emptied input as empty', async () => {
    await all.teams.driver.presses('alice', 'Start');
    assert.deepEqual(action()['data'], { request: 'r1', rev: 1, scanType: 'Quick', sure: 'false' });
    await all.teams.driver.presses('alice', 'Start', { comment: '' });
    assert.deepEqual(record(action()['data'])['comment'], '');
  });

  it('sends no inputs with a button that takes none', async () => {
    await all.teams.driver.presses('alice', 'Cancel');
    assert.deepEqual(action()['data'], { rev: 1 });
    await assert.rejects(all.teams.driver.presses('alice', 'Cancel', { comment: 'x' }), /no input “comment”/);
  });

  it('needs a button of that title and an input of that id', async () => {
    await assert.rejects(all.teams.driver.presses('alice', 'Go'), /there are: Start, Cancel/);
    await assert.rejects(all.teams.driver.presses('alice', 'Start', { Comment: 'x' }), /no input “Comment”/);
  });

  it('of an old client is a message with the fallback’s data', async () => {
    await all.teams.driver.presses('alice', 'Start', { comment: 'x' }, { old: true });
    const { type, replyToId } = all.bot.last;
    assert.deepEqual([type, replyToId, 'text' in all.bot.last], ['message', card, false]);
    assert.deepEqual(value(), { verb: 'scan.start', request: 'r1', scanType: 'Quick', comment: 'x', sure: 'false' });
    await assert.rejects(all.teams.driver.presses('alice', 'Cancel', {}, { old: true }), /no fallback/);
  });

  it('of an old client finds a fallback for the whole set of actions', async () => {
    const set = (type: string): Json => ({ type: 'ActionSet', actions: [{ type, title: 'Go', data: { from: type } }] });
    const body = [{ ...set('Action.Execute'), fallback: set('Action.Submit') }];
    await all.connector('POST', path(thread), cardMessage({ body }));
    await all.teams.driver.presses('alice', 'Go', {}, { old: true });
    assert.deepEqual(value(), { from: 'Action.Submit' });
  });

  it('meets the newest card that has the button, or the one that is named', async () => {
    await all.connector('POST', path(thread), cardMessage(confirmCard(2)));
    await all.teams.driver.presses('alice', 'Start');
    assert.equal(record(action()['data'])['rev'], 2);
    await all.teams.driver.presses('alice', 'Start', {}, { card });
    assert.equal(record(action()['data'])['rev'], 1);
  });

  it('can come from an old copy, or be forged', async () => {
    await all.connector('PUT', path(thread, card), cardMessage(confirmCard(2)));
    const [old] = all.teams.world.get(card).revisions;
    await all.teams.driver.presses('alice', 'Start', {}, { card: old! });
    assert.deepEqual([record(action()['data'])['rev'], all.bot.last['replyToId']], [1, card]);
    await all.teams.driver.presses('alice', 'Start', {}, { data: { request: 'of somebody else' } });
    assert.deepEqual(action()['data'], { request: 'of somebody else' });
    await all.teams.driver.presses(
      'alice',
      'Start',
      {},
      { state: '123456', authentication: { id: 'x' }, trigger: 'automatic' },
    );
    assert.deepEqual(
      [value()['state'], value()['authentication'], value()['trigger']],
      ['123456', { id: 'x' }, 'automatic'],
    );
  });

  it('shows a card that comes back to that person alone', async () => {
    const own = { type: 'AdaptiveCard', body: [heading('Yours')] };
    all.bot.answer = () => json(200, { statusCode: 200, type: CARD, value: own });
    const { body } = await all.teams.driver.presses('alice', 'Start');
    assert.deepEqual(record(body)['value'], own);
    assert.deepEqual(all.teams.driver.viewOf('alice', card), own);
    assert.notDeepEqual(all.teams.driver.viewOf('bob', card), own);
    assert.deepEqual(all.teams.driver.titles(), ['Confirm 1']);
    await assert.rejects(all.teams.driver.presses('alice', 'Start'), /No card/);
    assert.equal((await all.teams.driver.presses('bob', 'Start')).status, 200);
  });

  it('is not answered by a card under an HTTP error', async () => {
    all.bot.answer = () => json(401, { statusCode: 200, type: CARD, value: { type: 'AdaptiveCard', body: [] } });
    assert.equal((await all.teams.driver.presses('alice', 'Start')).status, 401);
    assert.equal((await all.teams.driver.presses('alice', 'Start')).status, 401);
  });

  it('tells who listens how it was answered', async () => {
    const told: unknown[] = [];
    all.teams.on('invoke-answer', ({ handle, message, status }) => told.push([handle, message, status]));
    await all.teams.driver.presses('bob', 'Start');
    assert.deepEqual(told, [['bob', card, 200]]);
  });

  it('comes by itself from a card with a refresh, for the people it names', async () => {
    const refresh = {
      action: { type: 'Action.Execute', verb: 'scan.view', data: { request: 'r1' } },
      userIds: [bob.teamsId],
    };
    await all.connector('POST', path(thread), cardMessage({ ...confirmCard(3), refresh }));
    assert.deepEqual(await all.teams.driver.looks('alice'), []);
    assert.equal((await all.teams.driver.looks('bob')).length, 1);
    assert.deepEqual([action()['verb'], value()['trigger']], ['scan.view', 'automatic']);
  });

  it('of any other name goes where it is meant to', async () => {
    await all.teams.driver.invokes('alice', 'application/search', { queryText: 'host' });
    const { name, from } = all.bot.last;
    assert.deepEqual([name, record(from)['id'], value()['queryText']], ['application/search', alice.teamsId, 'host']);
  });
});
