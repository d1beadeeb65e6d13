import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { json } from '../../../src/sandbox/http.ts';
import { record, type Json } from '../../../src/sandbox/teams/json.ts';
import type { Place } from '../../../src/sandbox/teams/rooms.ts';
import { alice, APP_ID, bob, cardMessage, path, troupe, type Troupe } from './troupe.ts';

const LOGIN = 'application/vnd.microsoft.activity.loginRequest';
const EXCHANGE = 'signin/tokenExchange';
const VERIFY = 'signin/verifyState';

describe('signing in', () => {
  let all: Troupe;

  beforeEach(async () => {
    all = await troupe();
  });

  afterEach(() => all.close());

  const offer = (withExchange = true): Json => {
    const { signIns } = all.teams;
    const resource = signIns.open(signIns.keyOf(alice.teamsId), withExchange);
    const buttons = [{ type: 'signin', title: 'Sign in', value: resource.signInLink }];
    const { tokenExchangeResource } = resource;
    return {
      text: 'Please sign in',
      connectionName: 'defender',
      buttons,
      ...(tokenExchangeResource ? { tokenExchangeResource } : {}),
    };
  };

  const oauthCard = async (place: Place, content = offer()): Promise<void> => {
    const attachments = [{ contentType: 'application/vnd.microsoft.card.oauth', content }];
    await all.connector('POST', path(all.teams.driver.conversation(place)), { type: 'message', attachments });
  };

  const tokenOfAlice = async (): Promise<unknown> => {
    const token = await all.teams.signIns.token(all.teams.signIns.keyOf(alice.teamsId));
    return token === undefined ? undefined : decodeJwt(token)['oid'];
  };

  /** What a bot does with a code. */
  const redeem = (activity: Json): boolean => {
    const state = String(record(activity['value'])['state']);
    return all.teams.signIns.redeem(all.teams.signIns.keyOf(alice.teamsId), state) !== undefined;
  };

  const names = (): readonly unknown[] => all.bot.heard.filter(({ type }) => type === 'invoke').map(({ name }) => name);

  describe('by a card', () => {
    let chat: Place;

    beforeEach(async () => {
      chat = all.teams.driver.personalChat('alice');
      await all.teams.driver.says('alice', 'sign in', chat);
    });

    it('is silent in a personal chat: one exchange for every open client', async () => {
      await oauthCard(chat);
      const { status } = await all.teams.driver.signsIn('alice', { copies: 3 });
      assert.equal(status, 200);
      assert.deepEqual(names(), [EXCHANGE, EXCHANGE, EXCHANGE]);
      const [first, ...others] = all.bot.named(EXCHANGE);
      for (const other of others) {
        assert.deepEqual(other['value'], first?.['value']);
        assert.notEqual(other['id'], first?.['id']);
      }
      const { connectionName, token } = record(first?.['value']);
      const { oid, azp } = decodeJwt(String(token));
      assert.deepEqual([connectionName, oid, azp === APP_ID], ['defender', alice.oid, false]);
    });

    it('falls to the button when the exchange is refused', async () => {
      await oauthCard(chat);
      all.bot.answer = (activity) => json(activity['name'] === EXCHANGE ? 412 : 200);
      await all.teams.driver.signsIn('alice');
      assert.deepEqual(names(), [EXCHANGE, VERIFY]);
      assert.equal(all.bot.last['replyToId'], all.teams.driver.messages(chat).at(-1)?.id);
      assert.equal(redeem(all.bot.last), true);
      assert.equal(await tokenOfAlice(), alice.oid);
    });

    it('goes by the button where no exchange is offered, or nobody wants it', async () => {
      await oauthCard(chat, offer(false));
      await all.teams.driver.signsIn('alice');
      await oauthCard(chat);
      await all.teams.driver.signsIn('alice', { byButton: true });
      assert.deepEqual(names(), [VERIFY, VERIFY]);
    });

    it('goes by the button in a group chat, which everybody sees', async () => {
      const group = all.teams.driver.groupChat('alice', 'bob');
      await oauthCard(group, offer(false));
      await all.teams.driver.signsIn('bob', { place: group });
      assert.deepEqual(names(), [VERIFY]);
      assert.equal(record(all.bot.last['from'])['id'], bob.teamsId);
    });

    it('fails silently in a channel and for a foreign resource, and the button still works', async () => {
      await all.teams.driver.says('alice', 'begin');
      await oauthCard(all.teams.driver.channelThread());
      await all.teams.driver.signsIn('alice');
      assert.deepEqual(names(), ['signin/failure', VERIFY]);
      assert.equal(record(all.bot.named('signin/failure')[0]?.['value'])['code'], 'resourcematchfailed');
      const foreign = { ...offer(), tokenExchangeResource: { id: 'x', uri: 'api://another' } };
      await oauthCard(chat, foreign);
      await all.teams.driver.signsIn('alice');
      assert.deepEqual(names().slice(2), ['signin/failure', VERIFY]);
    });

    it('can be somebody else’s', async () => {
      await oauthCard(chat);
      await all.teams.driver.signsIn('alice', { as: 'bob' });
      assert.deepEqual(names(), [VERIFY]);
      redeem(all.bot.last);
      assert.equal(await tokenOfAlice(), bob.oid);
    });

    it('can be cancelled, or end with a wrong code', async () => {
      await oauthCard(chat);
      await all.teams.driver.signsIn('alice', { cancel: true });
      assert.deepEqual(all.bot.last['value'], { state: 'CancelledByUser' });
      await all.teams.driver.signsIn('alice', { wrongCode: true });
      assert.match(String(record(all.bot.last['value'])['state']), /^\d{6}$/);
      assert.equal(redeem(all.bot.last), false);
      await all.teams.driver.signsIn('alice', { byButton: true });
      assert.equal(redeem(all.bot.last), true);
    });

    it('follows the newest request, wherever it came', async () => {
      const group = all.teams.driver.groupChat('alice', 'bob');
      await oauthCard(chat);
      await oauthCard(group, offer(false));
      await oauthCard(chat);
      await all.teams.driver.signsIn('alice');
      assert.deepEqual(names(), [EXCHANGE]);
    });

    it('needs somebody to have asked', async () => {
      await assert.rejects(all.teams.driver.signsIn('alice'), /Nobody asked/);
      await oauthCard(chat);
      const place = all.teams.driver.groupChat('alice', 'bob');
      await assert.rejects(all.teams.driver.signsIn('alice', { place }), /Nobody asked/);
      await all.teams.driver.signsIn('alice');
      await assert.rejects(all.teams.driver.signsIn('alice'), /Nobody asked/);
    });

    it('is over when the card is deleted', async () => {
      await oauthCard(chat);
      all.teams.world.remove(all.teams.driver.messages(chat).at(-1)!.id);
      await assert.rejects(all.teams.driver.signsIn('alice'), /Nobody asked/);
    });
  });

  describe('for a press', () => {
    let answers: readonly number[];

    beforeEach(async () => {
      await all.teams.driver.says('alice', 'begin');
      const action = { type: 'Action.Execute', title: 'Start', verb: 'scan.start', data: { request: 'r1' } };
      const thread = all.teams.driver.conversation(all.teams.driver.channelThread());
      await all.connector('POST', path(thread), cardMessage({ actions: [action] }));
      answers = [401];
      all.bot.answer = () => {
        const [statusCode = 200, ...rest] = answers;
        answers = rest;
        return json(200, {
          statusCode,
          type: statusCode === 401 ? LOGIN : 'x',
          value: statusCode === 401 ? offer() : 'done',
        });
      };
      await all.teams.driver.presses('alice', 'Start');
    });

    const values = (): readonly Json[] =>
      all.bot.named('adaptiveCard/action').map((activity) => record(activity['value']));

    it('sends the same press again with a token', async () => {
      const { body } = await all.teams.driver.signsIn('alice');
      assert.equal(record(body)['statusCode'], 200);
      const [first, second] = values();
      assert.deepEqual([second?.['action'], second?.['trigger']], [first?.['action'], 'manual']);
      const { connectionName, token } = record(second?.['authentication']);
      assert.deepEqual([connectionName, decodeJwt(String(token))['oid']], ['defender', alice.oid]);
      await assert.rejects(all.teams.driver.signsIn('alice'), /Nobody asked/);
    });

    it('sends it with a code when the token did not do', async () => {
      answers = [412];
      await all.teams.driver.signsIn('alice');
      assert.equal(values().length, 3);
      assert.equal('authentication' in values()[2]!, false);
      assert.equal(redeem(all.bot.last), true);
    });

    it('sends it with a code when asked a second time', async () => {
      answers = [401];
      await all.teams.driver.signsIn('alice');
      assert.equal(values().length, 3);
      assert.equal(redeem(all.bot.last), true);
    });

    it('can end with a wrong code and be tried again', async () => {
      answers = [401];
      await all.teams.driver.signsIn('alice', { wrongCode: true });
      assert.equal(redeem(all.bot.last), false);
      await all.teams.driver.signsIn('alice', { as: 'bob' });
      assert.equal(redeem(all.bot.last), true);
      assert.equal(await tokenOfAlice(), bob.oid);
    });

    it('is asked of that person only', async () => {
      await assert.rejects(all.teams.driver.signsIn('bob'), /Nobody asked bob/);
    });

    it('is not asked by an answer under an HTTP error', async () => {
      all.bot.answer = () => json(401, { statusCode: 401, type: LOGIN, value: offer() });
      await all.teams.driver.presses('bob', 'Start');
      await assert.rejects(all.teams.driver.signsIn('bob'), /Nobody asked bob/);
    });
  });
});
