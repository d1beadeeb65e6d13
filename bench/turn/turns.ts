import type { SandboxPerson } from '../../src/sandbox/person.ts';
import { APP_ID, TENANT } from '../../test/support/cast.ts';

export interface Speaking {
  readonly people: readonly SandboxPerson[];
  readonly serviceUrl: string;
  /** Channel tokens, used in turn. */
  readonly tokens: readonly string[];
  /** What the nth message says, without the mention. */
  readonly says: (nth: number) => string;
}

const BOT = { id: `28:${APP_ID}`, name: 'Scan Bot' };
/** Teams takes two messages a second in each: in fewer the bots would wait for Teams, not the other way round. */
const CHANNELS = 5000;
let sent = 0;

/** The number of the thread in a path of the Connector. */
export function nthOf(path: string): number {
  return Number(/messageid(?:=|%3D)(\d+)/i.exec(path)?.[1] ?? -1);
}

/** A mention of the bot in the nth thread of a channel, as Teams sends it: a whole HTTP request, ready for a socket. */
export function messageRequest(nth: number, { people, serviceUrl, tokens, says }: Speaking): string {
  const text = says(nth);
  const mention = { type: 'mention', mentioned: BOT, text: '<at>Scan Bot</at>' };
  const client = { locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London', type: 'clientInfo' };
  const message = {
    ...envelope(nth, personOf(nth, people), serviceUrl),
    type: 'message',
    textFormat: 'plain',
    text: `<at>Scan Bot</at> ${text}`,
    attachments: [{ contentType: 'text/html', content: `<div><at>Scan Bot</at> ${text}</div>` }],
    entities: [mention, client],
  };
  return httpRequest(message, tokens[nth % tokens.length] ?? '');
}

/** A press on a card in the nth thread. */
export function pressRequest(nth: number, { people, serviceUrl, tokens }: Speaking, data: object): string {
  const action = { type: 'Action.Execute', id: 'run', verb: 'run', data };
  const press = {
    ...envelope(nth, personOf(nth, people), serviceUrl),
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action, trigger: 'manual' },
  };
  return httpRequest(press, tokens[nth % tokens.length] ?? '');
}

function personOf(nth: number, people: readonly SandboxPerson[]): SandboxPerson {
  const person = people[nth % people.length];
  if (person === undefined) throw new Error('Nobody speaks.');
  return person;
}

function envelope(nth: number, { teamsId, oid, name }: SandboxPerson, serviceUrl: string): object {
  sent += 1;
  const at = new Date().toISOString();
  const channel = `19:bench${nth % CHANNELS}@thread.tacv2`;
  const conversation = { isGroup: true, conversationType: 'channel', tenantId: TENANT };
  return {
    id: `${Date.now()}${sent}`,
    timestamp: at,
    localTimestamp: at,
    localTimezone: 'Europe/London',
    serviceUrl,
    channelId: 'msteams',
    from: { id: teamsId, name, aadObjectId: oid },
    conversation: { ...conversation, id: `${channel};messageid=${nth}` },
    recipient: BOT,
    channelData: {
      tenant: { id: TENANT },
      team: { id: '19:team@thread.tacv2' },
      channel: { id: channel },
      teamsTeamId: '19:team@thread.tacv2',
      teamsChannelId: channel,
    },
    locale: 'en-GB',
  };
}

function httpRequest(activity: object, token: string): string {
  const body = JSON.stringify(activity);
  const head = [
    'POST /api/messages HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
