import type { AlertReference, NamedAlert } from './alert.ts';
import type { Approval } from './approval.ts';
import type { BatchId, RequestId, ThreadId, Time } from './ids.ts';
import type { Device, ScanType } from './device.ts';
import type { DefenderScan } from './defender-scan.ts';
import type { Findings } from './findings.ts';
import type { Person } from './person.ts';
import type { Preflight } from './preflight.ts';
import type { Plan } from './schedule/plan.ts';
import { lookAtSchedule } from './schedule/scheduled.ts';
import type { Occurrence } from './schedule/scheduled.ts';
import type { Approved, Content, Stage } from './stage.ts';

/** What was typed. Device as typed: an id, a full or a short name. */
export interface Wanted {
  readonly device: string;
  readonly type: ScanType | undefined;
  readonly comment: string | undefined;
  /** The alert or incident that the reason names. */
  readonly about?: AlertReference;
  /** Not at once, but then. */
  readonly plan?: Plan;
}

export interface ScanRequest {
  readonly id: RequestId;
  /** Grows by one with every move: whoever writes first has decided. */
  readonly rev: number;
  readonly requester: Person;
  readonly thread: ThreadId;
  /** Where it was asked for, once it goes on in another thread: the rules and the roster are those of this one. */
  readonly askedIn?: ThreadId;
  readonly askedAt: Time;
  readonly wanted: Wanted;
  /** Stands for the words of the message: the same words, the same mark. */
  readonly words?: string | undefined;
  readonly stage: Stage;
  /** By others than the requester; kept while the content stays as it was. */
  readonly approvals?: readonly Approval[];
  /** When what was decided is of no use any more, however often it has to wait behind others. */
  readonly queuedUntil?: Time;
  /** When it was last sent to Defender, unless Defender surely did not take it: what limits count. */
  readonly sentAt?: Time;
  /** What Defender told the requester about the alert or incident that they named. */
  readonly named?: NamedAlert;
  /** What the scan may have found; looked up once it has ended. */
  readonly findings?: Findings;
  /** What was worth knowing before it ran. */
  readonly before?: Preflight;
  /** The request for many that it is one of: that one speaks for it. */
  readonly batch?: BatchId;
  /** Begun by a schedule. */
  readonly occurrence?: Occurrence;
}

/** When the request wants to be looked at again; `undefined` when only a person or the follower moves it. */
export function dueAt(request: ScanRequest): Time | undefined {
  const { stage } = request;
  switch (stage.name) {
    case 'asked':
      return stage.waitsForSignIn ? stage.until : request.askedAt;
    case 'choosing':
    case 'proposed':
      return stage.until;
    case 'awaiting':
      return stage.remindAt;
    case 'scheduled':
      return lookAtSchedule(stage);
    case 'queued':
      return stage.then === 'follow' ? stage.at : stage.until;
    case 'approved':
      return approvedDue(stage);
    case 'submitting':
      return stage.lookAt;
    case 'following':
    case 'settled':
    case 'closed':
      return undefined;
  }
}

function approvedDue(stage: Approved): Time {
  if (stage.wait === undefined) return stage.at;
  return stage.wait.for === 'sign-in' ? stage.until : Math.min(stage.wait.until, stage.until);
}

/** Waiting for the requester's sign-in: their next one makes the request due at once. */
export function waitsForSignIn(request: ScanRequest): boolean {
  const { stage } = request;
  if (stage.name === 'scheduled') return stage.asksSignIn;
  return (
    (stage.name === 'asked' && stage.waitsForSignIn) || (stage.name === 'approved' && stage.wait?.for === 'sign-in')
  );
}

/** Nobody has said yet that it is to run. */
export function isUndecided({ stage }: ScanRequest): boolean {
  return ['asked', 'choosing', 'proposed', 'awaiting'].includes(stage.name);
}

export function isOver(request: ScanRequest): boolean {
  return request.stage.name === 'settled' || request.stage.name === 'closed';
}

export function deviceOf(request: ScanRequest): Device | undefined {
  const { stage } = request;
  return stage.name === 'asked' || stage.name === 'choosing' ? undefined : stage.device;
}

/** Defender's record of the scan, once there is one. */
export function scanOf({ stage }: ScanRequest): DefenderScan | undefined {
  return 'scan' in stage ? stage.scan : undefined;
}

export function contentOf(request: ScanRequest): Content | undefined {
  const { stage } = request;
  return stage.name === 'asked' || stage.name === 'choosing' || stage.name === 'proposed' ? undefined : stage.content;
}
