import type { Log } from '../log.ts';
import type { PolicyFault } from '../policy/file/fault.ts';
import type { ReloadWatch } from '../policy/policy-in-force.ts';
import type { Metrics } from './metrics.ts';

/** What the operator reads when the policy file is read again. */
export function policyWatch(log: Log, metrics: Metrics): ReloadWatch {
  return {
    reloaded: (rules, warnings) => {
      metrics.policyReload('taken');
      log.info({ rules, warnings: warnings.map(lineOf) }, 'The policy file was read again and is in force');
    },
    failed: (faults) => {
      metrics.policyReload('failed');
      log.error({ faults: faults.map(lineOf) }, 'The policy file is faulty: the policy that was in force stays');
    },
  };
}

function lineOf({ path, fault, remedy }: PolicyFault): string {
  return [`${path} ${fault}.`, remedy ?? ''].join(' ').trimEnd();
}
