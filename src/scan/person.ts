import type { PersonId, ThreadId } from './ids.ts';

export interface Person {
  readonly id: PersonId;
  /** How Teams names them. Shown, never trusted. */
  readonly name: string;
  /** The id Teams has for this person and this bot (`29:…`): the Token Service's key and the mention. */
  readonly teamsId: string;
  /** BCP 47 tag from the client. */
  readonly locale: string;
  /** The language that they chose instead, if they did. */
  readonly language?: string | undefined;
  /** IANA zone from the client. */
  readonly timeZone: string;
  /** Where they want to be told of all their scans, if not where each was asked for. */
  readonly tellIn?: ThreadId;
}

/** A person as seen in Teams, without what they chose here. */
export function asSeen({ id, name, teamsId, locale, timeZone }: Person): Person {
  return { id, name, teamsId, locale, timeZone };
}
/** For what is said to a place, not to a person. */
export const NOBODY: Person = { id: '' as PersonId, name: '', teamsId: '', locale: 'en', timeZone: 'UTC' };

/** Where messages go, kept as Teams gave it so that an answer hours later finds the way back. */
export interface Thread {
  readonly id: ThreadId;
  readonly kind: 'channel' | 'group' | 'personal';
  readonly serviceUrl: string;
  /** The bot as Teams addresses it (`28:<app id>`). */
  readonly botId: string;
  readonly botName: string;
  readonly tenantId: string;
  readonly team: string | undefined;
  readonly channel: string | undefined;
  /** Whose own chat with the bot it is, where that is known. */
  readonly owner?: PersonId;
}
