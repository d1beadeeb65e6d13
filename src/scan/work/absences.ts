import type { RequestId } from '../ids.ts';

const MOST_AT_ONCE = 3;

/** Scans that Defender's list leaves out. Kept while the process lives: only logging and turns depend on it. */
export class Absences {
  readonly #noted = new Set<RequestId>();
  #turn = 0;

  /** A few of them, others each time, so that those nobody finds do not keep the rest waiting. */
  nextOf<T>(missing: readonly T[]): readonly T[] {
    const start = missing.length === 0 ? 0 : this.#turn % missing.length;
    this.#turn += MOST_AT_ONCE;
    return [...missing.slice(start), ...missing.slice(0, start)].slice(0, MOST_AT_ONCE);
  }

  isNew(request: RequestId): boolean {
    if (this.#noted.has(request)) return false;
    this.#noted.add(request);
    return true;
  }

  over(request: RequestId): void {
    this.#noted.delete(request);
  }
}
