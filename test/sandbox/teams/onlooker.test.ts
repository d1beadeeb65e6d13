import assert from 'node:assert/strict';
import { adaptiveCard, alice, bob, cardMessage, heading, path, troupe, type Troupe } from './troupe.ts';

describe('an onlooker', () => {
  let all: Troupe;
  let thread: string;

  beforeEach(async () => {
    all = await troupe();
    await all.teams.driver.says('alice', 'begin');
    thread = all.teams.driver.conversation(all.teams.driver.channelThread());
  });

  afterEach(() => all.close());

  const post = async (body: unknown): Promise<string> =>
    String((await all.connector('POST', path(thread), body)).body['id']);
  const put = (id: string, body: unknown): Promise<unknown> => all.connector('PUT', path(thread, id), body);

  it('reads the headings that the cards passed through, in the order of time', async () => {
    const one = await post(cardMessage({ body: [{ type: 'TextBlock', text: 'small print' }, heading('Asked')] }));
    const two = await post(cardMessage({ body: [{ type: 'TextBlock', text: 'No heading' }] }));
    await put(one, cardMessage({ body: [heading('Running')] }));
    await put(one, cardMessage({ body: [heading('Running')] }));
    await put(two, cardMessage({ body: [heading('Other')] }));
    await put(one, cardMessage({ body: [heading('Finished')] }));
    assert.deepEqual(all.teams.driver.titles(), ['Asked', 'No heading', 'Running', 'Other', 'Finished']);
    await all.connector('DELETE', path(thread, one));
    assert.equal(all.teams.driver.titles().length, 5);
    assert.equal(all.teams.driver.cards().length, 1);
  });

  it('sees who was mentioned, by whatever id, in words or in a card', async () => {
    const mention = (id: string): unknown => ({ type: 'mention', text: '<at>A</at>', mentioned: { id, name: 'A' } });
    for (const id of [alice.teamsId, alice.oid, alice.upn]) {
      await post({ type: 'message', text: 'hi <at>A</at>', entities: [mention(id)] });
    }
    const body = [{ type: 'FactSet', facts: [{ title: 'Who', value: '<at>A</at>' }] }];
    await post({
      type: 'message',
      attachments: [adaptiveCard({ body, msteams: { entities: [mention(bob.teamsId)] } })],
    });
    assert.equal(all.teams.driver.mentionsOf('alice').length, 3);
    assert.equal(all.teams.driver.mentionsOf('bob').length, 1);
    assert.equal(all.teams.driver.mentionsOf('gus').length, 0);
  });

  it('knows that an update notifies nobody', async () => {
    const id = await post({ type: 'message', text: 'hi' });
    const mention = { type: 'mention', text: '<at>A</at>', mentioned: { id: alice.teamsId } };
    await put(id, { type: 'message', text: 'hi <at>A</at>', entities: [mention] });
    assert.equal(all.teams.driver.mentionsOf('alice').length, 0);
  });

  it('tells the bot’s words from the people’s', async () => {
    await post({ type: 'message', text: 'hello' });
    assert.deepEqual(all.teams.driver.texts(), ['hello']);
    assert.deepEqual(
      all.teams.driver.messages().map(({ author }) => author.kind),
      ['person', 'bot'],
    );
    assert.equal(all.teams.driver.latestCard(), undefined);
  });

  it('waits for what happens', async () => {
    const waiting = all.teams.driver.until(() => all.teams.driver.latestCard(), 'a card');
    await post({ type: 'message', text: 'not yet' });
    await post(cardMessage({ body: [heading('Here')] }));
    assert.deepEqual((await waiting)['body'], [heading('Here')]);
    assert.equal(await all.teams.driver.until(() => 'already', 'at once'), 'already');
  });

  it('says for what it waited in vain', async () => {
    await assert.rejects(
      all.teams.driver.until(() => false, 'a miracle', 20),
      /in vain for: a miracle/,
    );
    await assert.rejects(
      all.teams.driver.until(() => {
        throw new Error('bad look');
      }, 'anything'),
      /bad look/,
    );
  });

  it('hears of messages, updates, deletions and views', async () => {
    const heard: string[] = [];
    const stop = all.teams.world.on('message', ({ text }) => heard.push(`message ${text}`));
    all.teams.on('edit', ({ text }) => heard.push(`edit ${text}`));
    all.teams.on('delete', ({ text }) => heard.push(`delete ${text}`));
    all.teams.on('view', ({ handle }) => heard.push(`view ${handle}`));
    const id = await post({ type: 'message', text: 'one' });
    await put(id, { type: 'message', text: 'two' });
    all.teams.world.keepView('bob', id, {});
    await all.connector('DELETE', path(thread, id));
    stop();
    await post({ type: 'message', text: 'three' });
    assert.deepEqual(heard, ['message one', 'edit two', 'view bob', 'delete two']);
  });
});
