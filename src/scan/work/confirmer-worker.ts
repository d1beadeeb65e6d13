import type { Open } from '../confirming.ts';
import { confirm, giveUpConfirming, tellUnconfirmed } from '../confirming.ts';
import { nextLook } from '../ending.ts';
import type { Outcome, Worker } from '../outcome.ts';
import { again, DONE } from '../outcome.ts';
import type { Time } from '../ids.ts';
import { isIn } from '../moves.ts';
import type { Claim, FollowerId } from '../ports.ts';
import type { ScanRequest } from '../scan-request.ts';
import { unconfirmedEnding } from '../ending-of.ts';
import { MINUTE } from '../time.ts';
import type { Seen } from './end-looks.ts';
import { canShow, endingSeen, goesOnAt, lookForEnds, wasAsked } from './end-looks.ts';
import type { WorkParts } from './parts.ts';
import { readerFor } from './parts.ts';

/** One claim asks about no more than these. */
const AT_ONCE = 200;
/** When the sources have failed for so long, what there is gets told. */
const TELL_AFTER = 15 * MINUTE;
const FAULT_PAUSE = 5 * MINUTE;

/** Looks for the ends of scans that Defender calls succeeded: many devices in one question, quietly, for three days. */
export class ConfirmerWorker implements Worker {
  readonly #parts: WorkParts;
  /** Since when the sources have failed for each, without an answer in between. */
  readonly #failingSince = new Map<FollowerId, Time>();

  constructor(parts: WorkParts) {
    this.#parts = parts;
  }

  async work(claim: Claim): Promise<Outcome> {
    const { store, clock, settings } = this.#parts;
    const who = claim.id as FollowerId;
    if ((who === 'application') !== (settings.statusReader === 'application')) return this.#handOver();
    const open = await this.#stillOpen((await store.endings.due(who, clock.now(), AT_ONCE)).flatMap(openOf));
    const [first] = open;
    if (first === undefined) return this.#rest(who, undefined);
    const seen = await lookForEnds(open, readerFor(first.request.requester, settings), this.#parts);
    await this.#decideAll(open, { ...seen, failsFor: this.#failsFor(who, seen) });
    return this.#rest(who, goesOnAt(seen, clock.now()));
  }

  #failsFor(who: FollowerId, { records, stopped }: Seen): Time {
    const fails = records.size === 0 && stopped?.is === 'later' && stopped.why === 'fails';
    if (!fails) this.#failingSince.delete(who);
    const now = this.#parts.clock.now();
    const since = this.#failingSince.get(who) ?? now;
    if (fails) this.#failingSince.set(who, since);
    return now - since;
  }

  giveUp(): Promise<Outcome> {
    return Promise.resolve(again(this.#parts.clock.now() + FAULT_PAUSE));
  }

  /** Whose rights read was set anew: those who read now take over. */
  async #handOver(): Promise<Outcome> {
    const { store, clock, settings } = this.#parts;
    const all: readonly FollowerId[] =
      settings.statusReader === 'application' ? ['application'] : await store.endings.readers();
    for (const who of all) await store.commit({ confirm: { who, at: clock.now() } });
    return DONE;
  }

  /** Ends the claim as one that went well: faults count in a row only. */
  async #rest(who: FollowerId, goesOn: Time | undefined): Promise<Outcome> {
    const next = await this.#parts.store.endings.next(who);
    if (next !== undefined) {
      await this.#parts.store.commit({ confirm: { who, at: Math.max(next, goesOn ?? next) } });
    }
    return DONE;
  }

  async #stillOpen(open: readonly Open[]): Promise<readonly Open[]> {
    const now = this.#parts.clock.now();
    const late = open.filter(({ ending }) => now >= ending.until);
    for (const one of late) await this.#parts.store.commit(giveUpConfirming(one, now));
    return open.filter((one) => !late.includes(one));
  }

  async #decideAll(open: readonly Open[], seen: Round): Promise<void> {
    const count = await this.#parts.store.endings.count();
    for (const one of open) await this.#decide(one, seen, count);
  }

  async #decide(one: Open, seen: Round, count: number): Promise<void> {
    const { store, clock, settings } = this.#parts;
    const now = clock.now();
    const ending = endingSeen(one, seen);
    if (ending.is === 'confirmed') {
      await store.commit(confirm(one, ending, now));
      return;
    }
    if (!one.ending.told && isAllThereIs(one, seen)) await store.commit(tellUnconfirmed(one, now));
    if (wasAsked(one, seen))
      await store.endings.later(
        [one.request.id],
        nextLook(one.ending, { now, open: count, every: settings.pollEvery }),
      );
  }
}

interface Round extends Seen {
  /** For how long every look has failed. */
  readonly failsFor: Time;
}

/** Nothing can show the end, or nothing has answered for a while: `Succeeded` is what there is. */
function isAllThereIs(one: Open, seen: Round): boolean {
  const shows = canShow(one, seen);
  return shows === undefined ? seen.failsFor >= TELL_AFTER : !shows;
}

function openOf(request: ScanRequest): readonly Open[] {
  const ending = unconfirmedEnding(request);
  return ending !== undefined && isIn(request, 'settled') ? [{ request, ending }] : [];
}
