import { randomUUID } from 'node:crypto';
import { MINUTE } from '../../scan/time.ts';
import type { Time } from '../../scan/ids.ts';
import type { SandboxPerson } from '../person.ts';
import type { BotAccount } from './cast.ts';
import { present, without, type Json } from './json.ts';
import type { Room, Team } from './rooms.ts';

/** Somebody does something somewhere: what every activity tells, whatever it is about. */
export interface Scene {
  readonly person: SandboxPerson;
  readonly bot: BotAccount;
  readonly room: Room;
  readonly team: Team;
  /** With `;messageid=` for what happens in a channel thread. */
  readonly conversation: string;
  readonly tenantId: string;
  readonly serviceUrl: string;
  readonly at: Time;
}

/** The id of an activity that is no message. */
function eventId(): string {
  return `f:${randomUUID()}`;
}

/** The mention stands where `@` and the bot's name were typed, else at the beginning. */
export function messageActivity(scene: Scene, id: string, text: string, withMention: boolean): Json {
  const name = escapedText(scene.bot.name);
  const escaped = escapedText(text);
  const typed = around(`@${name}`, escaped) ?? { before: '', after: ` ${escaped}` };
  const mention = { mentioned: scene.bot, text: `<at>${name}</at>`, type: 'mention' };
  const span = `<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="0">${name}</span>`;
  const shown = typed.before + span + typed.after.replace(/^ /, '&nbsp;');
  const content = withMention ? `<p>${shown}</p>` : `<p>${escaped}</p>`;
  return present({
    ...envelope(scene),
    type: 'message',
    id,
    text: withMention ? typed.before + mention.text + typed.after : escaped,
    textFormat: 'plain',
    entities: withMention ? [mention, clientEntity(scene.person)] : [clientEntity(scene.person)],
    attachments: scene.room.kind === 'personal' ? undefined : [{ contentType: 'text/html', content }],
  });
}

/** What stands before and after the first of these words. */
export function around(words: string, text: string): { readonly before: string; readonly after: string } | undefined {
  const at = text.indexOf(words);
  return at < 0 ? undefined : { before: text.slice(0, at), after: text.slice(at + words.length) };
}

export function editActivity(scene: Scene, id: string, message: Json): Json {
  const { text, entities } = message;
  return {
    ...envelope(scene),
    type: 'messageUpdate',
    id,
    text,
    entities,
    channelData: { eventType: 'editMessage', ...channelData(scene) },
  };
}

export function deleteActivity(scene: Scene, id: string): Json {
  return {
    ...envelope(scene),
    type: 'messageDelete',
    id,
    channelData: { eventType: 'softDeleteMessage', ...channelData(scene) },
  };
}

/** A press of an old client: a message without text. */
export function submitActivity(scene: Scene, replyToId: string, value: Json): Json {
  return {
    ...envelope(scene),
    type: 'message',
    id: eventId(),
    replyToId,
    value,
    channelData: pressData(scene, replyToId),
  };
}

export function invokeActivity(scene: Scene, name: string, value: Json, replyToId?: string): Json {
  const data = pressData(scene, replyToId);
  return present({ ...envelope(scene), type: 'invoke', name, id: eventId(), replyToId, value, channelData: data });
}

export function joinedActivity(scene: Scene, membersAdded: readonly Json[]): Json {
  const { id, name, groupId } = scene.team;
  const team = { team: { id, name, aadGroupId: groupId }, eventType: 'teamMemberAdded', ...selectedChannel(scene) };
  return memberActivity(scene, { membersAdded }, team);
}

export function leftActivity(scene: Scene, membersRemoved: readonly Json[]): Json {
  const team = { team: { id: scene.team.id }, eventType: 'teamMemberRemoved' };
  return memberActivity(scene, { membersRemoved }, team);
}

export function installationActivity(scene: Scene, action: 'add' | 'remove'): Json {
  const { id, name } = scene.team;
  const team = { team: { id, name }, ...selectedChannel(scene) };
  const channelData = { ...teamData(scene, team), source: { name: 'message' } };
  return { ...without(envelope(scene), 'entities'), type: 'installationUpdate', id: eventId(), action, channelData };
}

function memberActivity(scene: Scene, members: Json, team: Json): Json {
  const channelData = teamData(scene, team);
  return {
    ...without(envelope(scene), 'entities'),
    type: 'conversationUpdate',
    id: eventId(),
    ...members,
    channelData,
  };
}

function envelope(scene: Scene): Json {
  const { person, bot, room } = scene;
  return {
    channelId: 'msteams',
    serviceUrl: scene.serviceUrl,
    from: { id: person.teamsId, name: person.name, aadObjectId: person.oid },
    recipient: bot,
    timestamp: new Date(scene.at).toISOString(),
    localTimestamp: localTime(scene.at, person.timeZone),
    locale: person.locale,
    localTimezone: person.timeZone,
    conversation: {
      id: scene.conversation,
      ...(room.kind === 'personal' ? {} : { isGroup: true }),
      conversationType: room.kind === 'group' ? 'groupChat' : room.kind,
      tenantId: scene.tenantId,
    },
    channelData: channelData(scene),
    entities: [clientEntity(person)],
  };
}

function channelData(scene: Scene): Json {
  const tenant = { id: scene.tenantId };
  if (scene.room.kind !== 'channel') return { tenant };
  const { room, team } = scene;
  return { teamsChannelId: room.id, teamsTeamId: team.id, channel: { id: room.id }, team: { id: team.id }, tenant };
}

/** What Teams adds where something is pressed in a message. */
function pressData(scene: Scene, replyToId: string | undefined): Json {
  const legacy = replyToId === undefined ? {} : { legacy: { replyToId: `1:1${replyToId}` } };
  return { ...channelData(scene), source: { name: 'message' }, ...legacy };
}

/** Installations speak of the team, not of a thread. */
function teamData(scene: Scene, team: Json): Json {
  const tenant = { id: scene.tenantId };
  return scene.room.kind === 'channel' ? { ...team, tenant } : { tenant };
}

function selectedChannel(scene: Scene): Json {
  return { settings: { selectedChannel: { id: scene.room.id } } };
}

function clientEntity(person: SandboxPerson): Json {
  const country = new Intl.Locale(person.locale).region ?? 'US';
  return { locale: person.locale, country, platform: 'Web', timezone: person.timeZone, type: 'clientInfo' };
}

function localTime(at: Time, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const offset = (parts.find((part) => part.type === 'timeZoneName')?.value ?? '').replace('GMT', '') || '+00:00';
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  const shift = (hours * 60 + minutes) * MINUTE * (offset.startsWith('-') ? -1 : 1);
  return new Date(at + shift).toISOString().replace('Z', offset);
}

/** Teams sends what people typed with HTML's own characters escaped. */
function escapedText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
