import type { In } from '../moves.ts';
import type { DefenderScan } from '../defender-scan.ts';
import type { Clock, Defender, Reader } from '../ports.ts';
import type { Answer } from '../refusal.ts';
import { MINUTE } from '../time.ts';

export interface FollowedListParts {
  readonly defender: Pick<Defender, 'scansSince'>;
  readonly clock: Clock;
}

export interface ListWish {
  readonly follower: string;
  readonly reader: Reader;
  readonly requests: readonly In<'following'>[];
}

/** A fresh scan may be missing from Defender's list for some seconds; after this it is asked for in other ways. */
export const LIST_LAG = 2 * MINUTE;
/** With more of them the whole list is no dearer, and the filter stays short. */
const MOST_STARTERS = 5;

/**
 * Reads the scans that are followed, and as few others as may be: a large tenant has thousands that others started.
 * Defender is asked for those of the people who started ours; where it does not find them so, for all.
 */
export class FollowedList {
  readonly #parts: FollowedListParts;
  readonly #wide = new Set<string>();

  constructor(parts: FollowedListParts) {
    this.#parts = parts;
  }

  async read({ follower, reader, requests }: ListWish): Promise<Answer<readonly DefenderScan[]>> {
    const { defender } = this.#parts;
    const since = Math.min(...requests.map(({ stage }) => stage.scan.createdAt));
    const starters = this.#wide.has(follower) ? [] : startersOf(requests);
    if (starters.length === 0) return defender.scansSince(reader, since);
    const scans = await defender.scansSince(reader, since, starters);
    if (scans.ok ? this.#hasAll(scans.value, requests) : scans.refusal.kind !== 'bad-request') return scans;
    this.#wide.add(follower);
    return defender.scansSince(reader, since);
  }

  /** There is nothing to follow any more. */
  over(follower: string): void {
    this.#wide.delete(follower);
  }

  #hasAll(scans: readonly DefenderScan[], requests: readonly In<'following'>[]): boolean {
    const found = new Set(scans.map(({ id }) => id));
    const now = this.#parts.clock.now();
    return requests.every(({ stage }) => found.has(stage.scan.id) || now - stage.since <= LIST_LAG);
  }
}

/** As Defender itself names them. */
function startersOf(requests: readonly In<'following'>[]): readonly string[] {
  const starters = [...new Set(requests.map(({ stage }) => stage.scan.requester))];
  return starters.length <= MOST_STARTERS && !starters.includes('') ? starters : [];
}
