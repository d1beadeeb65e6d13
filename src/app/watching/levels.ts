import { APIS, quotaOf, windowsOf } from '../../defender/call-budget.ts';
import type { Log } from '../../log.ts';
import type { Clock } from '../../scan/ports.ts';
import { HOUR, MINUTE, SECOND } from '../../scan/time.ts';
import type { KeptStore } from '../../store/kept-store.ts';
import type { Levels } from '../metrics.ts';

export interface LevelParts {
  readonly store: Pick<KeptStore, 'counts' | 'callsSince'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** However often somebody reads, the store is not counted more often than this. */
const FRESH = 5 * SECOND;

/** How full everything is. While the store does not answer the last levels stay, and the rest can be read. */
export function levelsOf({ store, clock, log }: LevelParts): () => Promise<Levels | 'away'> {
  let known: Promise<Levels | 'away'> = Promise.resolve('away');
  let at = -Infinity;
  return () => {
    if (clock.now() - at < FRESH) return known;
    at = clock.now();
    known = measure(store, clock).catch((fault: unknown) => {
      log.debug({ err: fault }, 'The store could not be counted');
      return 'away' as const;
    });
    return known;
  };
}

async function measure(store: LevelParts['store'], clock: Clock): Promise<Levels> {
  const counts = await store.counts();
  const used = {
    minute: await store.callsSince(clock.now() - MINUTE),
    hour: await store.callsSince(clock.now() - HOUR),
  };
  const budget = APIS.flatMap((api) =>
    (['minute', 'hour'] as const).map((window) => {
      const all = windowsOf(api).find(({ length }) => length === (window === 'minute' ? MINUTE : HOUR))?.all ?? 0;
      return { api, window, left: Math.max(0, all - (used[window].get(quotaOf(api)) ?? 0)) };
    }),
  );
  return { ...counts, budget };
}
