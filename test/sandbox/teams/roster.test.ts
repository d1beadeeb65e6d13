import assert from 'node:assert/strict';
import { alice, APP_ID, bob, gus, TENANT, troupe, type Troupe } from './troupe.ts';

const CREATE = 'v3/conversations';

describe('the roster', () => {
  let all: Troupe;

  beforeEach(async () => {
    all = await troupe();
  });

  afterEach(() => all.close());

  const personal = (id: string): unknown => ({
    isGroup: false,
    members: [{ id }],
    bot: { id: `28:${APP_ID}` },
    tenantId: TENANT,
  });

  it('opens the same personal chat each time, by whatever id', async () => {
    await all.teams.driver.installs(all.teams.driver.personalChat('alice'));
    const [one, two] = [
      await all.connector('POST', CREATE, personal(alice.teamsId)),
      await all.connector('POST', CREATE, personal(alice.oid)),
    ];
    assert.equal(one.status, 201);
    assert.match(String(one.body['id']), /^a:/);
    assert.equal(one.body['id'], two.body['id']);
  });

  it('opens none with a person who did not install the bot', async () => {
    assert.equal((await all.connector('POST', CREATE, personal(alice.teamsId))).status, 403);
    await all.teams.driver.says('alice', 'help', all.teams.driver.personalChat('alice'));
    assert.equal((await all.connector('POST', CREATE, personal(alice.teamsId))).status, 201);
    await all.teams.driver.uninstalls(all.teams.driver.personalChat('alice'));
    assert.equal((await all.connector('POST', CREATE, personal(alice.teamsId))).status, 403);
  });

  it('makes no group chats and knows no other tenant', async () => {
    const group = { isGroup: true, members: [{ id: alice.teamsId }, { id: bob.teamsId }], tenantId: TENANT };
    assert.equal((await all.connector('POST', CREATE, group)).status, 400);
    assert.equal((await all.connector('POST', CREATE, { members: [{ id: '29:nobody' }] })).status, 400);
    await all.teams.driver.installs(all.teams.driver.personalChat('alice'));
    assert.equal((await all.connector('POST', CREATE, { ...group, isGroup: false })).status, 400);
    assert.equal((await all.connector('POST', CREATE, { ...group, members: [{ id: alice.teamsId }] })).status, 400);
    const elsewhere = { members: [{ id: alice.teamsId }], tenantId: gus.tenantId };
    assert.equal((await all.connector('POST', CREATE, elsewhere)).status, 400);
  });

  it('begins a thread in a channel with a first message', async () => {
    const { room } = all.teams.driver.channelThread();
    const asked = { isGroup: true, channelData: { channel: { id: room } }, tenantId: TENANT };
    assert.equal((await all.connector('POST', CREATE, asked)).status, 400);
    const { status, body } = await all.connector('POST', CREATE, {
      ...asked,
      activity: { type: 'message', text: 'hello' },
    });
    assert.equal(status, 201);
    assert.equal(body['id'], `${room};messageid=${String(body['activityId'])}`);
    assert.deepEqual(all.teams.driver.texts(all.teams.driver.channelThread(String(body['activityId']))), ['hello']);
  });

  it('names the members of a chat, all at once or by page', async () => {
    const { room } = all.teams.driver.groupChat('alice', 'gus');
    const members = await all.connector('GET', `v3/conversations/${encodeURIComponent(room)}/members`);
    const paged = await all.connector('GET', `v3/conversations/${encodeURIComponent(room)}/pagedmembers?pageSize=500`);
    const [first, second] = members.body['items'] as readonly Record<string, unknown>[];
    assert.deepEqual([first?.['id'], first?.['aadObjectId'], first?.['userRole']], [alice.teamsId, alice.oid, 'user']);
    assert.deepEqual([second?.['id'], second?.['userRole']], [gus.teamsId, 'guest']);
    assert.deepEqual(paged.body['members'], members.body['items']);
  });

  it('names one member, but only of that chat', async () => {
    const { room } = all.teams.driver.groupChat('alice', 'gus');
    const member = (id: string): Promise<{ status: number }> =>
      all.connector('GET', `v3/conversations/${encodeURIComponent(room)}/members/${encodeURIComponent(id)}`);
    assert.equal((await member(alice.teamsId)).status, 200);
    assert.equal((await member(alice.oid)).status, 200);
    assert.equal((await member(bob.teamsId)).status, 404);
  });
});
