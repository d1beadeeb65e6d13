import assert from 'node:assert/strict';
import { json } from '../../src/sandbox/http.ts';
import type { HttpAnswer } from '../../src/sandbox/http.ts';
import { readThreadId } from '../../src/scan/ids.ts';
import { refused } from '../../src/scan/refusal.ts';
import { HOUR, SECOND } from '../../src/scan/time.ts';
import { Connector } from '../../src/teams/connector.ts';
import type { ConnectorParts } from '../../src/teams/connector.ts';
import type { Sent } from '../../src/teams/sent.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ALICE, BOT, CHANNEL, ROOT, TENANT } from './support/activities.ts';
import { ALICE_HERSELF, Microsoft, NET } from './support/microsoft.ts';

describe('the connector', () => {
  let microsoft: Microsoft;
  const clock = new FakeClock();

  before(async () => {
    microsoft = await Microsoft.start();
  });
  after(() => microsoft.close());

  function connector(parts: Partial<ConnectorParts> = {}): Connector {
    const serviceHosts = [microsoft.host];
    return new Connector({ net: NET, token: microsoft.token, clock, serviceHosts, timeoutMs: SECOND / 5, ...parts });
  }

  function fault(status: number, code: string, headers: Record<string, string> = {}): HttpAnswer {
    return json(status, { error: { code, message: 'Never read this.' } }, headers);
  }

  for (const part of ['.', '..']) {
    it(`never sends where a segment of the path is ${part}`, async () => {
      const sent = await connector().replace(microsoft.thread(), part, {});
      assert.deepEqual(sent, { ok: false, why: 'impossible', code: 'path' });
    });
  }

  const SOON = 5 * SECOND;

  interface Outcome {
    readonly why: string;
    readonly code: string;
    readonly in?: number;
  }

  const OUTCOMES: readonly (readonly [string, HttpAnswer, Outcome, Outcome])[] = (
    [
      ['400', fault(400, 'BadArgument'), { why: 'impossible', code: 'BadArgument' }],
      ['401', fault(401, 'BotNotRegistered'), { why: 'impossible', code: 'BotNotRegistered' }],
      ['403 by an admin', fault(403, 'BotDisabledByAdmin'), { why: 'blocked', code: 'BotDisabledByAdmin' }],
      [
        '403 after a removal',
        fault(403, 'BotNotInConversationRoster'),
        { why: 'blocked', code: 'BotNotInConversationRoster' },
      ],
      [
        '403 by a person',
        fault(403, 'ConversationBlockedByUser'),
        { why: 'blocked', code: 'ConversationBlockedByUser' },
      ],
      ['403 for writing', fault(403, 'MessageWritesBlocked'), { why: 'blocked', code: 'MessageWritesBlocked' }],
      [
        '404 for the message',
        fault(404, 'ActivityNotFoundInConversation'),
        { why: 'gone', code: 'ActivityNotFoundInConversation' },
      ],
      ['404 for the conversation', fault(404, 'ConversationNotFound'), { why: 'gone', code: 'ConversationNotFound' }],
      ['412', fault(412, 'PreconditionFailed'), { why: 'retry', code: 'PreconditionFailed', in: SOON }],
      ['413', fault(413, 'MessageSizeTooBig'), { why: 'impossible', code: 'MessageSizeTooBig' }],
      ['429', fault(429, 'Throttled'), { why: 'retry', code: 'Throttled', in: SOON, isThrottled: true }],
      [
        '429 with a time',
        fault(429, 'Throttled', { 'retry-after': '17' }),
        { why: 'retry', code: 'Throttled', in: 17 * SECOND, isThrottled: true },
      ],
      [
        '429 with a day',
        fault(429, 'Throttled', { 'retry-after': '86400' }),
        { why: 'retry', code: 'Throttled', in: HOUR, isThrottled: true },
      ],
      ['500', fault(500, 'ServiceError'), { why: 'impossible', code: 'ServiceError' }],
      [
        '502',
        fault(502, 'ServiceError'),
        { why: 'unknown', code: 'ServiceError' },
        { why: 'retry', code: 'ServiceError', in: SOON },
      ],
      ['503', json(503), { why: 'retry', code: '503', in: SOON }],
      ['503 with a time', json(503, undefined, { 'retry-after': '3' }), { why: 'retry', code: '503', in: 3 * SECOND }],
      ['504', json(504), { why: 'unknown', code: '504' }, { why: 'retry', code: '504', in: SOON }],
      ['a redirect', json(302, undefined, { location: '/elsewhere' }), { why: 'impossible', code: 'redirect' }],
      [
        'a broken connection',
        { kind: 'cut' },
        { why: 'unknown', code: 'network' },
        { why: 'retry', code: 'network', in: SOON },
      ],
      [
        'silence',
        { kind: 'silence' },
        { why: 'unknown', code: 'timeout' },
        { why: 'retry', code: 'timeout', in: SOON },
      ],
      ['a code of many words', fault(400, 'a sentence with a token'), { why: 'impossible', code: '400' }],
    ] as const
  ).map(([name, answer, posted, replaced]) => [name, answer, posted, replaced ?? posted]);

  function same(sent: Sent, { in: pause, ...outcome }: Outcome): void {
    assert.deepEqual(sent, { ok: false, ...outcome, ...(pause !== undefined && { at: clock.now() + pause }) });
  }

  describe('a message to Teams', () => {
    it('is posted into its thread, addressed and signed', async () => {
      microsoft.answers(json(201, { id: '1759' }));
      const sent = await connector().post(microsoft.thread(), { type: 'message', text: 'hello' });
      assert.deepEqual(sent, { ok: true, id: '1759' });
      const [call] = microsoft.calls;
      assert.equal(call?.method, 'POST');
      assert.equal(
        call.path,
        `/emea/v3/conversations/${encodeURIComponent(`${CHANNEL};messageid=${ROOT}`)}/activities`,
      );
      assert.equal(call.headers.authorization, 'Bearer bot-token-0');
      assert.deepEqual(call.body, {
        type: 'message',
        text: 'hello',
        channelId: 'msteams',
        serviceUrl: `${microsoft.url}/emea/`,
        from: BOT,
        conversation: {
          id: `${CHANNEL};messageid=${ROOT}`,
          isGroup: true,
          conversationType: 'channel',
          tenantId: TENANT,
        },
      });
    });

    it('answers a certain message where there is one', async () => {
      microsoft.answers(json(201, { id: '1759' }));
      await connector().post(microsoft.thread(), { text: 'hello', recipient: { id: ALICE.id } }, '17/4');
      const body = microsoft.calls[0]?.body as Record<string, unknown>;
      assert.match(microsoft.calls[0]?.path ?? '', /\/activities\/17%2F4$/);
      assert.deepEqual([body['replyToId'], body['recipient'], body['type']], ['17/4', { id: ALICE.id }, 'message']);
    });

    it('names the sort of conversation as Teams does', async () => {
      const sorts = [];
      for (const kind of ['personal', 'group', 'channel'] as const) {
        microsoft.answers(json(201, {}));
        assert.deepEqual(await connector().post(microsoft.thread({ kind }), {}), { ok: true, id: '' });
        const { conversation } = microsoft.calls[0]?.body as { conversation: Record<string, unknown> };
        sorts.push([conversation['conversationType'], conversation['isGroup']]);
      }
      assert.deepEqual(sorts, [
        ['personal', undefined],
        ['groupChat', true],
        ['channel', true],
      ]);
    });

    it('takes the place of another', async () => {
      microsoft.answers(json(200));
      const sent = await connector().replace(microsoft.thread(), '1759', { type: 'message', summary: 'x' });
      assert.deepEqual(sent, { ok: true, id: '1759' });
      const [call] = microsoft.calls;
      assert.equal(call?.method, 'PUT');
      assert.match(call.path, /\/activities\/1759$/);
      assert.equal((call.body as Record<string, unknown>)['id'], '1759');
    });

    for (const [name, answer, posted, replaced] of OUTCOMES) {
      it(`that meets ${name} is ${posted.why}, and ${replaced.why} when it takes the place of another`, async () => {
        const calls = name === '401' ? 2 : 1;
        microsoft.answers(answer);
        same(await connector().post(microsoft.thread(), {}), posted);
        assert.equal(microsoft.calls.length, calls);
        microsoft.answers(answer);
        same(await connector().replace(microsoft.thread(), '1', {}), replaced);
        assert.equal(microsoft.calls.length, calls);
      });
    }

    it('that could not even leave is sent again', async () => {
      const nobody = connector({ serviceHosts: ['127.0.0.1:1'] });
      const sent = await nobody.post(microsoft.thread({ serviceUrl: 'http://127.0.0.1:1/' }), {});
      same(sent, { why: 'retry', code: 'network', in: SOON });
    });

    it('is sent once more with a fresh token when the first is refused', async () => {
      microsoft.answers(json(401), json(201, { id: '9' }));
      assert.deepEqual(await connector().post(microsoft.thread(), {}), { ok: true, id: '9' });
      assert.deepEqual(microsoft.tokens, [false, true]);
      assert.equal(microsoft.calls[1]?.headers.authorization, 'Bearer bot-token-1');
    });

    it('waits while the bot has no token', async () => {
      microsoft.answers(json(201, { id: '9' }));
      const token = (): ReturnType<ConnectorParts['token']> =>
        Promise.resolve(refused('entra-unavailable', { retryAt: 17 }));
      const sent = await connector({ token }).post(microsoft.thread(), {});
      assert.deepEqual(sent, { ok: false, why: 'retry', at: 17, code: 'entra-unavailable' });
      assert.equal(microsoft.calls.length, 0);
    });

    it('does not go to an address that is not listed, nor does the token', async () => {
      microsoft.answers(json(201, { id: '9' }));
      const elsewhere = connector({ serviceHosts: ['smba.trafficmanager.net'] });
      const thread = microsoft.thread();
      const sent = [
        await elsewhere.post(thread, {}),
        await elsewhere.replace(thread, '1', {}),
        await elsewhere.personalThread(ALICE_HERSELF, thread),
        await elsewhere.members(thread),
      ];
      for (const one of sent) assert.deepEqual(one, { ok: false, why: 'impossible', code: 'service-url' });
      assert.deepEqual([microsoft.calls.length, microsoft.tokens.length], [0, 0]);
    });
  });

  describe('the personal thread of somebody', () => {
    it('is asked for near a thread where they are known', async () => {
      microsoft.answers(json(201, { id: 'a:alice' }));
      const found = await connector().personalThread(ALICE_HERSELF, microsoft.thread());
      const id = readThreadId('a:alice')!;
      assert.deepEqual(found, {
        ok: true,
        thread: microsoft.thread({ id, kind: 'personal', team: undefined, channel: undefined }),
      });
      assert.equal(microsoft.calls[0]?.path, '/emea/v3/conversations');
      assert.deepEqual(microsoft.calls[0].body, { isGroup: false, members: [{ id: ALICE.id }], tenantId: TENANT });
    });

    it('is not there for somebody who has not installed the bot', async () => {
      microsoft.answers(fault(403, 'ForbiddenOperationException'));
      const found = await connector().personalThread(ALICE_HERSELF, microsoft.thread());
      assert.deepEqual(found, { ok: false, why: 'blocked', code: 'ForbiddenOperationException' });
    });

    it('can be asked for again after silence: it is the same one', async () => {
      microsoft.answers({ kind: 'silence' });
      const found = await connector().personalThread(ALICE_HERSELF, microsoft.thread());
      assert.equal(!found.ok && found.why, 'retry');
    });
  });

  describe('the members of a conversation', () => {
    it('are those of the channel, page by page', async () => {
      const bob = { id: '29:bob', aadObjectId: 'b', name: 'Bob' };
      microsoft.answers(
        json(200, { members: [ALICE], continuationToken: 'next page' }),
        json(200, { members: [bob, 7] }),
      );
      const found = await connector().members(microsoft.thread());
      assert.deepEqual(found.ok && found.members.map(({ teamsId, name }) => [teamsId, name]), [
        [ALICE.id, ALICE.name],
        ['29:bob', 'Bob'],
      ]);
      assert.equal(microsoft.calls[0]?.path, `/emea/v3/conversations/${encodeURIComponent(CHANNEL)}/pagedmembers`);
      assert.deepEqual(
        microsoft.calls.map(({ query }) => query.get('continuationToken')),
        [null, 'next page'],
      );
    });

    const ROLES = [
      [{ userRole: 'user' }, 'member'],
      [{ userRole: 'User', tenantId: TENANT.toUpperCase() }, 'member'],
      [{ userRole: 'guest' }, 'guest'],
      [{ userRole: 'user', tenantId: 'of another organisation' }, 'guest'],
      [{ userRole: 'anonymous' }, 'unknown'],
      [{ userRole: 7 }, 'unknown'],
      [{}, 'member'],
      [{ userPrincipalName: 'gus_partner.com#ext#@contoso.com' }, 'guest'],
      [{ userRole: 'user', userPrincipalName: 'gus_partner.com#EXT#@contoso.com' }, 'guest'],
    ] as const;
    for (const [facts, role] of ROLES) {
      it(`are known as ${role} by ${JSON.stringify(facts)}`, async () => {
        microsoft.answers(json(200, { ...ALICE, ...facts }));
        const found = await connector().member(microsoft.thread(), ALICE.id);
        assert.equal(found.ok && found.member.role, role);
      });
    }

    it('are not guessed from what cannot be read', async () => {
      microsoft.answers(json(200, []));
      assert.deepEqual(await connector().members(microsoft.thread()), {
        ok: false,
        why: 'impossible',
        code: 'unreadable',
      });
    });
  });
});
