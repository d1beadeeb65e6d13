import type { Log } from '../log.ts';
import type { Store } from '../scan/ports.ts';
import type { Readiness } from '../teams/server.ts';

/** Whether turns can be taken. Anybody may read the reason, so it is a code; the operator reads the rest in the log. */
export function readinessOf(store: Pick<Store, 'check'>, log: Log): () => Promise<Readiness> {
  let wasReady = true;
  return async () => {
    try {
      await store.check();
      if (!wasReady) log.info({}, 'The store works again');
      wasReady = true;
      return { ok: true };
    } catch (fault) {
      // Once, not at every look.
      if (wasReady) log.error({ err: fault }, 'The store does not work: not ready');
      wasReady = false;
      return { ok: false, reason: 'store' };
    }
  };
}
