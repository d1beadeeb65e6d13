import type { Environment } from './environment.ts';

/**
 * Settings that operators may know and that this version does not carry out. A rule that is written down but not
 * enforced is worse than none, so each of them stops the start.
 */
export function refuseWhatIsNotEnforced(env: Environment): void {
  if (env.isSet('APPROVERS')) {
    const remedy = 'Remove it, and decide whether APPROVAL=requester is enough for you.';
    env.fault('APPROVERS', 'is set, and this version has no approvers', remedy);
  }
  if (env.isSet('POLICY_FILE')) {
    env.fault('POLICY_FILE', 'is set, and this version reads no policy', 'Remove it: its rules would not be enforced.');
  }
}

const APPROVALS = ['requester', 'second-person', 'approvers'] as const;

export function readApproval(env: Environment): 'requester' {
  const approval = env.word('APPROVAL', APPROVALS);
  if (approval !== 'requester') {
    const remedy = 'Set APPROVAL=requester or remove it, if it is enough that whoever asks also confirms.';
    env.fault('APPROVAL', 'asks for a rule that this version does not know; it knows only requester', remedy);
  }
  return 'requester';
}
