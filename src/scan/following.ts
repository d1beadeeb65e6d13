import type { Time } from './ids.ts';
import type { DefenderScan } from './defender-scan.ts';
import { resultOf } from './defender-scan.ts';
import { sameComment } from './comment.ts';
import { searchAfter } from './findings.ts';
import type { Message } from './message.ts';
import type { FollowerId, Write } from './ports.ts';
import type { In } from './moves.ts';
import { cardMessage, endedMessage, move, noticeMessage, signInMessage } from './moves.ts';
import type { Following, ScanRequest, Settled, Submitting } from './scan-request.ts';
import { MINUTE } from './time.ts';

/** Clocks differ, and Defender's is not ours. */
export const CLOCK_SKEW = 5 * MINUTE;

/** Whether this record can be the scan that we sent: same type, same words, by the requester, not from before. */
export function isOurs(scan: DefenderScan, sent: Submitting): boolean {
  if (scan.createdAt < sent.intention - CLOCK_SKEW) return false;
  if (scan.type !== undefined && scan.type !== sent.content.type) return false;
  if (scan.comment !== '' && !sameComment(scan.comment, sent.content.comment)) return false;
  return isBy(scan.requester, sent.accounts);
}

function isBy(requester: string, accounts: readonly string[]): boolean {
  if (requester === '' || accounts.length === 0) return true;
  return accounts.some((account) => account.toLowerCase() === requester.toLowerCase());
}

/** Whether the request started this scan itself, so that the same scan can be no other request's own. */
export function holds(request: ScanRequest, scan: DefenderScan): boolean {
  const { stage } = request;
  const followed = stage.name === 'following' || stage.name === 'settled';
  return followed && !stage.adopted && stage.scan.id === scan.id;
}

export interface FollowFacts {
  readonly now: Time;
  readonly follower: FollowerId;
  readonly lookAt: Time;
  /** It is somebody else's scan, or an earlier one, that ran there already. */
  readonly adopted: boolean;
}

/** Defender has a scan for this request. It is followed from now on, unless it is over already. */
export function follow(request: In<'submitting' | 'queued'>, scan: DefenderScan, facts: FollowFacts): Write {
  const { now, adopted } = facts;
  const { device, content } = request.stage;
  const seen = { device, content, scan, adopted, since: now };
  const what = adopted ? 'adopted' : 'accepted';
  const event = { who: 'defender' as const, what, at: now, facts: { action: scan.id } };
  const accepted = noticeMessage(request, { say: 'accepted', request: request.id });
  if (resultOf(scan.status) !== undefined) {
    // It had ended when it was found: that it was accepted is told first all the same.
    const { events = [], ...settled } = settle(request, seen, now);
    const messages = [cardMessage(request), accepted];
    return { ...settled, events: [{ request: request.id, ...event }, ...events], messages };
  }
  const stage: Following = { name: 'following', ...seen, waited: scan.status === 'Pending' };
  const write = move(request, stage, event, [cardMessage(request), accepted]);
  return { ...write, follow: { who: facts.follower, at: facts.lookAt } };
}

/** What a look at Defender changes; `undefined` when nothing does. */
export function observe(request: In<'following'>, scan: DefenderScan, now: Time): Write | undefined {
  const before = request.stage;
  if (resultOf(scan.status) !== undefined) return settle(request, { ...before, scan: merged(before.scan, scan) }, now);
  if (sameState(scan, before.scan)) return undefined;
  const stage: Following = {
    ...before,
    scan: merged(before.scan, scan),
    waited: before.waited || scan.status === 'Pending',
  };
  const facts = { action: scan.id, ...(scan.status === 'Unknown' && { word: scan.word }) };
  const event = { who: 'defender' as const, what: `now ${scan.status}`, at: now, facts };
  return move(request, stage, event, [cardMessage(request), ...startedMessages(request, scan)]);
}

/** Two words that nobody knows are two states. */
function sameState(one: DefenderScan, other: DefenderScan): boolean {
  return one.status === other.status && (one.status !== 'Unknown' || one.word === other.word);
}

function startedMessages(request: In<'following'>, scan: DefenderScan): readonly Message[] {
  const { waited } = request.stage;
  if (!waited || scan.status !== 'InProgress') return [];
  return [noticeMessage(request, { say: 'started', request: request.id })];
}

/** The scan goes on, but nobody may ask for it in the requester's name any more: they are told once. */
export function loseSignIn(request: In<'following'>, now: Time): Write {
  const stage: Following = { ...request.stage, waitsForSignIn: true };
  const asked = noticeMessage(request, { say: 'sign-in-to-follow', request: request.id }, true);
  const messages = [{ ...asked, id: `${asked.id}:${request.rev}` }, signInMessage(request)];
  return move(request, stage, { who: 'bot', what: 'sign-in asked', at: now }, messages);
}

/** Defender was asked again in the requester's name: the next loss is worth a new word. */
export function regainSignIn(request: In<'following'>, now: Time): Write {
  const stage: Following = { ...request.stage, waitsForSignIn: false };
  return move(request, stage, { who: 'bot', what: 'follows again', at: now }, []);
}

/** Defender leaves facts out of some answers: what was known stays known. */
function merged(known: DefenderScan, seen: DefenderScan): DefenderScan {
  return {
    ...seen,
    type: seen.type ?? known.type,
    requester: seen.requester === '' ? known.requester : seen.requester,
    comment: seen.comment === '' ? known.comment : seen.comment,
  };
}

function settle(request: ScanRequest, seen: Omit<Settled, 'name' | 'at'>, now: Time): Write {
  const { device, content, scan, adopted, since } = seen;
  const stage: Settled = { name: 'settled', device, content, scan, adopted, since, at: now };
  const facts = { action: scan.id, adopted, ...(scan.errorCode !== '' && { error: scan.errorCode }) };
  const event = { who: 'defender' as const, what: `ended: ${scan.status}`, at: now, facts };
  const search = searchAfter(request, now, [endedMessage(request)]);
  return { ...move(request, stage, event, [cardMessage(request)]), search };
}
