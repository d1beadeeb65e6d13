import { readPolicyFile } from '../policy/policy-file.ts';
import type { PolicySource } from '../policy/policy-in-force.ts';
import type { Environment } from './environment.ts';

export interface PolicySetting {
  readonly policy: PolicySource | undefined;
  readonly warnings: readonly string[];
}

const REMEDY =
  'Mend the file; npm run policy -- check FILE tells all of its faults. Nothing of it is in force until then.';

/** The rules that POLICY_FILE names, each of their faults with its path in the file. */
export function readPolicySource(env: Environment): PolicySetting {
  const file = env.text('POLICY_FILE');
  if (file === undefined) return { policy: undefined, warnings: [] };
  const reading = readPolicyFile(file);
  if (reading.ok) {
    const warnings = reading.warnings.map(({ path, fault }) => `POLICY_FILE ${path} ${fault}`);
    return { policy: { file, policy: reading.policy }, warnings };
  }
  for (const { path, fault, remedy } of reading.faults) env.fault('POLICY_FILE', `${path} ${fault}`, remedy ?? REMEDY);
  return { policy: undefined, warnings: [] };
}
