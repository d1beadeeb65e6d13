import type { Answer, Refusal, RefusalKind } from '../refusal.ts';
import { signInMends } from '../refusal.ts';
import type { DefenderScan } from '../defender-scan.ts';
import { resultOf } from '../defender-scan.ts';
import type { Outcome } from '../engine.ts';
import { again, MOVED } from '../engine.ts';
import { follow } from '../following.ts';
import type { In } from '../moves.ts';
import { close, hold, intend, isIn } from '../moves.ts';
import { SECOND } from '../time.ts';
import type { WorkParts } from './parts.ts';
import { commit, followerOf, retryTime } from './parts.ts';

/** How often one decision may be sent, counting only sendings that Defender surely did not take. */
export const MOST_POSTS = 20;
const BUSY_RETRY = 30 * SECOND;
const OUTCOME_UNKNOWN: ReadonlySet<RefusalKind> = new Set(['failed', 'no-answer', 'unreadable']);

/** Sends a decided scan to Defender, once. The token comes first: without one nothing is written as sent. */
export async function submit(request: In<'approved'>, parts: WorkParts): Promise<Outcome> {
  const now = parts.clock.now();
  const accounts = await parts.defender.accountsOf(request.requester);
  if (now >= request.stage.until) return expire(request, accounts.ok ? undefined : accounts.refusal, parts);
  if (!accounts.ok) return notSent(request, accounts.refusal, parts);
  const intended = intend(request, accounts.value, parts.clock.now());
  if (!(await parts.store.commit(intended))) return MOVED;
  const sent = intended.move?.after;
  if (sent === undefined || !isIn(sent, 'submitting')) return MOVED;
  const { device, content } = sent.stage;
  const answer = await parts.defender.startScan(sent.requester, device.id, content.type, content.comment);
  return started(sent, answer, parts);
}

/** The time to start it is over: nothing was sent, and it says so. */
function expire(request: In<'approved'>, refusal: Refusal | undefined, parts: WorkParts): Promise<Outcome> {
  const why = request.stage.wait?.for === 'sign-in' ? 'sign-in-expired' : 'expired';
  return commit(parts.store, close(request, why, parts.clock.now(), { refusal }));
}

async function notSent(request: In<'approved'>, refusal: Refusal, parts: WorkParts): Promise<Outcome> {
  const now = parts.clock.now();
  if (signInMends(refusal)) {
    if (request.stage.wait?.for === 'sign-in') return again(request.stage.until);
    return commit(parts.store, hold(request, { for: 'sign-in' }, now));
  }
  const until = retryTime(refusal, now);
  if (until === undefined) return commit(parts.store, close(request, 'refused', now, { refusal }));
  return commit(parts.store, hold(request, { for: 'defender', until }, now));
}

async function started(request: In<'submitting'>, answer: Answer<DefenderScan>, parts: WorkParts): Promise<Outcome> {
  if (answer.ok) return followScan(request, answer.value, parts);
  const { refusal } = answer;
  if (refusal.kind === 'already-running') return followRunning(request, refusal, parts);
  // It may have been taken: the next look tells, never a second sending.
  return OUTCOME_UNKNOWN.has(refusal.kind) ? MOVED : notTaken(request, refusal, parts);
}

/** Refused by a clear word: nothing runs there because of us. */
async function notTaken(request: In<'submitting'>, refusal: Refusal, parts: WorkParts): Promise<Outcome> {
  const now = parts.clock.now();
  const later = retryTime(refusal, now);
  if (request.stage.posts >= MOST_POSTS) return commit(parts.store, close(request, 'refused', now, { refusal }));
  if (signInMends(refusal)) return commit(parts.store, hold(request, { for: 'sign-in' }, now));
  if (later !== undefined) return commit(parts.store, hold(request, { for: 'defender', until: later }, now));
  return commit(parts.store, close(request, 'refused', now, { refusal }));
}

/** Defender says that a scan runs there already: that one is followed instead. */
async function followRunning(request: In<'submitting'>, refusal: Refusal, parts: WorkParts): Promise<Outcome> {
  const person = request.requester;
  const scans = await parts.defender.scansOfDevice({ as: 'person', person }, request.stage.device.id);
  if (!scans.ok) return MOVED; // Asked again at the next look, which knows how to go on.
  const running = scans.value.find((scan) => resultOf(scan.status) === undefined);
  if (running !== undefined) return followScan(request, running, parts);
  const now = parts.clock.now();
  if (request.stage.posts >= MOST_POSTS) return commit(parts.store, close(request, 'refused', now, { refusal }));
  return commit(parts.store, hold(request, { for: 'defender', until: now + BUSY_RETRY }, now));
}

export function followScan(request: In<'submitting'>, scan: DefenderScan, parts: WorkParts): Promise<Outcome> {
  const now = parts.clock.now();
  const lookAt = now + parts.settings.pollEvery;
  const follower = followerOf(request.requester, parts.settings);
  return commit(parts.store, follow(request, scan, { now, lookAt, follower }));
}
