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

export type Incoming =
  | IncomingMessage
  | IncomingPress
  | IncomingTokenExchange
  | IncomingSearch
  | (Somebody & { readonly kind: 'verify-state'; readonly state: string })
  | (Somebody & { readonly kind: 'sign-in-failure'; readonly code: string })
  | { readonly kind: 'installed'; readonly thread: Thread; readonly person: Person | undefined }
  | { readonly kind: 'removed'; readonly thread: Thread }
  | { readonly kind: 'unknown-invoke'; readonly name: string }
  | { readonly kind: 'nothing' };
