import type { Log } from '../log.ts';
import type { Store } from '../scan/ports.ts';
import type { Readiness } from '../teams/server.ts';

export interface ReadinessParts {
  readonly store: Pick<Store, 'check'>;
  /** Whether what waited in the store was looked for since the start. */
  readonly hasLooked: () => boolean;
  readonly log: Log;
}

/**
 * Whether turns can be taken. Anybody may read the reason, so it is a code; the operator reads the rest in the log.
 * Nobody outside is asked: a moment in which Microsoft does not answer must not take a bot out of its duty.
 */
export function readinessOf({ store, hasLooked, log }: ReadinessParts): () => Promise<Readiness> {
  let wasReady = true;
  return async () => {
    try {
      await store.check();
      if (!wasReady) log.info({}, 'The store works again');
      wasReady = true;
      if (!hasLooked()) return { ok: false, reason: 'starting', checks: { store: 'ok', work: 'starting' } };
      return { ok: true, checks: { store: 'ok', work: 'ok' } };
    } catch (fault) {
      // Once, not at every look.
      if (wasReady) log.error({ err: fault }, 'The store does not work: not ready');
      wasReady = false;
      return { ok: false, reason: 'store', checks: { store: 'failed' } };
    }
  };
}
