import assert from 'node:assert/strict';
import { BOT_TOKEN, path, troupe, type Answered, type Troupe } from './troupe.ts';

const HELLO = { type: 'message', text: 'hello' };

describe('a connector in a mood', () => {
  let all: Troupe;
  let thread: string;

  beforeEach(async () => {
    all = await troupe();
    await all.teams.driver.says('alice', 'begin');
    thread = all.teams.driver.conversation(all.teams.driver.channelThread());
  });

  afterEach(() => all.close());

  const post = (): Promise<Answered> => all.connector('POST', path(thread), HELLO);

  it('answers so many calls with an error, and does nothing', async () => {
    all.teams.moods.connectorAnswers({ status: 429, code: 'Throttled', retryAfter: '7' }, 2);
    for (const answer of [await post(), await post()]) {
      assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '7']);
      assert.deepEqual(answer.body, { error: { code: 'Throttled', message: '' } });
    }
    assert.deepEqual(all.teams.driver.texts(), []);
    assert.equal((await post()).status, 201);
  });

  it('answers with a page of somebody in between', async () => {
    all.teams.moods.connectorAnswers({ status: 502, html: '<h1>Bad gateway</h1>' });
    const answer = await post();
    assert.deepEqual([answer.status, answer.text], [502, '<h1>Bad gateway</h1>']);
  });

  it('troubles only calls of one method', async () => {
    all.teams.moods.connectorAnswers({ status: 500, method: 'PUT' });
    const { status, body } = await post();
    assert.equal(status, 201);
    const id = String(body['id']);
    assert.equal((await all.connector('PUT', path(thread, id), HELLO)).status, 500);
    assert.equal((await all.connector('PUT', path(thread, id), HELLO)).status, 200);
  });

  it('loses the answer after the message was stored', async () => {
    all.teams.moods.connectorLosesAnswers();
    await assert.rejects(post());
    assert.deepEqual(all.teams.driver.texts(), ['hello']);
    assert.equal((await post()).status, 201);
  });

  it('takes its time, by the clock', async () => {
    all.teams.moods.connectorTakes(4000);
    const waits = all.clock.nextWait();
    const answer = post();
    await waits;
    assert.deepEqual(all.teams.driver.texts(), []);
    all.clock.advance(4000);
    assert.equal((await answer).status, 201);
  });

  it('asks for the token all the same', async () => {
    all.teams.moods.connectorAnswers({ status: 503 });
    assert.equal((await all.connector('POST', path(thread), HELLO, 'stranger')).status, 401);
    assert.equal((await all.connector('POST', path(thread), HELLO, BOT_TOKEN)).status, 503);
  });

  it('calms down', async () => {
    all.teams.moods.connectorAnswers({ status: 503 }, 9);
    all.teams.moods.connectorTakes(4000);
    all.teams.moods.calm();
    assert.equal((await post()).status, 201);
  });
});
