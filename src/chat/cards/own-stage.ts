import type { WordKey, Words } from '../language.ts';

const STAGES: ReadonlyMap<string, WordKey> = new Map<string, WordKey>([
  ['asked', 'own.asked'],
  ['choosing', 'own.choosing'],
  ['proposed', 'own.proposed'],
  ['awaiting', 'state.awaiting.heading'],
  ['approved', 'own.approved'],
  ['scheduled', 'own.scheduled'],
  ['queued', 'own.queued'],
  ['submitting', 'own.submitting'],
  ['following', 'own.following'],
  ['settled', 'own.settled'],
  ['closed', 'own.closed'],
  ['waits-for-sign-in', 'state.asked-sign-in.heading'],
  ['Pending', 'state.pending.heading'],
  ['InProgress', 'state.running.heading'],
  ['Unknown', 'state.unknown.heading'],
  ['Succeeded', 'state.succeeded.heading'],
  ['Failed', 'state.failed.heading'],
  ['TimeOut', 'state.timed-out.heading'],
  ['Cancelled', 'state.cancelled.heading'],
  ['dismissed', 'state.dismissed.heading'],
  ['signed-out', 'state.signed-out.heading'],
  ['withdrawn', 'state.withdrawn.heading'],
  ['declined', 'state.declined.heading'],
  ['not-approved', 'state.not-approved.heading'],
  ['nobody-to-approve', 'state.nobody-to-approve.heading'],
  ['not-allowed', 'state.not-allowed.heading'],
  ['expired', 'state.expired.heading'],
  ['sign-in-expired', 'state.sign-in-expired.heading'],
  ['not-found', 'state.not-found.heading'],
  ['refused', 'state.refused.heading'],
  ['unclear', 'state.unclear.heading'],
  ['lost-sight', 'state.lost-sight.heading'],
  ['nothing-to-follow', 'state.nothing-to-follow.heading'],
  ['schedule-stopped', 'state.schedule-stopped.heading'],
  ['schedule-over', 'state.schedule-over.heading'],
  ['schedule-missed', 'state.schedule-missed.heading'],
  ['unexpected', 'state.unexpected.heading'],
]);

/** A stage, a result or a reason in words; a word that is none of them is shown as it is. */
export function ownStage(stage: string, words: Words): string {
  const key = STAGES.get(stage);
  return key === undefined ? stage : words.t(key);
}
