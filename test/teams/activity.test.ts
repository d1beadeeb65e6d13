import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readActivity } from '../../src/teams/activity.ts';
import type { Incoming } from '../../src/teams/activity/incoming.ts';
import {
  activity,
  ALICE,
  BOT,
  CHANNEL,
  EVERY_KIND,
  inChannel,
  inGroup,
  invoke,
  mention,
  message,
} from './support/activities.ts';
import { press, ROOT, SERVICE_URL, TEAM, TENANT } from './support/activities.ts';

function read<Kind extends Incoming['kind']>(kind: Kind, raw: unknown): Extract<Incoming, { kind: Kind }> {
  const incoming = readActivity(raw);
  assert.equal(incoming.kind, kind);
  return incoming as Extract<Incoming, { kind: Kind }>;
}

const KINDS: Readonly<Record<string, Incoming['kind']>> = {
  'a personal message': 'message',
  'a group message': 'message',
  'a root post': 'message',
  'a reply': 'message',
  'a picture alone': 'message',
  'a submit': 'press',
  'the bot in a personal chat': 'installed',
  'the bot in a team': 'installed',
  'the bot gone': 'removed',
  'an installation': 'installed',
  'a removal': 'removed',
  'a press': 'press',
  'a refresh': 'press',
  'a press with a token': 'press',
  'a press with a code': 'press',
  'a token exchange': 'token-exchange',
  'a code': 'verify-state',
  'a failed sign-in': 'sign-in-failure',
  'a search': 'search',
  'a query': 'unknown-invoke',
  'a task': 'unknown-invoke',
  feedback: 'unknown-invoke',
};

describe('an activity', () => {
  for (const [name, raw] of Object.entries(EVERY_KIND)) {
    const kind = KINDS[name] ?? 'nothing';
    it(`that is ${name} is read as ${kind}`, () => {
      assert.equal(readActivity(raw).kind, kind);
    });
  }

  it('that names a team in any way is one of a channel, whatever type it claims', () => {
    const base = message('help');
    const claims = [
      { channelData: { tenant: { id: TENANT }, team: { id: TEAM } } },
      { channelData: { tenant: { id: TENANT }, teamsTeamId: TEAM } },
      { channelData: { tenant: { id: TENANT }, channel: { id: CHANNEL } } },
      { conversation: { id: `${CHANNEL};messageid=1`, conversationType: 'personal', tenantId: TENANT } },
      { conversation: { id: '19:x@thread.tacv2', conversationType: 'groupChat', tenantId: TENANT } },
    ];
    for (const claim of claims) {
      assert.equal(read('message', { ...base, ...claim }).thread.kind, 'channel', JSON.stringify(claim));
    }
  });

  it('carries no more of what a client chooses than anybody can mean', () => {
    const long = 'x'.repeat(200_000);
    const said = read('message', { ...message(long), locale: long, from: { ...ALICE, name: long } });
    assert.deepEqual([said.text.length, said.person.name.length, said.person.locale.length], [40_000, 256, 64]);
    for (const id of ['', 'x'.repeat(257), 'a\nb']) {
      read('unknown-invoke', invoke('signin/tokenExchange', { id, connectionName: 'defender', token: 't' }));
    }
    assert.equal(read('sign-in-failure', invoke('signin/failure', { code: 'a b' })).code, 'other');
  });

  it('never throws, whatever JSON it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (raw) => typeof readActivity(raw).kind === 'string'));
    assert.deepEqual(readActivity(undefined), { kind: 'nothing' });
  });

  it('never throws when any of its fields holds something else', () => {
    const kinds = Object.values(EVERY_KIND);
    const fields = [...new Set(kinds.flatMap((raw) => Object.keys(raw)))];
    const odd = fc.record({ raw: fc.constantFrom(...kinds), field: fc.constantFrom(...fields), value: fc.jsonValue() });
    fc.assert(fc.property(odd, ({ raw, field, value }) => readActivity({ ...raw, [field]: value }).kind.length > 0));
  });

  it('tells who by the Entra object id, with the locale and the time zone of the client', () => {
    const { person } = read(
      'message',
      message('help', { from: { ...ALICE, aadObjectId: ALICE.aadObjectId.toUpperCase() } }),
    );
    const { id: teamsId, name, aadObjectId: id } = ALICE;
    assert.deepEqual(person, { id, teamsId, name, locale: 'de-DE', timeZone: 'Europe/Berlin' });
  });

  it('has the time zone of the activity where the client tells none', () => {
    assert.equal(read('message', message('help', { entities: null })).person.timeZone, 'Europe/Paris');
  });

  it('is nothing without a person whom Entra knows', () => {
    assert.equal(readActivity(message('help', { from: { id: ALICE.id, name: ALICE.name } })).kind, 'nothing');
    assert.equal(readActivity(message('help', { from: { ...ALICE, aadObjectId: 'root' } })).kind, 'nothing');
  });

  it('keeps where it was said', () => {
    assert.deepEqual(read('message', inChannel('message', { text: 'help' })).thread, {
      id: `${CHANNEL};messageid=${ROOT}`,
      kind: 'channel',
      serviceUrl: SERVICE_URL,
      botId: BOT.id,
      botName: BOT.name,
      tenantId: TENANT,
      team: TEAM,
      channel: CHANNEL,
    });
    assert.equal(read('message', inGroup('message', { text: 'help' })).thread.kind, 'group');
    assert.equal(read('message', message('help')).thread.kind, 'personal');
  });

  it('between two people is no chat with the bot alone, whatever type it claims', () => {
    const [one, other] = [ALICE.aadObjectId, '22222222-bbbb-4bbb-8bbb-222222222222'];
    const kindIn = (id: string): string => {
      const conversation = { id, conversationType: 'personal', tenantId: TENANT };
      return read('message', message('help', { conversation })).thread.kind;
    };
    assert.equal(kindIn(`19:${one}_${other}@unq.gbl.spaces`), 'group');
    assert.equal(kindIn(`19:${one}_${BOT.id.slice(3).toUpperCase()}@unq.gbl.spaces`), 'personal');
  });

  it('begins a thread of its own as a root post that does not name one', () => {
    const post = inChannel('message', { id: '17', text: 'help' }, CHANNEL);
    assert.equal(read('message', post).thread.id, `${CHANNEL};messageid=17`);
    assert.equal(read('installed', EVERY_KIND['the bot in a team']).thread.id, CHANNEL);
  });

  it('is shown as little as in a shared chat when its sort of conversation is new', () => {
    const conversation = { id: '19:x', conversationType: 'hologram', tenantId: TENANT };
    assert.equal(read('message', message('help', { conversation })).thread.kind, 'group');
  });

  it('has the time it was sent, as text or as the SDK keeps it', () => {
    const at = Date.parse('2026-11-20T10:00:00.5Z');
    assert.equal(read('message', message('help')).sentAt, at);
    assert.equal(read('message', message('help', { timestamp: new Date(at) })).sentAt, at);
    assert.equal(read('message', message('help', { timestamp: 'soon' })).sentAt, undefined);
  });

  it('carries the text without the mention of the bot', () => {
    const raw = message('<at>Scan Bot</at> scan full host-01', { entities: [mention(BOT, '<at>Scan Bot</at>')] });
    assert.equal(read('message', raw).text, 'scan full host-01');
    assert.equal(read('message', activity('message')).text, '');
  });
});

describe('a press', () => {
  it('by Action.Execute carries its verb and its values', () => {
    const { verb, values, by, automatic, cardId, token, code } = read(
      'press',
      press('run', { request: 'r', type: 'Full' }),
    );
    assert.deepEqual(values, { request: 'r', type: 'Full' });
    assert.deepEqual(
      { verb, by, automatic, cardId },
      { verb: 'run', by: 'execute', automatic: false, cardId: '1700000000050' },
    );
    assert.deepEqual({ token, code }, { token: undefined, code: undefined });
  });

  it('says when the client refreshed by itself', () => {
    assert.equal(read('press', EVERY_KIND['a refresh']).automatic, true);
  });

  it('brings what the person signed in with', () => {
    assert.equal(read('press', EVERY_KIND['a press with a token']).token, 'tok');
    assert.equal(read('press', EVERY_KIND['a press with a code']).code, '123456');
  });

  it('by Action.Submit carries the same', () => {
    const { verb, values, by, cardId } = read('press', EVERY_KIND['a submit']);
    assert.deepEqual({ verb, by, cardId }, { verb: 'run', by: 'submit', cardId: '17' });
    assert.deepEqual(values, { verb: 'run', request: 'r' });
  });

  it('without a verb is an unknown invoke, or a message', () => {
    const bare = { action: { type: 'Action.Execute', data: {} } };
    assert.deepEqual(readActivity(invoke('adaptiveCard/action', bare)), {
      kind: 'unknown-invoke',
      name: 'adaptiveCard/action',
    });
    assert.equal(
      readActivity(invoke('adaptiveCard/action', { action: { type: 'Action.Submit', verb: 'run' } })).kind,
      'unknown-invoke',
    );
    assert.equal(readActivity(activity('message', { value: { request: 'r' } })).kind, 'message');
  });
});

describe('a sign-in invoke', () => {
  it('carries what belongs to it', () => {
    const { id, connectionName, token } = read('token-exchange', EVERY_KIND['a token exchange']);
    assert.deepEqual({ id, connectionName, token }, { id: 'x', connectionName: 'defender', token: 'tok' });
    assert.equal(read('verify-state', EVERY_KIND['a code']).state, '745254');
    assert.equal(read('sign-in-failure', EVERY_KIND['a failed sign-in']).code, 'resourcematchfailed');
  });

  it('that cannot be read is an unknown one', () => {
    assert.equal(readActivity(invoke('signin/verifyState', {})).kind, 'unknown-invoke');
    assert.equal(readActivity(invoke('signin/tokenExchange', { id: 'x', token: '' })).kind, 'unknown-invoke');
    assert.equal(readActivity(invoke('signin/failure', 7)).kind, 'unknown-invoke');
  });
});
