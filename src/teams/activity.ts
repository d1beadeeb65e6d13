import { z } from 'zod';
import { Envelope, mentionsIn } from './activity/envelope.ts';
import type { Incoming } from './activity/incoming.ts';
import { readInvoke } from './activity/invoke.ts';
import { personOf, threadOf } from './activity/who-and-where.ts';
import { textForBot } from './text.ts';

const NOTHING: Incoming = { kind: 'nothing' };

/** An activity in our words. Whatever is not meant for the bot, or cannot be read, is `nothing`; never throws. */
export function readActivity(raw: unknown): Incoming {
  const envelope = Envelope.safeParse(raw).data;
  if (envelope === undefined) return NOTHING;
  switch (envelope.type) {
    case 'message':
      return readPress(envelope) ?? readMessage(envelope);
    case 'invoke':
      return readInvoke(envelope);
    case 'conversationUpdate':
      return readMembers(envelope);
    case 'installationUpdate':
      return readInstallation(envelope);
    // An edited message is no new wish, and a deleted one takes back nothing that was decided.
    default:
      return NOTHING;
  }
}

function readMessage(envelope: Envelope): Incoming {
  const person = personOf(envelope);
  const thread = threadOf(envelope);
  if (person === undefined || thread === undefined || envelope.id === undefined) return NOTHING;
  const self = { id: thread.botId, name: thread.botName };
  const text = textForBot(envelope.text ?? '', mentionsIn(envelope), self);
  return { kind: 'message', person, thread, activityId: envelope.id, text, sentAt: sentAt(envelope) };
}

const Submitted = z.record(z.string(), z.unknown());

/** Old clients send a button as a message that carries the card's data, verb and all. */
function readPress(envelope: Envelope): Incoming | undefined {
  const values = Submitted.safeParse(envelope.value).data;
  const verb = values?.['verb'] ?? values?.['action'];
  if (values === undefined || typeof verb !== 'string' || verb === '') return undefined;
  const person = personOf(envelope);
  const thread = threadOf(envelope);
  if (person === undefined || thread === undefined || envelope.id === undefined) return NOTHING;
  const none = { automatic: false, token: undefined, code: undefined };
  const press = { kind: 'press', activityId: envelope.id, verb, values, by: 'submit', ...none } as const;
  return { ...press, person, thread, cardId: envelope.replyToId };
}

function readMembers(envelope: Envelope): Incoming {
  const bot = envelope.recipient?.id;
  const isBot = (member: { id?: string | undefined } | undefined): boolean => bot !== undefined && member?.id === bot;
  if (envelope.membersRemoved?.some(isBot)) return leaving(envelope);
  return envelope.membersAdded?.some(isBot) ? arriving(envelope) : NOTHING;
}

/** A new version is neither an arrival nor a farewell. */
function readInstallation(envelope: Envelope): Incoming {
  if (envelope.action === 'remove') return leaving(envelope);
  return envelope.action === 'add' ? arriving(envelope) : NOTHING;
}

function arriving(envelope: Envelope): Incoming {
  const thread = threadOf(envelope);
  return thread === undefined ? NOTHING : { kind: 'installed', thread, person: personOf(envelope) };
}

function leaving(envelope: Envelope): Incoming {
  const thread = threadOf(envelope);
  return thread === undefined ? NOTHING : { kind: 'removed', thread };
}

function sentAt({ timestamp }: Envelope): number | undefined {
  const at = timestamp instanceof Date ? timestamp.getTime() : Date.parse(timestamp ?? '');
  return Number.isNaN(at) ? undefined : at;
}
