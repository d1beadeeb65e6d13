import type { WordKey } from '../language.ts';
import type { Pen } from './pen.ts';
import { signOf } from './scan-state.ts';
import type { ScanState } from './scan-state.ts';

/** On the way to Defender, told shorter than on the card. */
const ON_THE_WAY: ReadonlyMap<string, readonly [state: ScanState, words: WordKey]> = new Map([
  ['asked', ['asked', 'own.asked']],
  ['choosing', ['choosing', 'own.choosing']],
  ['proposed', ['proposed', 'own.proposed']],
  ['approved', ['approved', 'own.approved']],
  ['scheduled', ['scheduled', 'own.scheduled']],
  ['queued', ['queued', 'own.queued']],
  ['submitting', ['submitting', 'own.submitting']],
]);

const STATES: ReadonlyMap<string, ScanState> = new Map<string, ScanState>([
  ['awaiting', 'awaiting'],
  ['waits-for-sign-in', 'asked-sign-in'],
  ['Pending', 'pending'],
  ['InProgress', 'running'],
  ['Unknown', 'unknown'],
  ['Succeeded', 'succeeded'],
  ['Failed', 'failed'],
  ['TimeOut', 'timed-out'],
  ['Cancelled', 'cancelled'],
  ['completed', 'ended-completed'],
  ['cancelled', 'ended-cancelled'],
  ['failed', 'ended-failed'],
  ['unconfirmed', 'unconfirmed'],
  ['never-confirmed', 'never-confirmed'],
  ['not-run-TimeOut', 'timed-out'],
  ['not-run-Cancelled', 'cancelled'],
  ['not-run-Failed', 'failed'],
  ['dismissed', 'dismissed'],
  ['signed-out', 'signed-out'],
  ['withdrawn', 'withdrawn'],
  ['declined', 'declined'],
  ['not-approved', 'not-approved'],
  ['nobody-to-approve', 'nobody-to-approve'],
  ['not-allowed', 'not-allowed'],
  ['expired', 'expired'],
  ['sign-in-expired', 'sign-in-expired'],
  ['not-found', 'not-found'],
  ['refused', 'refused'],
  ['unclear', 'unclear'],
  ['lost-sight', 'lost-sight'],
  ['nothing-to-follow', 'nothing-to-follow'],
  ['schedule-stopped', 'schedule-stopped'],
  ['schedule-over', 'schedule-over'],
  ['schedule-missed', 'schedule-missed'],
  ['unexpected', 'unexpected'],
]);

export interface OwnStage {
  readonly symbol: string;
  readonly words: string;
}

/** A stage, a result or a reason; a word that is none of them is shown as it is. */
export function ownStage(stage: string, pen: Pen): OwnStage {
  const early = ON_THE_WAY.get(stage);
  if (early !== undefined) return { symbol: signOf(early[0]).symbol, words: pen.t(early[1]) };
  const state = STATES.get(stage);
  if (state === undefined) return { symbol: signOf('unknown').symbol, words: pen.name(stage) };
  return { symbol: signOf(state).symbol, words: pen.t(`state.${state}.heading`) };
}
