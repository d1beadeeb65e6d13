import { toldOfNoAlerts } from '../alert.ts';
import type { Alert } from '../alert.ts';
import type { Outcome, Worker } from '../outcome.ts';
import { again, DONE } from '../outcome.ts';
import { findingsMove, findingsOf, isLasting, LOOK_AGAIN_AFTER, STOP_LOOKING_AFTER } from '../findings.ts';
import type { Findings, Search } from '../findings.ts';
import type { Time } from '../ids.ts';
import { noticeMessage } from '../moves.ts';
import type { Claim } from '../ports.ts';
import type { Refusal } from '../refusal.ts';
import type { ScanRequest } from '../scan-request.ts';
import { deviceOf, scanOf } from '../scan-request.ts';
import { MINUTE } from '../time.ts';
import type { WorkParts } from './parts.ts';
import { retryTime } from './parts.ts';

/** All that were refused for the same reason do not come back at the same moment. */
const SPREAD = MINUTE;

interface Look {
  readonly claim: Claim;
  readonly search: Search;
  readonly request: ScanRequest;
  readonly from: Time;
}

/** Looks at a device's alerts when its scan has ended, and once more a while later. */
export class SearchWorker implements Worker {
  readonly #parts: WorkParts;

  constructor(parts: WorkParts) {
    this.#parts = parts;
  }

  async work(claim: Claim): Promise<Outcome> {
    const { store, alerts } = this.#parts;
    const search = await store.search(claim.id);
    const request = search && (await store.request(search.request));
    if (search === undefined || request === undefined) return DONE;
    const device = deviceOf(request);
    const scan = scanOf(request);
    if (device === undefined || scan === undefined) return this.#letGo(search);
    const look = { claim, search, request, from: scan.createdAt };
    const answer = await alerts.ofDevice(request.requester, device.id, look.from);
    return answer.ok ? this.#seen(look, answer.value) : this.#refused(look, answer.refusal);
  }

  /** What waited for the look is told all the same. */
  async giveUp(claim: Claim): Promise<Outcome> {
    const search = await this.#parts.store.search(claim.id);
    return search === undefined ? DONE : this.#letGo(search);
  }

  async #letGo({ then }: Search): Promise<Outcome> {
    if (then.length > 0) await this.#parts.store.commit({ messages: then });
    return DONE;
  }

  #seen(look: Look, alerts: readonly Alert[]): Promise<Outcome> {
    const { search, from } = look;
    const now = this.#parts.clock.now();
    // A first answer that came late serves for both looks.
    const nextLookAt = search.looks === 0 ? laterThan(now, search.endedAt + LOOK_AGAIN_AFTER) : undefined;
    const next = { ...search, looks: search.looks + 1, then: [] };
    return this.#keep(look, findingsOf(alerts, { from, now, nextLookAt }), next);
  }

  async #refused(look: Look, refusal: Refusal): Promise<Outcome> {
    if (isLasting(refusal)) await this.#tellOnce(look, refusal);
    const now = this.#parts.clock.now();
    const { search, request } = look;
    const nextLookAt = this.#nextTry(search, refusal, now);
    const next = { ...search, then: [], looks: search.looks + Number(retryTime(refusal, now) === undefined) };
    // What is known already stays known; only the time of the next look changes.
    const known = request.findings?.are === 'known' ? { ...request.findings, nextLookAt } : undefined;
    return this.#keep(look, known ?? { are: 'unknown', why: refusal, nextLookAt }, next);
  }

  /** A refusal that lasts ends the search; one that a sign-in may mend is followed by the second look. */
  #nextTry({ looks, endedAt }: Search, refusal: Refusal, now: Time): Time | undefined {
    if (isLasting(refusal)) return undefined;
    const retryAt = retryTime(refusal, now);
    if (retryAt === undefined) return looks === 0 ? laterThan(now, endedAt + LOOK_AGAIN_AFTER) : undefined;
    const spread = retryAt + Math.floor(Math.random() * SPREAD);
    return spread < endedAt + STOP_LOOKING_AFTER ? spread : undefined;
  }

  async #keep({ claim, search, request }: Look, findings: Findings, next: Search): Promise<Outcome> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    // Something else moved the request: the look is taken again, from what it is now.
    if (!(await store.commit(findingsMove(request, findings, search, now)))) return again(now);
    if (findings.nextLookAt === undefined) return DONE;
    await store.keepSearch(claim, next, findings.nextLookAt);
    return { is: 'moved' };
  }

  /** The same for every scan, so said to each person one single time. */
  async #tellOnce({ request }: Look, refusal: Refusal): Promise<void> {
    const told = noticeMessage(request, { say: 'no-alerts', refusal });
    await this.#parts.store.commit({ once: toldOfNoAlerts(request.requester.id), messages: [told] });
  }
}

function laterThan(now: Time, at: Time): Time | undefined {
  return at > now ? at : undefined;
}
