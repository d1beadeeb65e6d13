import type { ScanStatus } from '../../scan/defender-scan.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Approved, Settled } from '../../scan/stage.ts';
import { endingOf } from '../../scan/ending-of.ts';
import type { Outcome, ScanOutcome } from '../../scan/report.ts';
import type { Color } from './card-view.ts';

/** How a request stands, as a person would tell the cases apart. Each has its words under `state.` */
export type ScanState = keyof typeof SIGNS;

interface Sign {
  readonly symbol: string;
  readonly color: Color;
}

const SIGNS = {
  asked: sign('🔎', 'default'),
  'asked-sign-in': sign('🔑', 'warning'),
  choosing: sign('❓', 'accent'),
  finding: sign('🔎', 'accent'),
  proposed: sign('❓', 'accent'),
  awaiting: sign('🖐️', 'accent'),
  scheduled: sign('🕒', 'accent'),
  'scheduled-sign-in': sign('🔑', 'warning'),
  approved: sign('📤', 'default'),
  'approved-sign-in': sign('🔑', 'warning'),
  'approved-later': sign('⏳', 'warning'),
  queued: sign('⏳', 'accent'),
  'queued-follow': sign('⏳', 'accent'),
  submitting: sign('📤', 'default'),
  pending: sign('⏳', 'accent'),
  running: sign('▶️', 'accent'),
  unknown: sign('⚠️', 'warning'),
  succeeded: sign('☑️', 'accent'),
  unconfirmed: sign('☑️', 'accent'),
  'unconfirmed-told': sign('☑️', 'accent'),
  'ended-completed': sign('✅', 'good'),
  'ended-cancelled': sign('⏹️', 'warning'),
  'ended-failed': sign('❌', 'attention'),
  'never-confirmed': sign('⚠️', 'warning'),
  failed: sign('❌', 'attention'),
  'timed-out': sign('⌛', 'warning'),
  cancelled: sign('⏹️', 'warning'),
  dismissed: sign('↩️', 'default'),
  'signed-out': sign('↩️', 'default'),
  withdrawn: sign('↩️', 'default'),
  declined: sign('⛔', 'warning'),
  'not-approved': sign('⌛', 'default'),
  'nobody-to-approve': sign('⛔', 'warning'),
  'not-allowed': sign('⛔', 'warning'),
  expired: sign('⌛', 'default'),
  'sign-in-expired': sign('⌛', 'default'),
  'not-found': sign('⚠️', 'warning'),
  refused: sign('⛔', 'attention'),
  unclear: sign('⚠️', 'warning'),
  'lost-sight': sign('⚠️', 'warning'),
  'nothing-to-follow': sign('↩️', 'default'),
  'schedule-stopped': sign('⏹️', 'default'),
  'schedule-over': sign('🏁', 'default'),
  'schedule-missed': sign('⌛', 'warning'),
  unexpected: sign('⚠️', 'attention'),
};

export function signOf(state: ScanState): Sign {
  return SIGNS[state];
}

export function stateOf(request: ScanRequest): ScanState {
  const { stage } = request;
  switch (stage.name) {
    case 'asked':
      return stage.waitsForSignIn ? 'asked-sign-in' : 'asked';
    case 'choosing':
      return stage.any === undefined ? 'choosing' : 'finding';
    case 'proposed':
    case 'awaiting':
    case 'submitting':
      return stage.name;
    case 'scheduled':
      return stage.asksSignIn ? 'scheduled-sign-in' : 'scheduled';
    case 'queued':
      return stage.then === 'follow' ? 'queued-follow' : 'queued';
    case 'approved':
      return approvedState(stage);
    case 'following':
      return statusState(stage.scan.status);
    case 'settled':
      return endingState(stage);
    case 'closed':
      return stage.why;
  }
}

function endingState(stage: Settled): ScanState {
  const ending = endingOf(stage);
  switch (ending.is) {
    case 'unconfirmed':
      return ending.told ? 'unconfirmed-told' : 'unconfirmed';
    case 'confirmed':
      return `ended-${ending.outcome}`;
    case 'never-confirmed':
      return 'never-confirmed';
    case 'did-not-run':
      return statusState(ending.why);
  }
}

const ENDED = {
  completed: 'ended-completed',
  cancelled: 'ended-cancelled',
  failed: 'ended-failed',
  unconfirmed: 'unconfirmed',
  'never-confirmed': 'never-confirmed',
  'not-run-TimeOut': 'timed-out',
  'not-run-Cancelled': 'cancelled',
  'not-run-Failed': 'failed',
} as const satisfies Readonly<Record<Exclude<ScanOutcome, 'open'>, ScanState>>;

/** For lists: the state in which the card of such a request stands. */
export function outcomeState(outcome: Exclude<Outcome, 'open'>): ScanState {
  return isOfScan(outcome) ? ENDED[outcome] : outcome;
}

function isOfScan(outcome: string): outcome is keyof typeof ENDED {
  return Object.hasOwn(ENDED, outcome);
}

/** Defender's word for one scan. */
export function statusState(status: ScanStatus): ScanState {
  switch (status) {
    case 'Pending':
      return 'pending';
    case 'InProgress':
      return 'running';
    case 'Unknown':
      return 'unknown';
    case 'Succeeded':
      return 'succeeded';
    case 'Failed':
      return 'failed';
    case 'TimeOut':
      return 'timed-out';
    case 'Cancelled':
      return 'cancelled';
  }
}

function approvedState(stage: Approved): ScanState {
  if (stage.wait === undefined) return 'approved';
  return stage.wait.for === 'sign-in' ? 'approved-sign-in' : 'approved-later';
}

function sign(symbol: string, color: Color): Sign {
  return { symbol, color };
}
