import type { AlertReference } from '../alert.ts';
import type { Approval, AskedOf } from '../approval.ts';
import type { NoScan } from '../decision.ts';
import type { PeopleDemand } from '../demand.ts';
import type { ScanType } from '../device.ts';
import type { BatchId, PersonId, RequestId, ThreadId, Time } from '../ids.ts';
import type { Person } from '../person.ts';
import type { Refusal } from '../refusal.ts';
import type { Content } from '../stage.ts';
import type { LeftOut, Plan, PlannedScan } from './plan.ts';
import type { DeviceSource } from './source.ts';
import type { Tally } from './tally.ts';

/** What was typed. */
export interface BatchWanted {
  readonly devices: readonly DeviceSource[];
  readonly type: ScanType | undefined;
  readonly comment: string | undefined;
  readonly about?: AlertReference;
}

/*
 * The stages of a request for many scans. Only the functions in batch-moves.ts lead from one to the next.
 *
 *   asked ──> proposed ──> deciding ──> running ──> over
 *                ^  │          │  └──> awaiting ──────^ (once approved: running)
 *                └──┘          └─────> proposed         (the rules say otherwise by now)
 *   awaiting ──> deciding                              (type or comment were corrected)
 *   asked, proposed, deciding, awaiting ──> closed
 */
export interface BatchAsked {
  readonly name: 'asked';
  readonly waitsForSignIn: boolean;
  readonly until: Time;
}
/** The preview: what was found, and what would be scanned. */
export interface BatchProposed {
  readonly name: 'proposed';
  readonly plan: Plan;
  readonly until: Time;
}
/** Type and comment stand; the rules are asked about every device. */
export interface BatchDeciding {
  readonly name: 'deciding';
  readonly plan: Plan;
  readonly content: Content;
  readonly until: Time;
  /** The requester has changed type or comment of what others are to approve. */
  readonly corrected?: Corrected;
}
export interface Corrected {
  readonly at: Time;
  /** What was asked for before: a correction never starts a scan by itself. */
  readonly demands: readonly PeopleDemand[];
}
/** Exactly this is to be approved: these devices, this type, this comment. */
export interface BatchAwaiting {
  readonly name: 'awaiting';
  readonly scans: readonly PlannedScan[];
  readonly leftOut: LeftOut;
  readonly content: Content;
  readonly demands: readonly PeopleDemand[];
  /** One for each demand. */
  readonly askedOf: readonly AskedOf[];
  readonly remindAt: Time;
  readonly until: Time;
  /** When type or comment were corrected last. */
  readonly changedAt?: Time;
}
/** Decided: its scans go out one after the other. */
export interface BatchRunning {
  readonly name: 'running';
  readonly scans: readonly PlannedScan[];
  readonly leftOut: LeftOut;
  readonly content: Content;
  readonly by: PersonId;
  readonly at: Time;
  /** What the card shows. */
  readonly tally: Tally;
  readonly drawnAt: Time;
  readonly lookAt: Time;
  readonly stopped?: Stopped;
  /** Since then nothing goes on but what waits for its device, and the look at what was found. */
  readonly quietSince?: Time | undefined;
  /** Since then nothing goes on that Defender shows. */
  readonly unseenSince?: Time | undefined;
  /** The requester was told of the end, while some scans still wait for their device. */
  readonly toldAt?: Time | undefined;
  /** The requester was asked to sign in. */
  readonly asksSignIn?: boolean;
  /** What has not gone out by then does not go out any more. */
  readonly until: Time;
}
/** Every scan has its end, or will have none. */
export interface BatchOver {
  readonly name: 'over';
  readonly scans: readonly PlannedScan[];
  readonly leftOut: LeftOut;
  readonly content: Content;
  readonly by: PersonId;
  readonly decidedAt: Time;
  readonly tally: Tally;
  readonly stopped?: Stopped;
  readonly at: Time;
}
/** Nothing more goes out. */
export interface Stopped {
  readonly at: Time;
  /** What waits for its device is cancelled, too. */
  readonly cancels: boolean;
  /** Defender was asked to cancel these. */
  readonly asked: readonly RequestId[];
}
export type BatchClosedWhy =
  | 'dismissed'
  | 'signed-out'
  | 'withdrawn'
  | 'declined'
  | 'not-approved'
  | 'nobody-to-approve'
  | 'not-allowed'
  | 'too-many'
  | 'nothing-found'
  | 'expired'
  | 'sign-in-expired'
  | 'refused'
  | 'unexpected';
export interface BatchClosed {
  readonly name: 'closed';
  readonly why: BatchClosedWhy;
  readonly content: Content | undefined;
  /** How many devices it was about, as far as that was known. */
  readonly count: number;
  readonly leftOut: LeftOut | undefined;
  readonly refusal?: Refusal;
  readonly noScan?: NoScan;
  readonly reference?: string;
  readonly declined?: { readonly by: Person; readonly reason: string };
  readonly at: Time;
}
export type BatchStage =
  BatchAsked | BatchProposed | BatchDeciding | BatchAwaiting | BatchRunning | BatchOver | BatchClosed;

/** Many scans that one person asked for at once: one decision, one card, one notice at the end. */
export interface Batch {
  readonly kind: 'batch';
  readonly id: BatchId;
  /** Grows by one with every move. */
  readonly rev: number;
  readonly requester: Person;
  readonly thread: ThreadId;
  readonly askedAt: Time;
  /** Stands for the words of the message: the same words, the same mark. */
  readonly words?: string | undefined;
  readonly wanted: BatchWanted;
  readonly stage: BatchStage;
  readonly approvals?: readonly Approval[];
}

export type InBatch<Name extends BatchStage['name']> = Batch & {
  readonly stage: Extract<BatchStage, { name: Name }>;
};

export function isBatchIn<Name extends BatchStage['name']>(batch: Batch, ...names: Name[]): batch is InBatch<Name> {
  return (names as readonly string[]).includes(batch.stage.name);
}

/** When it wants to be looked at again by itself; `undefined` when only a person, or one of its scans, moves it. */
export function batchDueAt({ askedAt, stage }: Batch): Time | undefined {
  switch (stage.name) {
    case 'asked':
      return stage.waitsForSignIn ? stage.until : askedAt;
    case 'proposed':
      return stage.until;
    case 'deciding':
      return askedAt;
    case 'awaiting':
      return stage.remindAt;
    case 'running':
      return stage.lookAt;
    case 'over':
    case 'closed':
      return undefined;
  }
}

/** New scans of it may go out. */
export function goesOn({ stage }: Batch): boolean {
  return stage.name === 'running' && stage.stopped === undefined;
}

export function isBatchOver({ stage }: Batch): boolean {
  return stage.name === 'over' || stage.name === 'closed';
}

/** Nobody has said yet that it is to run. */
export function isBatchUndecided({ stage }: Batch): boolean {
  return ['asked', 'proposed', 'deciding', 'awaiting'].includes(stage.name);
}
