import type { Store } from '../scan/ports.ts';
import type { Readiness } from '../teams/server.ts';

/** The reason is a code: anybody may read it. */
export async function readiness(store: Store): Promise<Readiness> {
  try {
    await store.check();
    return { ok: true };
  } catch {
    return { ok: false, reason: 'store' };
  }
}
