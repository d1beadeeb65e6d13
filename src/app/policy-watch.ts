import type { Log } from '../log.ts';
import type { PolicyFault } from '../policy/file/fault.ts';
import type { ReloadWatch } from '../policy/policy-in-force.ts';
import type { Store } from '../scan/ports.ts';
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

/** So that nobody wonders after a start why nothing is scanned: a pause stays until an operator ends it. */
export async function tellPause(store: Pick<Store, 'halt'>, log: Log): Promise<void> {
  const halt = await store.halt();
  if (halt?.is !== 'paused') return;
  const facts = { by: halt.by, since: new Date(halt.at).toISOString() };
  log.warn(facts, 'New scans are paused until an operator whom the policy names types resume');
}

function lineOf({ path, fault, remedy }: PolicyFault): string {
  return [`${path} ${fault}.`, remedy ?? ''].join(' ').trimEnd();
}
