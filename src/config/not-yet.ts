import type { Environment } from './environment.ts';

/**
 * Settings that operators may know and that this version does not carry out. A rule that is written down but not
 * enforced is worse than none, so each of them stops the start.
 */
export function refuseWhatIsNotEnforced(env: Environment): void {
  const approval = env.text('APPROVAL');
  if (approval === 'second-person' || approval === 'approvers') {
    const remedy = 'Set APPROVAL=requester or remove it, if it is enough that whoever asks also confirms.';
    env.fault('APPROVAL', 'asks for a rule that this version does not know; it knows only requester', remedy);
  }
  if (env.isSet('POLICY_FILE')) {
    env.fault('POLICY_FILE', 'is set, and this version reads no policy', 'Remove it: its rules would not be enforced.');
  }
}
