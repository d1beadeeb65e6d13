import type { Answer, Refusal, RefusalKind } from '../refusal.ts';
import { signInMends } from '../refusal.ts';
import type { DefenderScan } from '../defender-scan.ts';
import { resultOf } from '../defender-scan.ts';
import type { Outcome } from '../outcome.ts';
import { again, MOVED } from '../outcome.ts';
import type { In } from '../moves.ts';
import { close, hold, intend, isIn, LOOKS, unanswered } from '../moves.ts';
import { holderOf, queueBehind } from '../queueing.ts';
import { SECOND } from '../time.ts';
import { askAgain } from './ask-again.ts';
import { followScan } from './follow-scan.ts';
import { leaveToStart } from './leave-to-start.ts';
import { becomes, lookAnew } from './look-anew.ts';
import type { WorkParts } from './parts.ts';
import { commit, retryTime } from './parts.ts';

/** How often one decision may be sent, counting only sendings that Defender surely did not take. */
const MOST_POSTS = 20;
const BUSY_RETRY = 30 * SECOND;
const TOO_LATE: Refusal = { kind: 'no-answer', code: 'too-late' };
const OUTCOME_UNKNOWN: ReadonlySet<RefusalKind> = new Set(['failed', 'no-answer', 'unreadable']);

/** Sends a decided scan to Defender, once. The token comes first: without one nothing is written as sent. */
export async function submit(decided: In<'approved'>, parts: WorkParts): Promise<Outcome> {
  if (parts.clock.now() >= decided.stage.until) return expire(decided, parts);
  const asItIs = await lookAnew(decided, parts);
  if (!asItIs.ok) return notSent(decided, asItIs.refusal, parts);
  const request = asItIs.value;
  if (request.stage.device.id !== decided.stage.device.id) {
    return commit(parts.store, becomes(decided, request.stage.device, parts.clock.now()));
  }
  const holder = await parts.store.holder(request.stage.device.id);
  if (holder !== undefined && holder.id !== request.id) {
    return commit(parts.store, queueBehind(request, holderOf(holder), parts.clock.now()));
  }
  const accounts = await parts.defender.accountsOf(request.requester, { fresh: isJustApproved(request) });
  if (!accounts.ok) return notSent(request, accounts.refusal, parts);
  const leave = await leaveToStart(request, parts);
  if ('refusal' in leave) return notSent(request, leave.refusal, parts);
  if ('held' in leave) return commit(parts.store, leave.held);
  const alone = intend(request, accounts.value, parts.clock.now());
  // Of many, none goes out once they were stopped.
  const intended = { ...alone, room: leave.room, unlessPaused: true, whileGoing: request.batch };
  // Moved by somebody else, paused or stopped by now, or another scan took the last room or the device: the next turn tells.
  if (!(await parts.store.commit(intended))) return again(parts.clock.now());
  const sent = intended.move?.after;
  if (sent === undefined || !isIn(sent, 'submitting')) return MOVED;
  const { device, content, intention } = sent.stage;
  // Writing it down took so long that the call would last until after the first look for it.
  if (parts.clock.now() - intention >= LOOKS[0]) return notTaken(sent, TOO_LATE, parts);
  const answer = await parts.defender.startScan(sent.requester, device.id, content.type, content.comment);
  return started(sent, answer, parts);
}

/** Decided by others, or long ago: whether the requester's sign-in still holds is asked of Entra. */
function isJustApproved({ approvals = [], batch, occurrence, stage }: In<'approved'>): boolean {
  // Of many it is asked once, before the first of them.
  if (batch !== undefined) return false;
  return (approvals.length > 0 || occurrence !== undefined) && stage.posts === 0;
}

/** The time to start it is over: nothing was sent, and it says so. */
function expire(request: In<'approved'>, parts: WorkParts): Promise<Outcome> {
  const why = request.stage.wait?.for === 'sign-in' ? 'sign-in-expired' : 'expired';
  return commit(parts.store, close(request, why, parts.clock.now()));
}

async function notSent(request: In<'approved'>, refusal: Refusal, parts: WorkParts): Promise<Outcome> {
  const { requester: person, thread } = request;
  const { until, wait } = request.stage;
  const waits = wait?.for === 'sign-in' && signInMends(refusal);
  return waits ? askAgain({ person, thread, until }, parts) : notTaken(request, refusal, parts);
}

async function started(request: In<'submitting'>, answer: Answer<DefenderScan>, parts: WorkParts): Promise<Outcome> {
  if (answer.ok) return followScan(request, answer.value, parts);
  const { refusal } = answer;
  if (refusal.kind === 'already-running') return followRunning(request, refusal, parts);
  if (!OUTCOME_UNKNOWN.has(refusal.kind)) return notTaken(request, refusal, parts);
  // It may have been taken: the next look tells, never a second sending.
  return commit(parts.store, unanswered(request, refusal, parts.clock.now()));
}

/** Refused by a clear word, or never sent: nothing runs there because of us. */
async function notTaken(request: In<'approved' | 'submitting'>, refusal: Refusal, parts: WorkParts): Promise<Outcome> {
  const now = parts.clock.now();
  const later = retryTime(refusal, now);
  const { posts, until } = request.stage;
  if (posts < MOST_POSTS && signInMends(refusal)) {
    return commit(parts.store, hold(request, { for: 'sign-in' }, now));
  }
  // Nobody is told to wait for a time at which nothing will be sent any more.
  if (posts < MOST_POSTS && later !== undefined && later < until) {
    return commit(parts.store, hold(request, { for: 'defender', until: later }, now));
  }
  return commit(parts.store, close(request, 'refused', now, { refusal }));
}

/** Defender says that a scan runs there already: that one is followed instead. */
async function followRunning(request: In<'submitting'>, refusal: Refusal, parts: WorkParts): Promise<Outcome> {
  const person = request.requester;
  const scans = await parts.defender.scansOfDevice({ as: 'person', person }, request.stage.device.id);
  const now = parts.clock.now();
  // Not shown who it is: the next look asks again, and knows how to go on.
  if (!scans.ok) return commit(parts.store, unanswered(request, refusal, now));
  const running = scans.value.find((scan) => resultOf(scan.status) === undefined);
  if (running !== undefined) return followScan(request, running, parts);
  if (request.stage.posts >= MOST_POSTS) return commit(parts.store, close(request, 'refused', now, { refusal }));
  return commit(parts.store, hold(request, { for: 'defender', until: now + BUSY_RETRY }, now));
}
