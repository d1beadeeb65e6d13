import type { PersonId, Time } from '../ids.ts';
import type { DefenderScan } from '../defender-scan.ts';
import type { Outcome, Worker } from '../engine.ts';
import { again, DONE } from '../engine.ts';
import { observe } from '../following.ts';
import type { In } from '../moves.ts';
import { close, isIn, noticeMessage } from '../moves.ts';
import type { Claim, FollowerId, Reader } from '../ports.ts';
import type { Refusal } from '../refusal.ts';
import { signInMends } from '../refusal.ts';
import { DAY, MINUTE } from '../time.ts';
import type { WorkParts } from './parts.ts';
import { retryTime } from './parts.ts';

/** A fresh scan may be missing from Defender's list for some seconds; after this it is asked for by its id. */
const LIST_LAG = 2 * MINUTE;
/** A sleeping device's scan times out after three days (defender-api §2.5); after this Defender will not say any more. */
const LONGEST_LIFE = 4 * DAY;
const CANNOT_READ_RETRY = 5 * MINUTE;
const MOST_SINGLE_LOOKS = 3;

/** Reads the state of everything that one person has running, by one list call. */
export class FollowerWorker implements Worker {
  readonly #parts: WorkParts;

  constructor(parts: WorkParts) {
    this.#parts = parts;
  }

  async work(claim: Claim): Promise<Outcome> {
    const requests = (await this.#parts.store.following(claim.id as FollowerId)).filter((one) =>
      isIn(one, 'following'),
    );
    const [first] = requests;
    if (first === undefined) return DONE;
    const reader = readerOf(claim, first);
    const since = Math.min(...requests.map((request) => request.stage.scan.createdAt));
    const scans = await this.#parts.defender.scansSince(reader, since);
    if (!scans.ok) return this.#cannotRead(requests, scans.refusal);
    const missing = await this.#observeAll(requests, scans.value);
    await this.#lookSingly(missing, reader);
    return again(this.#parts.clock.now() + this.#parts.settings.pollEvery);
  }

  giveUp(): Promise<Outcome> {
    return Promise.resolve(again(this.#parts.clock.now() + CANNOT_READ_RETRY));
  }

  async #observeAll(
    requests: readonly In<'following'>[],
    scans: readonly DefenderScan[],
  ): Promise<readonly In<'following'>[]> {
    const byId = new Map(scans.map((scan) => [scan.id, scan]));
    const missing: In<'following'>[] = [];
    for (const request of requests) {
      const scan = byId.get(request.stage.scan.id);
      if (scan === undefined) missing.push(request);
      else await this.#observe(request, scan);
    }
    return missing;
  }

  async #observe(request: In<'following'>, scan: DefenderScan): Promise<void> {
    const now = this.#parts.clock.now();
    if (scan.status === 'Unknown') this.#noteOdd(request, 'a status word that Defender does not document');
    const write = observe(request, scan, now);
    if (write !== undefined) await this.#parts.store.commit(write);
    else if (isTooOld(request, now)) await this.#parts.store.commit(close(request, 'unclear', now));
  }

  /** A scan that the list leaves out: asked for by name, a few at a time, and never taken for finished. */
  async #lookSingly(missing: readonly In<'following'>[], reader: Reader): Promise<void> {
    const now = this.#parts.clock.now();
    const overdue = missing.filter((request) => now - request.stage.since > LIST_LAG);
    for (const request of overdue.slice(0, MOST_SINGLE_LOOKS)) {
      const scan = await this.#parts.defender.scan(reader, request.stage.scan.id);
      if (scan.ok) await this.#observe(request, scan.value);
      else if (scan.refusal.kind === 'not-found') await this.#unknownToDefender(request, now);
    }
  }

  async #unknownToDefender(request: In<'following'>, now: Time): Promise<void> {
    this.#noteOdd(request, 'a scan that Defender does not know any more');
    if (isTooOld(request, now)) await this.#parts.store.commit(close(request, 'unclear', now));
  }

  async #cannotRead(requests: readonly In<'following'>[], refusal: Refusal): Promise<Outcome> {
    const now = this.#parts.clock.now();
    if (signInMends(refusal)) await this.#askForSignIn(requests);
    for (const request of requests) {
      if (isTooOld(request, now)) await this.#parts.store.commit(close(request, 'unclear', now, { refusal }));
    }
    const retryAt = retryTime(refusal, now) ?? now + CANNOT_READ_RETRY;
    return again(Math.max(retryAt, now + this.#parts.settings.pollEvery));
  }

  /** Told once per scan; the scan itself goes on and stays open. */
  async #askForSignIn(requests: readonly In<'following'>[]): Promise<void> {
    const messages = requests.flatMap((request) => [
      noticeMessage(request, { say: 'sign-in-to-follow', request: request.id }, true),
      signInToFollow(request),
    ]);
    await this.#parts.store.commit({ messages });
  }

  #noteOdd(request: In<'following'>, what: string): void {
    this.#parts.settings.noteOdd({ request: request.id, action: request.stage.scan.id }, what);
  }
}

function signInToFollow(request: In<'following'>): ReturnType<typeof noticeMessage> {
  const id = `sign-in-card:${request.id}`;
  return { id, thread: request.thread, to: request.requester, content: { kind: 'sign-in' } };
}

function isTooOld(request: In<'following'>, now: Time): boolean {
  return now - request.stage.scan.createdAt > LONGEST_LIFE;
}

function readerOf(claim: Claim, request: In<'following'>): Reader {
  if (claim.id === 'application') return { as: 'application' };
  const person = request.requester;
  return { as: 'person', person: { ...person, id: claim.id as PersonId } };
}
