import type { Alert } from '../scan/alert.ts';
import type { PersonId, Time } from '../scan/ids.ts';
import type { Person } from '../scan/person.ts';
import type { Clock } from '../scan/ports.ts';
import type { Answer } from '../scan/refusal.ts';
import { DAY, SECOND } from '../scan/time.ts';

/** Everything that the person may see since then. */
export type ReadAll = (person: Person, since: Time) => Promise<Answer<readonly Alert[]>>;

/** Far less than what shows in a time of day. */
const FRESH = 20 * SECOND;

interface Kept {
  readonly since: Time;
  readonly at: Time;
  readonly answer: ReturnType<ReadAll>;
}

/** One call for all devices of a person, shared by all who look at that moment. */
export class SharedAlerts {
  readonly #read: ReadAll;
  readonly #clock: Clock;
  readonly #kept = new Map<PersonId, Kept>();

  constructor(read: ReadAll, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  async since(person: Person, since: Time): ReturnType<ReadAll> {
    const now = this.#clock.now();
    for (const [id, { at }] of this.#kept) if (now - at >= FRESH) this.#kept.delete(id);
    const kept = this.#kept.get(person.id);
    if (kept !== undefined && kept.since <= since) return kept.answer;
    // So far back, scans that began earlier find theirs in it as well.
    const from = Math.min(since, now - DAY);
    const answer = this.#read(person, from);
    this.#kept.set(person.id, { since: from, at: now, answer });
    if (!(await answer).ok) this.#kept.delete(person.id);
    return answer;
  }
}
