import type { Awaiting } from './approval.ts';
import type { NoScan } from './decision.ts';
import type { PersonId, Time } from './ids.ts';
import type { Device, ScanType } from './device.ts';
import type { DefenderScan } from './defender-scan.ts';
import type { Ending } from './ending.ts';
import type { Estimate } from './estimate.ts';
import type { Person } from './person.ts';
import type { Holder, Queued } from './queued.ts';
import type { Refusal } from './refusal.ts';
import type { Scheduled } from './schedule/scheduled.ts';

/** What was decided: exactly this goes to Defender. */
export interface Content {
  readonly type: ScanType;
  readonly comment: string;
}

/** Why a decided scan does not go out yet. */
export type Wait = { readonly for: 'sign-in' } | { readonly for: 'defender'; readonly until: Time };

/*
 * The stages of a request. Only the functions in moves.ts lead from one to the next.
 *
 *   asked ──> choosing ──> asked           no device by that name was said, or several have it: one is picked
 *     ├─────> proposed ──> approved ──> submitting ──> following ──> settled
 *     │          v          ^  │  ^           │
 *     │          │          │  │  └───────────┘        Defender did not take it: again
 *     └──────> awaiting ────┘  │                       others must approve
 *                 ^────────────┘                       the rules ask for more by now
 *   proposed, approved ──> queued ──> approved         another request has the device: after it
 *                             └─────> following        or its scan is followed instead
 *   proposed, awaiting ──> scheduled                     planned: begins requests at its times, in stage approved
 *   asked, choosing, proposed, awaiting, queued, approved, submitting, following, scheduled ──> closed
 */
export interface Asked {
  readonly name: 'asked';
  readonly waitsForSignIn: boolean;
  /** Chosen on the pick card, so that a card stands in the thread already. */
  readonly picked?: boolean;
  /** Named on a card that asked for any device: when there is none, the card asks once more. */
  readonly sought?: boolean;
  readonly until: Time;
}
export interface Choosing {
  readonly name: 'choosing';
  readonly among: readonly Device[];
  /** No device was named: any may be. With what was named on the card so far and led nowhere. */
  readonly any?: { readonly missed: string };
  readonly until: Time;
}
export interface Proposed {
  readonly name: 'proposed';
  readonly device: Device;
  /** A scan that runs there already. */
  readonly busy: DefenderScan | undefined;
  /** Whether the next press leads to other people: yes, or only for one of the scan types. */
  readonly asks?: 'approval' | 'depends';
  /** Another request of ours that has the device. */
  readonly holder?: Holder | undefined;
  readonly until: Time;
}
export interface Approved {
  readonly name: 'approved';
  readonly device: Device;
  readonly content: Content;
  readonly by: PersonId;
  readonly at: Time;
  readonly wait: Wait | undefined;
  /** How often the scan was sent to Defender so far. */
  readonly posts: number;
  /** How often of these no answer came, and the looks showed that it was not taken. */
  readonly lost: number;
  /** Not started by then, it is not started at all. */
  readonly until: Time;
}
export interface Submitting {
  readonly name: 'submitting';
  readonly device: Device;
  readonly content: Content;
  readonly by: PersonId;
  /** As whom Defender will name the requester, as far as the sign-in tells. */
  readonly accounts: readonly string[];
  /** Committed before the call: from here on the scan may have been taken. */
  readonly intention: Time;
  readonly posts: number;
  readonly lost: number;
  /** What came back instead of a clear answer: words for the end, no proof of anything. */
  readonly refusal: Refusal | undefined;
  /** How often Defender was asked whether it took the scan. */
  readonly looks: number;
  readonly lookAt: Time;
  readonly until: Time;
}
export interface Following {
  readonly name: 'following';
  readonly device: Device;
  readonly content: Content;
  readonly scan: DefenderScan;
  /** The scan is somebody else's, or an earlier one: we follow what already ran. */
  readonly adopted: boolean;
  readonly since: Time;
  /** Seen waiting for the device: its start is worth a word. */
  readonly waited: boolean;
  /** The sign-in that following needs has ended, and the requester was told. */
  readonly waitsForSignIn?: boolean;
  /** How long scans like this one have taken; undefined where nobody knows. */
  readonly estimate?: Estimate | undefined;
}
export interface Settled {
  readonly name: 'settled';
  readonly device: Device;
  readonly content: Content;
  readonly scan: DefenderScan;
  readonly adopted: boolean;
  readonly since: Time;
  readonly at: Time;
  /** How the scan itself ended; `endingOf` tells it for those from before it was kept. */
  readonly ending?: Ending;
  readonly estimate?: Estimate | undefined;
}
export type ClosedWhy =
  | 'dismissed'
  | 'signed-out'
  | 'withdrawn'
  | 'declined'
  | 'not-approved'
  | 'nobody-to-approve'
  | 'not-allowed'
  | 'expired'
  | 'sign-in-expired'
  | 'not-found'
  | 'refused'
  | 'unclear'
  | 'lost-sight'
  | 'nothing-to-follow'
  | 'schedule-stopped'
  | 'schedule-over'
  | 'schedule-missed'
  | 'unexpected';
export interface Closed {
  readonly name: 'closed';
  readonly why: ClosedWhy;
  readonly device: Device | undefined;
  readonly content: Content | undefined;
  readonly refusal: Refusal | undefined;
  /** Ties an unexpected fault to its log line. */
  readonly reference: string | undefined;
  /** Who declined, and the reason that they gave. */
  readonly declined?: { readonly by: Person; readonly reason: string };
  /** The rule that lets it not start. */
  readonly noScan?: NoScan;
  readonly at: Time;
}
export type Stage =
  Asked | Choosing | Proposed | Awaiting | Scheduled | Queued | Approved | Submitting | Following | Settled | Closed;
