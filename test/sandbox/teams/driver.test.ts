import assert from 'node:assert/strict';
import { json } from '../../../src/sandbox/http.ts';
import { activityId } from '../../../src/sandbox/teams/driver.ts';
import { record } from '../../../src/sandbox/teams/json.ts';
import { alice, APP_ID, bob, path, TENANT, troupe, type Troupe } from './troupe.ts';

describe('a person in Teams', () => {
  let all: Troupe;

  beforeEach(async () => {
    all = await troupe();
  });

  afterEach(() => all.close());

  it('begins a thread with the first words and answers in it with the next', async () => {
    const { driver } = all.teams;
    const [root, reply] = [await driver.says('alice', 'one'), await driver.says('bob', 'two')];
    const thread = driver.conversation(driver.channelThread());
    assert.equal(thread.split(';messageid=')[1], activityId(root));
    assert.notEqual(activityId(reply), activityId(root));
    for (const heard of all.bot.heard) assert.equal(record(heard['conversation'])['id'], thread);
    assert.equal(driver.messages()[1]?.replyTo, activityId(root));
    await driver.says('alice', 'three', driver.channelThread('second'));
    assert.equal(driver.messages().length, 2);
  });

  it('mentions the bot in a channel, as Teams writes it', async () => {
    await all.teams.driver.says('alice', 'scan a < b');
    const { text, entities, attachments, from, channelData, localTimestamp } = all.bot.last;
    const bot = { id: `28:${APP_ID}`, name: 'Scan Bot' };
    assert.equal(text, '<at>Scan Bot</at> scan a &lt; b');
    assert.deepEqual(entities, [
      { mentioned: bot, text: '<at>Scan Bot</at>', type: 'mention' },
      { locale: 'en-US', country: 'US', platform: 'Web', timezone: 'America/Los_Angeles', type: 'clientInfo' },
    ]);
    assert.match(JSON.stringify(attachments), /text\/html.*itemid=.*&nbsp;scan a &lt; b/);
    assert.deepEqual(from, { id: alice.teamsId, name: 'Alice', aadObjectId: alice.oid });
    assert.deepEqual(Object.keys(record(channelData)), ['teamsChannelId', 'teamsTeamId', 'channel', 'team', 'tenant']);
    assert.match(String(localTimestamp), /-0[78]:00$/);
    assert.equal(Date.parse(String(localTimestamp)), Date.parse(String(all.bot.last['timestamp'])));
  });

  it('writes to a group chat with a mention, and to the bot alone without', async () => {
    const { driver } = all.teams;
    await driver.says('alice', 'help', driver.groupChat('bob', 'alice'));
    assert.equal(all.bot.last['text'], '<at>Scan Bot</at> help');
    assert.deepEqual(record(all.bot.last['conversation'])['conversationType'], 'groupChat');
    assert.match(String(record(all.bot.last['conversation'])['id']), /^19:.*@thread\.v2$/);
    await driver.says('alice', 'help', driver.personalChat('alice'));
    assert.equal(all.bot.last['text'], 'help');
    assert.equal('attachments' in all.bot.last, false);
    assert.equal('isGroup' in record(all.bot.last['conversation']), false);
    assert.deepEqual(all.bot.last['channelData'], { tenant: { id: TENANT } });
  });

  it('can come from another tenant, from none, or bent in any other way', async () => {
    const { driver } = all.teams;
    await driver.says('alice', 'x', undefined, { tenant: 'other' });
    assert.equal(record(all.bot.last['conversation'])['tenantId'], 'other');
    assert.deepEqual(record(all.bot.last['channelData'])['tenant'], { id: 'other' });
    await driver.says('alice', 'x', undefined, { tenant: 'none' });
    assert.equal('tenantId' in record(all.bot.last['conversation']), false);
    assert.equal('tenant' in record(all.bot.last['channelData']), false);
    await driver.says('alice', 'x', undefined, { mention: false, change: (activity) => ({ ...activity, from: {} }) });
    assert.deepEqual([all.bot.last['from'], all.bot.last['text']], [{}, 'x']);
  });

  it('hears what the bot answered, and 0 when it did not', async () => {
    all.bot.answer = () => json(202, { said: 'yes' });
    const { status, body } = await all.teams.driver.says('alice', 'x');
    assert.deepEqual([status, body], [202, { said: 'yes' }]);
    all.bot.answer = () => ({ kind: 'cut' });
    assert.equal((await all.teams.driver.says('alice', 'x')).status, 0);
  });

  it('sends the same activity once more, a forged one, or one without a token', async () => {
    const { driver } = all.teams;
    const { activity } = await driver.says('alice', 'x');
    await driver.sends(activity);
    assert.deepEqual(all.bot.heard[1], all.bot.heard[0]);
    await driver.sends({ type: 'forged' }, { token: 'made.up.token' });
    assert.deepEqual([all.bot.last['type'], all.bot.tokens.at(-1)], ['forged', 'made.up.token']);
    await driver.sendsUnsigned({ type: 'forged' });
    assert.equal(all.bot.tokens.at(-1), '');
  });

  it('edits and deletes what they said last', async () => {
    const { driver } = all.teams;
    const first = activityId(await driver.says('alice', 'one'));
    await driver.says('bob', 'other');
    await driver.edits('alice', 'two');
    const { type, id, channelData } = all.bot.last;
    assert.deepEqual([type, id, record(channelData)['eventType']], ['messageUpdate', first, 'editMessage']);
    assert.equal(all.bot.last['text'], '<at>Scan Bot</at> two');
    assert.equal(driver.messages()[0]?.text, 'two');
    await driver.deletes('alice');
    assert.deepEqual([all.bot.last['type'], all.bot.last['id']], ['messageDelete', first]);
    assert.equal(driver.messages().length, 1);
    await assert.rejects(driver.deletes('gus'), /said nothing/);
  });

  it('installs and removes the bot in a team', async () => {
    const { driver, world } = all.teams;
    const place = driver.channelThread();
    await driver.uninstalls(place);
    assert.deepEqual(
      all.bot.heard.map(({ type, action }) => [type, action]),
      [
        ['conversationUpdate', undefined],
        ['installationUpdate', 'remove'],
      ],
    );
    assert.equal(world.rooms.hasBot(world.rooms.get(place.room)), false);
    await driver.installs(place, 'bob');
    const [, , joined, added] = all.bot.heard;
    assert.deepEqual(joined?.['membersAdded'], [{ id: `28:${APP_ID}` }]);
    assert.deepEqual([added?.['action'], record(added?.['from'])['id']], ['add', bob.teamsId]);
    assert.equal(record(added?.['conversation'])['id'], place.room);
  });

  it('installs the bot for themselves', async () => {
    const { driver } = all.teams;
    await driver.installs(driver.personalChat('bob'));
    assert.deepEqual(all.bot.named('conversationUpdate')[0]?.['membersAdded'], [
      { id: `28:${APP_ID}` },
      { id: bob.teamsId, aadObjectId: bob.oid },
    ]);
    assert.equal(all.bot.named('installationUpdate').length, 1);
  });

  it('finds a chat that the bot opened', async () => {
    const { driver } = all.teams;
    await driver.installs(driver.personalChat('bob'));
    const { room } = driver.personalChat('bob');
    await all.connector('POST', path(room), { type: 'message', text: 'for you' });
    assert.deepEqual(driver.texts(driver.personalChat('bob')), ['for you']);
  });

  it('must be somebody', async () => {
    await assert.rejects(all.teams.driver.says('nobody', 'x'), /nobody/);
    assert.throws(() => all.teams.driver.groupChat('alice', 'nobody'), /nobody/);
    assert.throws(() => all.teams.driver.conversation(all.teams.driver.channelThread('silent')), /Nothing was said/);
  });

  it('needs to know where the bot is', async () => {
    all.teams.botUrl = undefined;
    await assert.rejects(all.teams.driver.says('alice', 'x'), /botUrl/);
  });
});
