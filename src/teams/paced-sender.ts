import type { Time } from '../scan/ids.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { CallCount, CallLimit, Clock } from '../scan/ports.ts';
import { HOUR, SECOND } from '../scan/time.ts';
import { Turns } from '../scan/turns.ts';
import type { Connector } from './connector.ts';
import type { Sent } from './sent.ts';

/** What Teams' page on rate limits for bots allows one bot in one thread, a little below: Teams counts on arrival. */
export const TEAMS_PACE: readonly CallLimit[] = [
  { length: SECOND, most: 6 },
  { length: 2 * SECOND, most: 7 },
  { length: 30 * SECOND, most: 57 },
  { length: HOUR, most: 1710 },
];

/** Between two messages to one place, while many wait. */
const GAP = Math.ceil((30 * SECOND) / 57);

export type Pace = readonly CallLimit[] | undefined;

export type Way = Pick<Connector, 'post' | 'replace' | 'personalThread'>;
export type PacedSent = Sent | { readonly ok: false; readonly why: 'wait'; readonly at: Time };

/** Sends no faster than Teams takes it, all replicas together. Who has to wait is told until when, and holds up nobody. */
export class PacedSender {
  readonly #way: Way;
  readonly #calls: CallCount;
  readonly #clock: Clock;
  readonly #pace: readonly CallLimit[];
  readonly #turns = new Turns(GAP);

  constructor(way: Way, parts: { readonly calls: CallCount; readonly clock: Clock; readonly pace?: Pace }) {
    this.#way = way;
    this.#calls = parts.calls;
    this.#clock = parts.clock;
    this.#pace = parts.pace ?? TEAMS_PACE;
  }

  post(thread: Thread, activity: object): Promise<PacedSent> {
    return this.#paced(thread, () => this.#way.post(thread, activity));
  }

  replace(thread: Thread, activityId: string, activity: object): Promise<PacedSent> {
    return this.#paced(thread, () => this.#way.replace(thread, activityId, activity));
  }

  personalThread(person: Person, near: Thread): ReturnType<Way['personalThread']> {
    return this.#way.personalThread(person, near);
  }

  async #paced(thread: Thread, send: () => Promise<Sent>): Promise<PacedSent> {
    const quota = quotaOf(thread);
    const at = await this.#calls.take(quota, this.#pace, this.#clock.now());
    if (at !== undefined) return { ok: false, why: 'wait', at: this.#turns.next(quota, at, this.#clock.now()) };
    const sent = await send();
    // A 429 is meant for everything that goes there.
    if (!sent.ok && sent.why === 'retry' && sent.isThrottled) await this.#calls.pause(quota, sent.at);
    return sent;
  }
}

/** It is not said whether the threads of a channel count together: counted together they stay below either way. */
function quotaOf({ id }: Thread): string {
  return `teams ${id.split(';')[0] ?? id}`;
}
