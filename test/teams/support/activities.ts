export const APP_ID = '7d0f1c3a-52e4-4b0b-9d53-0a6f5f3e9c11';
export const TENANT = 'c0ffee00-1111-4222-8333-444455556666';
export const SERVICE_URL = `https://smba.trafficmanager.net/emea/${TENANT}/`;
export const BOT = { id: `28:${APP_ID}`, name: 'Scan Bot' };
export const ALICE = { id: '29:1alice', name: 'Alice Archer', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' };
export const CHANNEL = '19:0123456789abcdef@thread.tacv2';
export const TEAM = '19:team0123@thread.tacv2';
export const ROOT = '1700000000001';

type Json = Readonly<Record<string, unknown>>;

const CLIENT = { type: 'clientInfo', locale: 'de-DE', country: 'DE', platform: 'Windows', timezone: 'Europe/Berlin' };

/** What every activity from Teams has, in a personal chat. */
export function activity(type: string, more: Json = {}): Json {
  return {
    type,
    id: '1700000000100',
    timestamp: '2026-11-20T10:00:00.5Z',
    locale: 'de-DE',
    localTimezone: 'Europe/Paris',
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: ALICE,
    recipient: BOT,
    conversation: { id: 'a:alice-and-the-bot', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    entities: [CLIENT],
    ...more,
  };
}

/** The same, in a thread of a channel. */
export function inChannel(type: string, more: Json = {}, thread = `${CHANNEL};messageid=${ROOT}`): Json {
  const conversation = { id: thread, isGroup: true, conversationType: 'channel', tenantId: TENANT };
  const channelData = {
    teamsChannelId: CHANNEL,
    teamsTeamId: TEAM,
    channel: { id: CHANNEL },
    team: { id: TEAM },
    tenant: { id: TENANT },
  };
  return activity(type, { conversation, channelData, ...more });
}

export function inGroup(type: string, more: Json = {}): Json {
  const conversation = { id: '19:group@thread.v2', isGroup: true, conversationType: 'groupChat', tenantId: TENANT };
  return activity(type, { conversation, ...more });
}

export function message(text: string, more: Json = {}): Json {
  return activity('message', { text, textFormat: 'plain', ...more });
}

export function invoke(name: string, value: unknown, more: Json = {}): Json {
  return inChannel('invoke', { id: 'f:invoke-1', name, value, replyToId: '1700000000050', ...more });
}

export function press(verb: string, data: Json, more: Json = {}): Json {
  const action = { type: 'Action.Execute', id: verb, verb, data };
  return invoke('adaptiveCard/action', { action, trigger: 'manual', ...more });
}

export function mention(of: { readonly id: string; readonly name?: string }, text?: string): Json {
  return { type: 'mention', mentioned: of, ...(text !== undefined && { text }) };
}

/** One of every kind that Teams sends, whatever the bot makes of it. */
export const EVERY_KIND: Readonly<Record<string, Json>> = {
  'a personal message': message('scan full host-01'),
  'a group message': inGroup('message', {
    text: '<at>Scan Bot</at> help',
    entities: [mention(BOT, '<at>Scan Bot</at>')],
  }),
  'a root post': inChannel('message', { id: ROOT, text: 'scan host-01' }),
  'a reply': inChannel('message', { text: 'scan host-01' }),
  'a picture alone': activity('message', { attachments: [{ contentType: 'image/*', contentUrl: 'https://x.test/y' }] }),
  'a submit': inChannel('message', { id: 'f:submit-1', value: { verb: 'run', request: 'r' }, replyToId: '17' }),
  'an edit': message('scan full host-02', {
    type: 'messageUpdate',
    channelData: { eventType: 'editMessage', tenant: { id: TENANT } },
  }),
  'a deletion': activity('messageDelete'),
  'a reaction': inChannel('messageReaction', { reactionsAdded: [{ type: 'like' }] }),
  typing: activity('typing'),
  'the bot in a personal chat': activity('conversationUpdate', { membersAdded: [{ id: BOT.id }, { id: ALICE.id }] }),
  'the bot in a team': inChannel('conversationUpdate', { membersAdded: [{ id: BOT.id }] }, CHANNEL),
  'somebody new': inGroup('conversationUpdate', { membersAdded: [{ id: ALICE.id }] }),
  'somebody gone': inGroup('conversationUpdate', { membersRemoved: [{ id: ALICE.id }] }),
  'the bot gone': inChannel('conversationUpdate', { membersRemoved: [{ id: BOT.id }] }, CHANNEL),
  'a channel deleted': inChannel('conversationUpdate', {}, CHANNEL),
  'an installation': activity('installationUpdate', { action: 'add' }),
  'a removal': inChannel('installationUpdate', { action: 'remove' }, CHANNEL),
  'an upgrade': activity('installationUpdate', { action: 'add-upgrade' }),
  'an upgrade away': activity('installationUpdate', { action: 'remove-upgrade' }),
  'a press': press('run', { request: 'r', rev: 3, type: 'Full' }),
  'a refresh': press('show', { request: 'r' }, { trigger: 'automatic' }),
  'a press with a token': press(
    'run',
    { request: 'r' },
    { authentication: { id: 'x', connectionName: 'c', token: 'tok' } },
  ),
  'a press with a code': press('run', { request: 'r' }, { state: '123456' }),
  'a token exchange': invoke('signin/tokenExchange', { id: 'x', connectionName: 'defender', token: 'tok' }),
  'a code': invoke('signin/verifyState', { state: '745254' }),
  'a failed sign-in': invoke('signin/failure', { code: 'resourcematchfailed', message: 'no' }),
  'a search': invoke('application/search', { queryText: '', queryOptions: { skip: 0, top: 15 }, dataset: 'devices' }),
  'a query': invoke('composeExtension/query', { commandId: 'find', parameters: [] }),
  'a task': invoke('task/submit', { data: {} }),
  feedback: invoke('message/submitAction', { actionName: 'feedback' }),
};
