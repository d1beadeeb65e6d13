import type { DefenderScan } from '../../src/scan/defender-scan.ts';
import type { ActionId, PersonId, RequestId, Time } from '../../src/scan/ids.ts';
import type { FollowerId, Reader, Store, Write } from '../../src/scan/ports.ts';
import { answered, refused } from '../../src/scan/refusal.ts';
import type { Answer } from '../../src/scan/refusal.ts';
import type { ScanRequest } from '../../src/scan/scan-request.ts';
import { DAY, MINUTE, SECOND } from '../../src/scan/time.ts';
import { FollowerWorker } from '../../src/scan/work/follower-worker.ts';
import type { WorkParts } from '../../src/scan/work/parts.ts';
import { MemoryCallBudget } from '../../test/defender/memory-call-budget.ts';
import { alice, laptop, NOON, requestIn, scanOf } from '../../test/support/requests.ts';
import { Limits } from './limits.ts';
import { endOf, startOf } from './scans.ts';

export interface DayWish {
  readonly scans: number;
  readonly requesters: number;
  readonly reader: 'requester' | 'application';
}

export interface Followed {
  /** How long after the end of each scan its notice was written, in milliseconds. */
  readonly delays: readonly number[];
  readonly calls: number;
  readonly mostPerMinute: number;
  readonly refused: number;
}

interface Kept {
  request: ScanRequest;
  readonly endsAt: Time;
}

/** The first look of each reader, and between two looks, unless the budget says otherwise. */
const POLL = 15 * SECOND;

/** A day of scans, followed by the bot's own worker within its own budget; Defender counts with its real limits. */
export class FollowedDay {
  #now: Time = NOON;
  readonly #wish: DayWish;
  readonly #budget = new MemoryCallBudget();
  readonly #limits = new Limits();
  readonly #open = new Map<FollowerId, Map<RequestId, Kept>>();
  readonly #dueAt = new Map<FollowerId, Time>();
  readonly #delays: number[] = [];

  constructor(wish: DayWish) {
    this.#wish = wish;
  }

  async pass(): Promise<Followed> {
    const worker = new FollowerWorker(this.#parts());
    let started = 0;
    for (; this.#now < NOON + DAY; this.#now += SECOND) {
      for (; started < this.#wish.scans && startOf(started, this.#wish.scans) <= this.#now - NOON; started += 1) {
        this.#start(started);
      }
      for (const who of this.#due()) {
        this.#dueAt.delete(who);
        const outcome = await worker.work({ kind: 'follower', id: who, attempt: 1, fails: 0 });
        if (outcome.is === 'again') this.#wake(who, outcome.at);
      }
    }
    return { delays: this.#delays, ...this.#limits.counted };
  }

  /** Those that have waited longest come first, as in the store. */
  #due(): readonly FollowerId[] {
    const due = [...this.#dueAt].filter(([, at]) => at <= this.#now);
    return due.sort(([, one], [, other]) => one - other).map(([who]) => who);
  }

  #start(nth: number): void {
    const person = `person ${nth % this.#wish.requesters}` as PersonId;
    const who = this.#wish.reader === 'application' ? 'application' : person;
    const scan = scanOf({ id: `scan ${nth}` as ActionId, status: 'InProgress', createdAt: this.#now });
    const content = { type: 'Full', comment: 'Check' } as const;
    const stage = {
      name: 'following',
      device: laptop,
      content,
      scan,
      adopted: false,
      since: this.#now,
      waited: false,
    } as const;
    const request = { ...requestIn(stage), id: `request ${nth}` as RequestId, requester: { ...alice, id: person } };
    const open = this.#open.get(who) ?? new Map<RequestId, Kept>();
    this.#open.set(who, open.set(request.id, { request, endsAt: NOON + endOf(nth, this.#wish.scans) }));
    this.#wake(who, this.#now);
  }

  #wake(who: FollowerId, at: Time): void {
    this.#dueAt.set(who, Math.min(at, this.#dueAt.get(who) ?? Infinity));
  }

  #parts(): WorkParts {
    const clock = { now: () => this.#now, after: () => () => undefined };
    const following = (who: FollowerId): Promise<readonly ScanRequest[]> =>
      Promise.resolve([...(this.#open.get(who)?.values() ?? [])].map(({ request }) => request));
    const commit = (write: Write): Promise<boolean> => Promise.resolve(this.#commit(write));
    const defender = { scansSince: (reader: Reader) => Promise.resolve(this.#scans(reader)) };
    const settings = { pollEvery: POLL, statusReader: this.#wish.reader, noteOdd: () => undefined };
    return { store: { following, commit } as unknown as Store, clock, defender, settings } as unknown as WorkParts;
  }

  #commit({ move, follow }: Write): boolean {
    if (follow !== undefined) this.#wake(follow.who, follow.at);
    if (move?.after.stage.name !== 'settled') return true;
    const who = this.#wish.reader === 'application' ? 'application' : move.after.requester.id;
    const kept = this.#open.get(who)?.get(move.after.id);
    if (kept !== undefined) this.#delays.push(this.#now - kept.endsAt);
    this.#open.get(who)?.delete(move.after.id);
    return true;
  }

  #scans(reader: Reader): Answer<readonly DefenderScan[]> {
    const allowance = this.#budget.take('list-scans', { reserve: false }, this.#now);
    if (!allowance.ok) return refused('throttled', { retryAt: allowance.retryAt });
    if (!this.#limits.take(this.#now)) return refused('throttled', { retryAt: this.#now + MINUTE });
    const who = reader.as === 'application' ? 'application' : reader.person.id;
    return answered([...(this.#open.get(who)?.values() ?? [])].flatMap((kept) => shown(kept, this.#now)));
  }
}

function shown({ request, endsAt }: Kept, now: Time): readonly DefenderScan[] {
  if (request.stage.name !== 'following') return [];
  return [endsAt > now ? request.stage.scan : { ...request.stage.scan, status: 'Failed', word: 'Failed' }];
}
