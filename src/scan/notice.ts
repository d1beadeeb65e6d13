import type { DeviceCommand } from './errand.ts';
import type { PressRefusal } from './message.ts';
import type { BatchId, RequestId, Time } from './ids.ts';
import type { NoScan } from './decision.ts';
import type { Device, ScanType } from './device.ts';
import type { DefenderScan } from './defender-scan.ts';
import type { EndingSource, ScanEnd } from './ending.ts';
import type { Halt } from './halt.ts';
import type { Person } from './person.ts';
import type { Refusal } from './refusal.ts';
import type { Outcome, Report, ReportRow } from './report.ts';
import type { Ruling } from './rule-book.ts';
import type { Plan } from './schedule/plan.ts';
import type { WhenFault } from './schedule/typed-when.ts';

/** One row of `my scans`. */
export interface OwnScan {
  readonly device: string;
  readonly type: ScanType | undefined;
  readonly stage: string;
  readonly at: Time;
}

/** One row of `schedules`. */
export interface OwnSchedule {
  readonly request: RequestId;
  readonly device: string;
  readonly type: ScanType;
  readonly plan: Plan;
  readonly next: Time;
}

/** One row of `history`: what Defender shows, and what is known here. */
export interface PastScan {
  readonly scan: DefenderScan;
  readonly outcome: Outcome | undefined;
  readonly took: Time | undefined;
  /** Only of the reader's own scans. */
  readonly found: number | undefined;
}

export interface CsvRow extends ReportRow {
  readonly name: string;
}

export type CancelOutcome = 'cancelled' | 'dismissed' | 'too-late' | 'nothing-to-cancel' | 'not-yours' | 'unclear';

/** What is to be said; chat/ finds the words when the message goes out. */
export type Notice =
  | { readonly say: 'help'; readonly guess: string | undefined }
  | { readonly say: 'welcome' }
  | { readonly say: 'which-device' }
  | {
      readonly say: 'which-one';
      readonly command: DeviceCommand;
      readonly among: readonly Device[];
    }
  | { readonly say: 'not-found'; readonly device: string }
  | { readonly say: 'accepted'; readonly request: RequestId }
  | { readonly say: 'asked-already'; readonly request: RequestId }
  | { readonly say: 'moved-here'; readonly request: RequestId }
  | { readonly say: 'queue-over'; readonly request: RequestId }
  | { readonly say: 'started'; readonly request: RequestId }
  | { readonly say: 'ended'; readonly request: RequestId }
  /** The end was seen after all; that it was not seen was told before. */
  | { readonly say: 'confirmed'; readonly request: RequestId }
  | { readonly say: 'found-later'; readonly request: RequestId }
  | { readonly say: 'no-alerts'; readonly refusal: Refusal }
  | { readonly say: 'sign-in-to-follow'; readonly request: RequestId }
  | ScheduleNotice
  | { readonly say: 'approval-given'; readonly request: RequestId; readonly by: string; readonly open: boolean }
  | ApprovalAsked
  | { readonly say: 'not-allowed'; readonly device: string; readonly noScan: NoScan }
  | { readonly say: 'nobody-to-approve'; readonly device: string }
  | {
      readonly say: 'status';
      readonly device: Device;
      readonly scans: readonly DefenderScan[];
      /** The device's own last scans, where Defender keeps a record of them. */
      readonly ends?: readonly ScanEnd[];
      /** Sources of endings that are not permitted or not licensed. */
      readonly missing?: readonly EndingSource[];
    }
  | { readonly say: 'nothing-to-watch' | 'watching-already'; readonly device: string }
  | { readonly say: 'history'; readonly device: Device; readonly scans: readonly PastScan[] }
  | { readonly say: 'report'; readonly report: Report }
  | { readonly say: 'report-csv'; readonly rows: readonly CsvRow[]; readonly count: number }
  | { readonly say: 'my-scans'; readonly scans: readonly OwnScan[] }
  | { readonly say: 'schedules'; readonly schedules: readonly OwnSchedule[] }
  | { readonly say: 'no-such-schedule'; readonly device: string | undefined }
  | { readonly say: 'which-time'; readonly fault: WhenFault }
  | {
      readonly say: 'cancel';
      readonly device: string;
      readonly outcome: CancelOutcome;
      readonly refusal: Refusal | undefined;
    }
  | {
      readonly say: 'why';
      readonly device: string;
      readonly rulings: Readonly<Record<ScanType, Ruling>>;
      readonly paused: Halt | undefined;
    }
  | { readonly say: 'halt'; readonly halt: Halt }
  | { readonly say: 'not-paused' }
  /** Who may: `more` people and groups beside those whose names are known. */
  | { readonly say: 'not-operator'; readonly names: readonly string[]; readonly more: number }
  | { readonly say: 'operator-unknown' }
  | { readonly say: 'takes-longer'; readonly device: string; readonly until: Time }
  /** `undefined`: the language of the client again. */
  | { readonly say: 'language-chosen'; readonly language: string | undefined }
  | { readonly say: 'which-language' }
  | { readonly say: 'told-here' | 'told-there' | 'asked-many-already' }
  | { readonly say: 'signed-in' }
  | { readonly say: 'signed-out' }
  | { readonly say: 'sign-in-failed'; readonly code: string }
  | { readonly say: 'wrong-account' }
  | { readonly say: 'sign-in-expired' }
  | { readonly say: 'refused'; readonly refusal: Refusal }
  | { readonly say: 'press-refused'; readonly why: PressRefusal }
  /** Where the chain of the audit ends, for whoever wants to hold it against that later. */
  | { readonly say: 'anchor'; readonly day: string; readonly anchor: string }
  | BatchNotice
  | { readonly say: 'slow-down' }
  | { readonly say: 'unexpected'; readonly reference: string };

/** What is said about one scan, or about none. */
export type SingleNotice = Exclude<Notice, BatchNotice>;

/** What is said about a request for many scans. */
export type BatchNotice =
  | { readonly say: 'batch-ended' | 'batch-later' | 'batch-sign-in'; readonly batch: BatchId }
  /** How each of its scans ended, from this one on. */
  | { readonly say: 'batch-csv'; readonly batch: BatchId; readonly from: number }
  | { readonly say: 'batch-approval-given'; readonly batch: BatchId; readonly by: string; readonly open: boolean }
  | (Omit<ApprovalAsked, 'say' | 'request'> & { readonly say: 'batch-approval-asked'; readonly batch: BatchId });

/** About one schedule. */
export type ScheduleNotice =
  | { readonly say: 'schedule-stopped' | 'schedule-over' | 'schedule-sign-in'; readonly request: RequestId }
  | { readonly say: 'schedule-signed-in'; readonly request: RequestId }
  /** `at`: the first of the missed times. */
  | { readonly say: 'schedule-missed'; readonly request: RequestId; readonly at: Time; readonly count: number };

/** Others are asked to approve, or reminded of it. */
export interface ApprovalAsked {
  readonly say: 'approval-asked';
  readonly request: RequestId;
  readonly again: boolean;
  readonly mentions: readonly Person[];
  /** Those whom nothing could be sent to: their names, or the object ids of people whom the bot has not met. */
  readonly unreached: readonly string[];
}
