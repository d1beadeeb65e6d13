import type { Approver, PeopleDemand } from './demand.ts';
import { openDemands } from './demand.ts';
import type { Device, ScanType } from './device.ts';
import type { PersonId, Time } from './ids.ts';
import type { Person, Thread } from './person.ts';

/** Why a rule of the organisation lets no scan start. Its words are for people. */
export type NoScan =
  | { readonly why: 'policy'; readonly reason: string }
  /** The device was scanned not long ago. */
  | { readonly why: 'cool-down'; readonly until: Time }
  /** The requester has started as many scans as they may for now. */
  | { readonly why: 'too-many'; readonly until: Time }
  /** An operator has stopped all new scans. */
  | { readonly why: 'paused'; readonly reason: string };

/** What the rules ask for. Approvals without a demand are a scan that the requester alone decides about. */
export type Decision =
  | { readonly kind: 'refuse'; readonly reason: NoScan; readonly rule: string }
  | { readonly kind: 'approvals'; readonly demands: readonly PeopleDemand[]; readonly rule: string };

/** A scan that somebody wants to start. */
export interface Question {
  readonly requester: Person;
  readonly device: Device;
  /** Not chosen yet counts as unknown. */
  readonly type: ScanType | undefined;
  readonly thread: Thread;
  readonly now: Time;
}

/** The rules as they are now. What cannot be known in time counts against the scan; throws only what nobody expects. */
export interface Judge {
  decide(question: Question): Promise<Decision>;
}

/** What the decision still asks for after these approvals; `undefined` when it allows no scan at all. */
export function stillAsked(
  decision: Decision,
  requester: PersonId,
  approvals: readonly Approver[],
): readonly PeopleDemand[] | undefined {
  return decision.kind === 'refuse' ? undefined : openDemands(decision.demands, requester, approvals);
}
