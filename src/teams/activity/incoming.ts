import type { Time } from '../../scan/ids.ts';
import type { Person, Thread } from '../../scan/person.ts';

interface Somebody {
  readonly person: Person;
  readonly thread: Thread;
}

export interface IncomingMessage extends Somebody {
  readonly kind: 'message';
  readonly activityId: string;
  readonly text: string;
  readonly sentAt: Time | undefined;
}

/** A button of a card. Everything but the person and the thread is to be read, nothing of it to be believed. */
export interface IncomingPress extends Somebody {
  readonly kind: 'press';
  readonly activityId: string;
  readonly verb: string;
  /** What the card carried and what was filled in, in one record. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly by: 'execute' | 'submit';
  /** The client refreshed by itself: nothing may change. */
  readonly automatic: boolean;
  readonly cardId: string | undefined;
  /** What a client that was asked to sign in sends along. */
  readonly token: string | undefined;
  readonly code: string | undefined;
}

export interface IncomingTokenExchange extends Somebody {
  readonly kind: 'token-exchange';
  readonly id: string;
  readonly connectionName: string;
  readonly token: string;
}

/** Somebody types into a field of a card that asks for what fits. */
export interface IncomingSearch extends Somebody {
  readonly kind: 'search';
  readonly dataset: string;
  /** Empty when the field has only been opened. */
  readonly text: string;
}

/** Somebody used the action of the app on a message. */
export interface IncomingExtension {
  readonly kind: 'extension';
  /** `open` asks for the dialog, `submit` brings what was filled in there. */
  readonly does: 'open' | 'submit';
  readonly command: string;
  readonly person: Person;
  /** Where the message stands, if that was said. The bot may not be there. */
  readonly place: Thread | undefined;
  /** The way to the same service, for a chat with this person. */
  readonly near: Thread;
  readonly activityId: string;
  /** The message and what hangs on it, as HTML and JSON. */
  readonly message: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** What a sign-in in a window left. */
  readonly code: string | undefined;
}

export type Incoming =
  | IncomingMessage
  | IncomingPress
  | IncomingTokenExchange
  | IncomingSearch
  | IncomingExtension
  | (Somebody & { readonly kind: 'verify-state'; readonly state: string })
  | (Somebody & { readonly kind: 'sign-in-failure'; readonly code: string })
  | { readonly kind: 'installed'; readonly thread: Thread; readonly person: Person | undefined }
  | { readonly kind: 'removed'; readonly thread: Thread }
  | { readonly kind: 'unknown-invoke'; readonly name: string }
  | { readonly kind: 'nothing' };
