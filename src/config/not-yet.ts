import type { Environment } from './environment.ts';

/**
 * Settings that operators may know and that this version does not carry out. A rule that is written down but not
 * enforced is worse than none, so each of them stops the start.
 */
export function refuseWhatIsNotEnforced(env: Environment): void {
  if (env.isSet('POLICY_FILE')) {
    env.fault('POLICY_FILE', 'is set, and this version reads no policy', 'Remove it: its rules would not be enforced.');
  }
}
