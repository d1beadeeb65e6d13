import type { Time } from '../ids.ts';
import type { DefenderScan } from '../defender-scan.ts';
import type { Answer, Refusal } from '../refusal.ts';
import { signInMends } from '../refusal.ts';
import type { Outcome, Worker } from '../outcome.ts';
import { again, DONE } from '../outcome.ts';
import { loseSignIn, observe, regainSignIn } from '../following.ts';
import type { In } from '../moves.ts';
import { close, isIn } from '../moves.ts';
import type { Claim, FollowerId, Reader } from '../ports.ts';
import { DAY, HOUR, MINUTE } from '../time.ts';
import { Absences } from './absences.ts';
import { FollowedList, LIST_LAG } from './followed-list.ts';
import type { WorkParts } from './parts.ts';
import { followerOf, noteWord, readerFor, retryTime } from './parts.ts';

type Followed = In<'following'>;

/** A sleeping device's scan times out after three days; after this Defender will not say any more. */
const LONGEST_LIFE = 4 * DAY;
const CANNOT_READ_RETRY = 5 * MINUTE;
/** What Defender allows in an hour, less what is kept for people's own actions: shared out, so that nobody is left out. */
const LOOKS_AN_HOUR = 1100;
/** Longer than anybody waits for room in Defender's hour. */
const GONE_AFTER = 2 * HOUR;

/** Reads the state of everything that one person has running, by one list call. */
export class FollowerWorker implements Worker {
  readonly #parts: WorkParts;
  readonly #absences = new Absences();
  readonly #list: FollowedList;
  /** When each follower last looked: a sign-in or a new scan in between makes it no faster. */
  readonly #lookedAt = new Map<string, Time>();
  /** Everybody with something to follow, and when they had their last turn here: replicas share the turns. */
  readonly #followers = new Map<string, Time>();

  constructor(parts: WorkParts) {
    this.#parts = parts;
    this.#list = new FollowedList(parts);
  }

  async work(claim: Claim): Promise<Outcome> {
    const requests = await this.#requestsOf(claim);
    const [first] = requests;
    if (first === undefined) return this.#rests(claim);
    if (!this.#isReader(claim)) return this.#handOver(requests);
    this.#hasTurn(claim);
    const { clock, settings } = this.#parts;
    const soonest = this.#lastLook(claim) + this.#pollEvery();
    if (clock.now() < soonest) return again(soonest);
    const reader = readerFor(first.requester, settings);
    const scans = await this.#list.read({ follower: claim.id, reader, requests });
    this.#looked(claim, scans);
    if (!scans.ok) return this.#cannotRead(requests, scans.refusal);
    await this.#observeAll(await this.#withSignIn(claim, requests), scans.value, reader);
    return this.#nextLook(claim);
  }

  /** Who rests was perhaps seen to rest by another replica: whoever has had no turn for long counts no more. */
  #hasTurn(claim: Claim): void {
    const now = this.#parts.clock.now();
    this.#followers.delete(claim.id);
    this.#followers.set(claim.id, now);
    const gone = now - GONE_AFTER - 4 * this.#pollEvery();
    for (const [follower, at] of this.#followers) {
      if (at >= gone) break;
      this.#followers.delete(follower);
      this.#lookedAt.delete(follower);
      this.#list.over(follower);
    }
  }

  /** A look in time to come was before a clock was set back. */
  #lastLook(claim: Claim): Time {
    const at = this.#lookedAt.get(claim.id) ?? -Infinity;
    return at > this.#parts.clock.now() ? -Infinity : at;
  }

  giveUp(): Promise<Outcome> {
    return Promise.resolve(again(this.#parts.clock.now() + CANNOT_READ_RETRY));
  }

  async #requestsOf(claim: Claim): Promise<readonly Followed[]> {
    const requests = await this.#parts.store.following(claim.id as FollowerId);
    return requests.filter((one) => isIn(one, 'following'));
  }

  #rests(claim: Claim): Outcome {
    this.#followers.delete(claim.id);
    this.#lookedAt.delete(claim.id);
    this.#list.over(claim.id);
    return DONE;
  }

  #isReader(claim: Claim): boolean {
    return (claim.id === 'application') === (this.#parts.settings.statusReader === 'application');
  }

  /** Whose rights read was set anew since these were started: their new followers take them over. */
  async #handOver(requests: readonly Followed[]): Promise<Outcome> {
    const { store, clock, settings } = this.#parts;
    const followers = new Set(requests.map((request) => followerOf(request.requester, settings)));
    for (const who of followers) await store.commit({ follow: { who, at: clock.now() } });
    return DONE;
  }

  /** Without a token, or without room for a call, nothing was sent: what mends that may be followed by a look at once. */
  #looked(claim: Claim, answer: Answer<unknown>): void {
    const isSent = answer.ok || !(signInMends(answer.refusal) || answer.refusal.kind === 'throttled');
    if (isSent) this.#lookedAt.set(claim.id, this.#parts.clock.now());
  }

  /** Ends the claim as one that went well: faults count in a row only. */
  async #nextLook(claim: Claim): Promise<Outcome> {
    const { store, clock } = this.#parts;
    await store.commit({ follow: { who: claim.id as FollowerId, at: clock.now() + this.#pollEvery() } });
    return DONE;
  }

  /** The more followers there are, the longer each of them waits: else the same few would take all calls. */
  #pollEvery(): Time {
    return Math.max(this.#parts.settings.pollEvery, Math.ceil((this.#followers.size * HOUR) / LOOKS_AN_HOUR));
  }

  async #withSignIn(claim: Claim, requests: readonly Followed[]): Promise<readonly Followed[]> {
    const blind = requests.filter((request) => request.stage.waitsForSignIn === true);
    if (blind.length === 0) return requests;
    for (const request of blind) await this.#parts.store.commit(regainSignIn(request, this.#parts.clock.now()));
    return this.#requestsOf(claim);
  }

  async #observeAll(requests: readonly Followed[], scans: readonly DefenderScan[], reader: Reader): Promise<void> {
    const byId = new Map(scans.map((scan) => [scan.id, scan]));
    const missing: Followed[] = [];
    for (const request of requests) {
      const scan = byId.get(request.stage.scan.id);
      if (scan === undefined) missing.push(request);
      else await this.#observe(request, scan);
    }
    await this.#lookSingly(missing, reader);
  }

  async #observe(request: Followed, scan: DefenderScan): Promise<void> {
    const { store, clock, settings } = this.#parts;
    this.#absences.over(request.id);
    const write = observe(request, scan, clock.now());
    if (write === undefined) return this.#closeIfTooOld(request);
    if (await store.commit(write)) noteWord(request, scan, settings);
  }

  /** A scan that the list leaves out: asked for by its id, a few at a time, and never taken for finished. */
  async #lookSingly(missing: readonly Followed[], reader: Reader): Promise<void> {
    const now = this.#parts.clock.now();
    const overdue = missing.filter((request) => now - request.stage.since > LIST_LAG);
    for (const request of this.#absences.nextOf(overdue)) {
      const scan = await this.#parts.defender.scan(reader, request.stage.scan.id);
      if (scan.ok) await this.#observe(request, scan.value);
      else if (scan.refusal.kind === 'not-found') await this.#unknownToDefender(request);
    }
  }

  async #unknownToDefender(request: Followed): Promise<void> {
    const facts = { request: request.id, action: request.stage.scan.id };
    if (this.#absences.isNew(request.id)) this.#parts.settings.noteOdd(facts, 'no trace of a scan that it took');
    await this.#closeIfTooOld(request);
  }

  async #cannotRead(requests: readonly Followed[], refusal: Refusal): Promise<Outcome> {
    const now = this.#parts.clock.now();
    if (signInMends(refusal)) await this.#askForSignIn(requests);
    for (const request of requests) await this.#closeIfTooOld(request, refusal);
    const retryAt = retryTime(refusal, now) ?? now + CANNOT_READ_RETRY;
    if (refusal.kind === 'throttled') return again(retryAt + Math.floor(Math.random() * this.#spread()));
    return again(Math.max(retryAt, now + this.#pollEvery()));
  }

  /** Were all of them to come back at the same moment, the same few would be first each time. */
  #spread(): Time {
    return this.#pollEvery() - this.#parts.settings.pollEvery;
  }

  /** One sign-in serves all of the person's scans: asked for once, where the newest one was started. */
  async #askForSignIn(requests: readonly Followed[]): Promise<void> {
    if (this.#parts.settings.statusReader === 'application') return;
    if (requests.some((request) => request.stage.waitsForSignIn === true)) return;
    const [newest] = requests.toSorted((one, other) => other.stage.since - one.stage.since);
    if (newest !== undefined) await this.#parts.store.commit(loseSignIn(newest, this.#parts.clock.now()));
  }

  async #closeIfTooOld(request: Followed, refusal?: Refusal): Promise<void> {
    const now = this.#parts.clock.now();
    if (now - request.stage.scan.createdAt <= LONGEST_LIFE) return;
    this.#absences.over(request.id);
    await this.#parts.store.commit(close(request, 'lost-sight', now, { refusal }));
  }
}
