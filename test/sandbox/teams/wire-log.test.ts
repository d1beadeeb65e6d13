import assert from 'node:assert/strict';
import { alice, assertionFor, APP_ID, path, troupe, type Troupe } from './troupe.ts';

describe('the wire log', () => {
  let all: Troupe;

  beforeEach(async () => {
    all = await troupe();
    await all.teams.driver.says('alice', 'begin');
  });

  afterEach(() => all.close());

  it('has every call to the bot and from it, with the claims of its token', async () => {
    const thread = all.teams.driver.conversation(all.teams.driver.channelThread());
    const told: unknown[] = [];
    all.teams.on('wire', (entry) => told.push(entry));
    await all.connector('POST', path(thread), { type: 'message', text: 'hello' }, await assertionFor('the bot'));
    const [out, into] = all.teams.wire;
    assert.deepEqual([out?.direction, out?.method, out?.path, out?.status], ['out', 'POST', '/api/messages', 200]);
    assert.equal(out?.claims?.['serviceurl'], all.teams.serviceUrl);
    assert.deepEqual(
      [into?.direction, into?.method, into?.status, into?.claims?.['oid']],
      ['in', 'POST', 401, 'the bot'],
    );
    assert.deepEqual(into?.body, { type: 'message', text: 'hello' });
    assert.ok(into.path.endsWith(`/${path(thread)}`));
    assert.deepEqual(told, [into]);
  });

  it('says 0 where nothing was answered', async () => {
    const thread = all.teams.driver.conversation(all.teams.driver.channelThread());
    all.teams.moods.connectorLosesAnswers();
    await assert.rejects(all.connector('POST', path(thread), { type: 'message', text: 'hello' }));
    assert.equal(all.teams.wire.at(-1)?.status, 0);
  });

  it('never has a token', async () => {
    const { driver } = all.teams;
    const token = await assertionFor(alice.oid);
    await driver.isSignedIn('alice');
    const query = `userId=${encodeURIComponent(alice.teamsId)}&connectionName=defender&channelId=msteams`;
    await all.tokens('GET', `api/usertoken/GetToken?${query}`);
    await all.tokens('POST', `api/usertoken/exchange?${query}`, { token });
    await all.tokens('GET', `api/usertoken/GetToken?${query}&code=${token}`);
    await driver.invokes('alice', 'signin/tokenExchange', { id: '1', token: 'opaque', nested: [`Bearer ${token}`] });
    await driver.sends(`{"raw":"${token}"}`, { token });
    const written = JSON.stringify(all.teams.wire);
    for (const part of ['eyJ', 'opaque', token.split('.')[2]!]) assert.equal(written.includes(part), false, part);
    assert.equal(
      all.teams.wire.some(({ claims }) => claims?.['aud'] === APP_ID),
      true,
    );
  });
});
