import assert from 'node:assert/strict';
import sinon from 'sinon';
import { json } from '../../src/sandbox/http.ts';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { messageAnswer } from '../../src/teams/invoke-answer.ts';
import { activity, ALICE, EVERY_KIND, inChannel, invoke, message, press, TENANT } from './support/activities.ts';
import { Entrance, Outage } from './support/entrance.ts';
import { TURNED_AWAY } from './support/turned-away.ts';

describe('the entrance', () => {
  let entrance: Entrance;
  let spies: readonly sinon.SinonSpy[] = [];
  const printed = ['error', 'warn', 'log', 'info', 'debug'] as const;

  before(async () => {
    entrance = await Entrance.open();
  });
  after(() => entrance.close());
  beforeEach(() => {
    entrance.forget();
    spies = printed.map((method) => sinon.spy(console, method));
  });
  afterEach(() => {
    const calls = spies.flatMap((spy) => spy.args as unknown[]);
    sinon.restore();
    assert.deepEqual(calls, [], 'somebody wrote to the console');
  });

  describe('the door turns away', () => {
    for (const { name, status, why, body = message('help'), authorization } of TURNED_AWAY) {
      it(`${name} with ${status}`, async () => {
        const header = authorization
          ? await authorization(entrance.channel)
          : `Bearer ${await entrance.channel.token()}`;
        const reply = await entrance.post(body, header);
        assert.deepEqual(reply, { status, text: '' });
        assert.deepEqual(entrance.turns, []);
        assert.deepEqual(entrance.refused, why === undefined ? [] : [`${status} ${why}`]);
        assert.deepEqual(entrance.faults, []);
      });
    }
  });

  describe('the door lets in', () => {
    for (const [name, raw] of Object.entries(EVERY_KIND)) {
      it(name, async () => {
        const reply = await entrance.postSigned(raw);
        assert.equal(reply.status, 200);
        assert.equal(entrance.turns.length, 1);
      });
    }

    it('a token that expired less than five minutes ago', async () => {
      const exp = Math.floor(entrance.clock.now() / SECOND) - 200;
      const reply = await entrance.post(
        message('help'),
        `Bearer ${await entrance.channel.token({ exp, nbf: exp - 3600 })}`,
      );
      assert.equal(reply.status, 200);
    });

    it('the same token until it expires by our own clock', async () => {
      const authorization = `Bearer ${await entrance.channel.token()}`;
      entrance.clock.advance(64 * MINUTE);
      assert.equal((await entrance.post(message('help'), authorization)).status, 200);
      entrance.clock.advance(2 * MINUTE);
      assert.equal((await entrance.post(message('help'), authorization)).status, 401);
      entrance.clock.advance(-66 * MINUTE);
    });

    it('a listed address of this machine without TLS', async () => {
      const serviceUrl = 'http://127.0.0.1:3979/';
      const authorization = `Bearer ${await entrance.channel.token({ serviceurl: serviceUrl })}`;
      assert.equal((await entrance.post(message('help', { serviceUrl }), authorization)).status, 200);
    });

    it('a tenant in capital letters, and in one of its two places', async () => {
      const channelData = { tenant: { id: TENANT.toUpperCase() } };
      assert.equal((await entrance.postSigned(message('help', { channelData }))).status, 200);
      assert.equal((await entrance.postSigned(message('help', { channelData: undefined }))).status, 200);
    });

    it('an arrival without a person', async () => {
      const raw = inChannel('conversationUpdate', { from: { id: '29:x' } });
      assert.equal((await entrance.postSigned(raw)).status, 200);
    });

    it('nothing with a caller or expected replies of the sender’s choice', async () => {
      const reply = await entrance.postSigned(press('run', {}, {}));
      assert.equal(reply.status, 200);
      await entrance.postSigned(
        message('help', { callerId: 'urn:botframework:aadappid:x', deliveryMode: 'expectReplies' }),
      );
      assert.equal(entrance.turns[1]?.callerId, undefined);
      assert.equal(entrance.turns[1]?.deliveryMode, undefined);
    });
  });

  describe('the door answers', () => {
    it('an invoke with what the turn gave', async () => {
      const answer = messageAnswer('done');
      entrance.logic = async (context) => {
        await context.sendActivity({ type: 'invokeResponse', value: answer });
      };
      const reply = await entrance.postSigned(press('run', {}));
      assert.deepEqual({ status: reply.status, body: JSON.parse(reply.text) as unknown }, answer);
    });

    it('an invoke that nobody answered with an error in a 200', async () => {
      const reply = await entrance.postSigned(invoke('task/fetch', {}));
      assert.equal(reply.status, 200);
      assert.match(reply.text, /"statusCode":400/);
    });

    it('a message with nothing but 200, even when the turn fails', async () => {
      entrance.logic = () => Promise.reject(new Error('secret detail'));
      assert.deepEqual(await entrance.postSigned(), { status: 200, text: '' });
      assert.equal(entrance.faults.length, 1);
      assert.match(entrance.faults[0]?.[0] ?? '', /^[0-9a-f]{8}$/);
    });

    it('a message that could not be kept with 503, so that nobody takes it for taken', async () => {
      entrance.logic = () => Promise.reject(new Outage());
      assert.deepEqual(await entrance.postSigned(), { status: 503, text: '' });
      assert.equal(entrance.faults.length, 1);
    });

    it('an invoke whose turn fails with a reference and nothing of the fault', async () => {
      entrance.logic = () => Promise.reject(new Error('secret detail'));
      const reply = await entrance.postSigned(press('run', {}));
      assert.equal(reply.status, 200);
      assert.match(reply.text, /"statusCode":500/);
      assert.ok(reply.text.includes(entrance.faults[0]?.[0] ?? 'no reference'));
      assert.ok(!reply.text.includes('secret'));
    });

    it('a token exchange whose turn fails as one that did not go well', async () => {
      entrance.logic = () => Promise.reject(new Error('secret detail'));
      const reply = await entrance.postSigned(EVERY_KIND['a token exchange']);
      assert.equal(reply.status, 412);
      assert.match(reply.text, /"id":"x","connectionName":"defender"/);
      assert.ok(!reply.text.includes('secret'));
    });

    it('nothing through the SDK, which would have its own way to retry', async () => {
      let fault: unknown;
      entrance.logic = async (context) => {
        await context.sendActivity('hello').catch((error: unknown) => (fault = error));
      };
      await entrance.postSigned(activity('message', { from: ALICE }));
      assert.match(String(fault), /Connector/);
    });
  });

  describe('the channel’s keys', () => {
    let own: Entrance;

    beforeEach(async () => {
      own = await Entrance.open();
    });
    afterEach(() => own.close());

    it('are fetched once for many', async () => {
      await Promise.all(Array.from({ length: 20 }, () => own.postSigned()));
      assert.equal(own.turns.length, 20);
      assert.equal(own.channel.keyRequests, 1);
    });

    it('are not asked for again by whoever makes up a name', async () => {
      await own.postSigned();
      for (let attempt = 0; attempt < 5; attempt += 1) {
        await own.post(message('help'), `Bearer ${await own.channel.token({}, { kid: `made-up-${attempt}` })}`);
      }
      assert.equal(own.channel.keyRequests, 1);
    });

    it('that cannot be had let nobody in, and are no fault of the sender', async () => {
      own.channel.keysAnswer = () => json(500);
      assert.deepEqual(await own.postSigned(), { status: 503, text: '' });
      assert.equal(own.faults.length, 1);
      own.channel.keysAnswer = undefined;
      assert.equal((await own.postSigned()).status, 200);
    });

    it('are not asked for by what does not even claim to be from there to this bot', async () => {
      own.channel.keysAnswer = () => json(500);
      for (const claims of [{ iss: 'https://attacker.example' }, { aud: 'deadbeef-9999-4999-8999-999999999999' }]) {
        const reply = await own.post(message('help'), `Bearer ${await own.channel.token(claims)}`);
        assert.deepEqual(reply, { status: 401, text: '' });
      }
      assert.equal(own.channel.keyRequests, 0);
    });

    it('are found when they are new', async () => {
      await own.postSigned();
      own.channel.published = ['next'];
      const time = sinon.useFakeTimers({ now: Date.now() + MINUTE, toFake: ['Date'] });
      const reply = await own.post(message('help'), `Bearer ${await own.channel.token({}, {}, 'next')}`);
      time.restore();
      assert.equal(reply.status, 200);
    });

    it('at hand still count while newer ones cannot be had', async () => {
      await own.postSigned();
      own.channel.keysAnswer = () => json(500);
      const time = sinon.useFakeTimers({ now: Date.now() + MINUTE, toFake: ['Date'] });
      const made = await own.post(message('help'), `Bearer ${await own.channel.token({}, { kid: 'made-up' })}`);
      const good = await own.postSigned();
      time.restore();
      assert.deepEqual([made.status, good.status], [401, 200]);
    });
  });
});
