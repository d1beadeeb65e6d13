import type { Person, Thread } from '../../scan/person.ts';
import { readPersonId, readThreadId } from '../../scan/ids.ts';
import type { ThreadId } from '../../scan/ids.ts';
import { clientOf } from './envelope.ts';
import type { Envelope } from './envelope.ts';

export function personOf(envelope: Envelope): Person | undefined {
  const id = readPersonId(envelope.from?.aadObjectId);
  const teamsId = envelope.from?.id;
  if (id === undefined || teamsId === undefined) return undefined;
  const client = clientOf(envelope);
  return {
    id,
    name: envelope.from?.name ?? '',
    teamsId,
    locale: envelope.locale ?? client.locale ?? '',
    timeZone: client.timezone ?? envelope.localTimezone ?? '',
  };
}

export function threadOf(envelope: Envelope): Thread | undefined {
  const kind = kindOf(envelope);
  const id = readThreadId(threadIdOf(envelope, kind));
  const { recipient, serviceUrl, channelData } = envelope;
  if (id === undefined || recipient?.id === undefined || serviceUrl === undefined) return undefined;
  return {
    id,
    kind,
    serviceUrl,
    botId: recipient.id,
    botName: recipient.name ?? '',
    tenantId: envelope.conversation?.tenantId ?? channelData?.tenant?.id ?? '',
    team: channelData?.team?.id ?? channelData?.teamsTeamId,
    channel: kind === 'channel' ? channelOf(envelope) : undefined,
    ...(kind === 'personal' && ownerOf(envelope)),
  };
}

/** Where Teams sent it from, whatever was said about the place: enough to open a chat with somebody. */
export function nearOf(envelope: Envelope): Thread | undefined {
  const { recipient, serviceUrl, channelData } = envelope;
  if (recipient?.id === undefined || serviceUrl === undefined) return undefined;
  const tenantId = envelope.conversation?.tenantId ?? channelData?.tenant?.id ?? '';
  const bot = { botId: recipient.id, botName: recipient.name ?? '' };
  return { id: '' as ThreadId, kind: 'personal', serviceUrl, ...bot, tenantId, team: undefined, channel: undefined };
}

/** A kind that we do not know is shown as little as a shared one. */
function kindOf(envelope: Envelope): Thread['kind'] {
  const type = envelope.conversation?.conversationType;
  if (type === 'channel' || isInTeam(envelope)) return 'channel';
  return type === 'personal' && !isOfTwoPeople(envelope) ? type : 'group';
}

const OF_TWO = /^19:([^_@]+)_([^_@]+)@unq\.gbl\.spaces$/;

/** The chat of two people names both of them: with the bot in it, what one of them is shown the other one reads. */
function isOfTwoPeople({ conversation, recipient }: Envelope): boolean {
  const [, ...two] = OF_TWO.exec(conversation?.id ?? '') ?? [];
  return two.length > 0 && !two.some((one) => recipient?.id?.toLowerCase().endsWith(`:${one.toLowerCase()}`) === true);
}

/** Whatever the type says: what looks like a team in any way is held to the rules for teams. */
function isInTeam({ conversation, channelData }: Envelope): boolean {
  const id = conversation?.id ?? '';
  const { team, teamsTeamId, channel, teamsChannelId } = channelData ?? {};
  const named = [team?.id, teamsTeamId, channel?.id, teamsChannelId].some((one) => one !== undefined);
  return named || id.includes(';messageid=') || id.split(';')[0]?.endsWith('@thread.tacv2') === true;
}

/** In a channel the suffix decides the thread; a message without one begins a thread of its own. */
function threadIdOf(envelope: Envelope, kind: Thread['kind']): string | undefined {
  const id = envelope.conversation?.id;
  const beginsThread = kind === 'channel' && envelope.type === 'message' && envelope.replyToId === undefined;
  if (!beginsThread || id === undefined || envelope.id === undefined || id.includes(';messageid=')) return id;
  return `${id};messageid=${envelope.id}`;
}

function ownerOf({ from }: Envelope): Pick<Thread, 'owner'> {
  const owner = readPersonId(from?.aadObjectId);
  return owner === undefined ? {} : { owner };
}

function channelOf({ channelData, conversation }: Envelope): string | undefined {
  return channelData?.channel?.id ?? channelData?.teamsChannelId ?? conversation?.id?.split(';')[0];
}
