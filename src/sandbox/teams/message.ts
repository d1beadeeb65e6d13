import type { Time } from '../../scan/ids.ts';
import type { Attachment, Card } from './card.ts';

export type Author = { readonly kind: 'bot' } | { readonly kind: 'person'; readonly handle: string };

/** One state that a message was in. The newest is what everybody sees who has no view of their own. */
export interface Revision {
  /** The message it is a state of. */
  readonly message: string;
  /** Counts through everything that happened in this world. */
  readonly order: number;
  readonly at: Time;
  readonly text: string;
  readonly entities: readonly unknown[];
  readonly attachments: readonly Attachment[];
  readonly card: Card | undefined;
}

/** A message as it stands now; a change makes a new object. */
export interface Message {
  readonly id: string;
  /** With `;messageid=` in a channel. */
  readonly conversation: string;
  readonly author: Author;
  readonly text: string;
  readonly summary: string | undefined;
  readonly attachments: readonly Attachment[];
  readonly entities: readonly unknown[];
  /** The first message of the thread; undefined for that one itself and outside channels. */
  readonly replyTo: string | undefined;
  /** The handle of the only person who sees it (a targeted message). */
  readonly onlyFor: string | undefined;
  readonly sentAt: Time;
  readonly editedAt: Time | undefined;
  readonly deleted: boolean;
  /** Oldest first. */
  readonly revisions: readonly Revision[];
}

/** What a message says, before it has an id. */
export interface Content {
  readonly text: string;
  readonly summary?: string | undefined;
  readonly attachments?: readonly Attachment[];
  readonly entities?: readonly unknown[];
  readonly onlyFor?: string | undefined;
}

/** A card that one person got as the answer to a press: only they see it, until the message is updated. */
export interface OwnView {
  readonly handle: string;
  readonly message: string;
  readonly card: Card;
}
