import assert from 'node:assert/strict';
import { SECOND } from '../../../src/scan/time.ts';
import { adaptiveCard, alice, bob, cardMessage, heading, path, troupe, type Troupe } from './troupe.ts';

const NOW = { type: 'message', text: 'hello' };

describe('the connector', () => {
  let all: Troupe;
  let thread: string;

  beforeEach(async () => {
    all = await troupe();
    await all.teams.driver.says('alice', 'begin');
    thread = all.teams.driver.conversation(all.teams.driver.channelThread());
  });

  afterEach(() => all.close());

  const code = (body: unknown): unknown => (body as { error?: { code?: unknown } }).error?.code;

  it('stores a message in the thread that the conversation id names', async () => {
    const sent = await all.connector('POST', path(thread), NOW);
    assert.equal(sent.status, 201);
    assert.deepEqual(all.teams.driver.texts(), ['hello']);
    assert.equal(all.teams.driver.messages().at(-1)?.id, sent.body['id']);
  });

  it('takes a reply to an id that it never saw: the conversation decides', async () => {
    const sent = await all.connector('POST', path(thread, 'f:8d0f'), NOW);
    assert.equal(sent.status, 201);
    assert.equal(all.teams.driver.messages().at(-1)?.conversation, thread);
  });

  it('begins a new thread for a message to the bare channel', async () => {
    const [channel = ''] = thread.split(';');
    const { body } = await all.connector('POST', path(channel), NOW);
    const message = all.teams.world.get(String(body['id']));
    assert.equal(message.conversation, `${channel};messageid=${message.id}`);
    assert.deepEqual(all.teams.driver.texts(all.teams.driver.placeOf(message)), ['hello']);
    assert.deepEqual(all.teams.driver.texts(), []);
  });

  it('counts ids in milliseconds, upwards and never twice', async () => {
    const ids: number[] = [];
    while (ids.length < 3) ids.push(Number((await all.connector('POST', path(thread), NOW)).body['id']));
    assert.deepEqual(ids, [...new Set(ids)].sort());
    assert.ok(Math.abs((ids[0] ?? 0) - all.clock.now()) < 100);
  });

  it('lets in only who carries the bot’s token', async () => {
    assert.equal((await all.connector('POST', path(thread), NOW, 'somebody else')).status, 401);
    assert.deepEqual(all.teams.driver.texts(), []);
  });

  it('knows no other conversation and no other thread', async () => {
    const [channel = ''] = thread.split(';');
    for (const unknown of ['19:nowhere@thread.tacv2', `${channel};messageid=1`]) {
      const { status, body } = await all.connector('POST', path(unknown), NOW);
      assert.deepEqual([status, code(body)], [404, 'ConversationNotFound']);
    }
  });

  it('refuses a bot that was removed', async () => {
    await all.teams.driver.uninstalls(all.teams.driver.channelThread());
    const { status, body } = await all.connector('POST', path(thread), NOW);
    assert.deepEqual([status, code(body)], [403, 'BotNotInConversationRoster']);
  });

  it('refuses more than 100 KB, two bytes a character', async () => {
    const just = 100 * 512 - JSON.stringify({ type: 'message', text: '' }).length;
    assert.equal((await all.connector('POST', path(thread), { type: 'message', text: 'a'.repeat(just) })).status, 201);
    const { status, body } = await all.connector('POST', path(thread), { type: 'message', text: 'a'.repeat(just + 1) });
    assert.deepEqual([status, code(body)], [413, 'MessageSizeTooBig']);
  });

  it('splits text with a card into two messages and gives no id', async () => {
    const both = { ...cardMessage({ body: [heading('Scan')] }), text: 'look' };
    const sent = await all.connector('POST', path(thread), both);
    assert.deepEqual([sent.status, sent.body], [201, {}]);
    const [, text, card] = all.teams.driver.messages();
    assert.deepEqual([text?.text, text?.attachments.length, card?.text], ['look', 0, '']);
    assert.deepEqual(all.teams.driver.titles(), ['Scan']);
  });

  it('refuses a mention whose words are not in the text or the card', async () => {
    const mention = { type: 'mention', text: '<at>Alice</at>', mentioned: { id: alice.teamsId, name: 'Alice' } };
    const inCard = (text: string): unknown => ({
      type: 'message',
      attachments: [adaptiveCard({ body: [{ type: 'TextBlock', text }], msteams: { entities: [mention] } })],
    });
    const statuses = [
      await all.connector('POST', path(thread), { type: 'message', text: '<at>Alice</at> done', entities: [mention] }),
      await all.connector('POST', path(thread), { type: 'message', text: 'Alice done', entities: [mention] }),
      await all.connector('POST', path(thread), inCard('for <at>Alice</at>')),
      await all.connector('POST', path(thread), inCard('for Alice')),
    ].map(({ status }) => status);
    assert.deepEqual(statuses, [201, 400, 201, 400]);
  });

  it('refuses what is no message', async () => {
    const oauth = { contentType: 'application/vnd.microsoft.card.oauth', content: { tokenExchangeResource: null } };
    const bad = [
      { type: 'message' },
      { type: 'nonsense', text: 'x' },
      'text',
      { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: 'x' }] },
      { type: 'message', attachments: [oauth] },
      cardMessage({ refresh: { userIds: Array.from({ length: 61 }, () => 'x') } }),
    ];
    for (const body of bad)
      assert.equal((await all.connector('POST', path(thread), body)).status, 400, JSON.stringify(body));
  });

  it('takes a typing sign and shows nothing', async () => {
    const before = all.teams.driver.messages().length;
    assert.equal((await all.connector('POST', path(thread), { type: 'typing' })).status, 201);
    assert.equal(all.teams.driver.messages().length, before);
  });

  it('replaces a message, and with it everybody’s own view', async () => {
    const { body } = await all.connector('POST', path(thread), cardMessage({ body: [heading('One')] }));
    const id = String(body['id']);
    all.teams.world.keepView('alice', id, { type: 'AdaptiveCard', body: [heading('Mine')] });
    const { status } = await all.connector('PUT', path(thread, id), cardMessage({ body: [heading('Two')] }));
    assert.equal(status, 200);
    assert.deepEqual(all.teams.driver.titles(), ['One', 'Two']);
    assert.deepEqual(all.teams.driver.viewOf('alice', id), all.teams.driver.latestCard());
    assert.notEqual(all.teams.world.get(id).editedAt, undefined);
  });

  it('deletes a message once', async () => {
    const id = String((await all.connector('POST', path(thread), NOW)).body['id']);
    assert.equal((await all.connector('DELETE', path(thread, id))).status, 200);
    assert.deepEqual(all.teams.driver.texts(), []);
    const { status, body } = await all.connector('DELETE', path(thread, id));
    assert.deepEqual([status, code(body)], [404, 'ActivityNotFoundInConversation']);
  });

  it('updates nothing unknown, nothing of another room and nothing of a person', async () => {
    const group = all.teams.driver.conversation(all.teams.driver.groupChat('alice', 'bob'));
    const id = String((await all.connector('POST', path(thread), NOW)).body['id']);
    assert.equal((await all.connector('PUT', path(thread, '1'), NOW)).status, 404);
    assert.equal((await all.connector('PUT', path(group, id), NOW)).status, 404);
    const said = all.teams.driver.messages()[0]?.id;
    assert.equal((await all.connector('PUT', path(thread, said), NOW)).status, 403);
  });

  it('keeps the limits of a thread once told to', async () => {
    const sends = async (times: number): Promise<ReadonlySet<number>> => {
      const statuses = new Set<number>();
      for (let nth = 0; nth < times; nth += 1) statuses.add((await all.connector('POST', path(thread), NOW)).status);
      return statuses;
    };
    assert.deepEqual([...(await sends(9))], [201]);
    all.teams.moods.limitsRate = true;
    assert.deepEqual([...(await sends(7))], [201]);
    const refused = await all.connector('POST', path(thread), NOW);
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '1']);
    const other = all.teams.driver.conversation(all.teams.driver.groupChat('alice', 'bob'));
    assert.equal((await all.connector('POST', path(other), NOW)).status, 201);
    all.clock.advance(SECOND);
    assert.equal((await all.connector('POST', path(thread), NOW)).status, 201);
  });

  it('shows a targeted message to one person', async () => {
    const recipient = { id: bob.teamsId, isTargeted: true };
    const query = `${path(thread)}?isTargetedActivity=true`;
    await all.connector('POST', query, {
      ...cardMessage({ actions: [{ type: 'Action.Execute', title: 'Go' }] }),
      recipient,
    });
    await assert.rejects(all.teams.driver.presses('alice', 'Go'), /no(ne| card)/i);
    assert.equal((await all.teams.driver.presses('bob', 'Go')).status, 200);
    assert.equal((await all.connector('POST', query, NOW)).status, 400);
  });
});
