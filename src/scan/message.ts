import type { AskedOf } from './approval.ts';
import type { NoScan } from './decision.ts';
import type { Notice } from './notice.ts';
import type { BatchId, RequestId, ThreadId } from './ids.ts';
import type { CommentFault } from './comment.ts';
import type { Person } from './person.ts';

/** Why a press changed nothing. The card goes along where it helps. */
export type PressRefusal =
  | { readonly why: 'not-yours'; readonly requester: string }
  | { readonly why: 'unknown' }
  | { readonly why: 'over' }
  | { readonly why: 'not-allowed'; readonly noScan: NoScan }
  | { readonly why: 'nobody-to-approve' }
  /** The rules allow fewer devices in one request. */
  | { readonly why: 'most-devices'; readonly most: number; readonly all: number }
  /** An approval that does not count; `who` could give one. */
  | { readonly why: ApprovalFlaw; readonly who: readonly AskedOf[] };

/** Why somebody's approval does not count. Not to know something means no. */
export type ApprovalFlaw =
  | 'own-request'
  | 'not-approver'
  | 'not-in-thread'
  | 'guest'
  | 'device-not-seen'
  | 'no-access'
  | 'already-approved'
  | 'not-checked';

/** What somebody entered on a card, and what is wrong with it. */
export interface Entered {
  readonly type: string;
  readonly comment: string;
  readonly faults: readonly ('type' | 'device' | CommentFault)[];
}

export type MessageContent =
  /** The request's card: posted once, replaced from then on, always drawn from what the store holds at that moment. */
  | { readonly kind: 'card'; readonly request: RequestId; readonly entered?: Entered }
  /** The same for a request for many scans. */
  | { readonly kind: 'batch-card'; readonly batch: BatchId; readonly entered?: Entered }
  /** The card stands: whoever can approve is told of it, here or in their own chat. */
  | { readonly kind: 'ask-approvers'; readonly request: RequestId; readonly again: boolean }
  | {
      readonly kind: 'notice';
      readonly notice: Notice;
      readonly mention: boolean;
      /** The id of an earlier notice: what that one says is changed to this, where it stands. */
      readonly replaces?: string;
    }
  | { readonly kind: 'sign-in' };

/** A message on its way. Messages of one thread go out in the order in which they were written. */
export interface Message {
  /** Written once: a second message with the same id is the same message. */
  readonly id: string;
  readonly thread: ThreadId;
  /** Whose language it speaks, whom it mentions, who is to sign in. */
  readonly to: Person;
  readonly content: MessageContent;
}
