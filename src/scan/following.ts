import type { Time } from './ids.ts';
import type { DefenderScan } from './defender-scan.ts';
import { resultOf } from './defender-scan.ts';
import { sameComment } from './comment.ts';
import { searchAfter } from './findings.ts';
import { endingAtResult } from './ending.ts';
import type { Estimate } from './estimate.ts';
import type { Message } from './message.ts';
import type { FollowerId, Write } from './ports.ts';
import type { In } from './moves.ts';
import { cardMessage, endedMessage, move, noticeMessage, signInMessage } from './moves.ts';
import type { ScanRequest } from './scan-request.ts';
import type { Following, Settled, Submitting } from './stage.ts';
import { MINUTE } from './time.ts';

/** A device that lets Defender wait for longer was not reachable. */
const LONG_WAIT = 10 * MINUTE;
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
  /** How long scans like this one have taken. */
  readonly estimate?: Estimate | undefined;
}

/** Defender has a scan for this request. It is followed from now on, unless it is over already. */
export function follow(request: In<'submitting' | 'queued'>, scan: DefenderScan, facts: FollowFacts): Write {
  const { now, adopted, estimate } = facts;
  const { device, content } = request.stage;
  const seen = { device, content, scan, adopted, since: now, ...(estimate && { estimate }) };
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

/** Somebody else's scan is theirs to stop; what Defender has a last word on cannot be stopped any more. */
export function canCancel(request: ScanRequest): request is In<'following'> {
  return request.stage.name === 'following' && !request.stage.adopted;
}

/** What a look at Defender changes; `undefined` when nothing does. */
export function observe(request: In<'following'>, scan: DefenderScan, now: Time): Write | undefined {
  const before = request.stage;
  if (resultOf(scan.status) !== undefined) {
    const seen = { ...before, scan: merged(before.scan, scan) };
    const settled = settle(request, seen, now, takenAt(before.scan));
    return { ...settled, messages: [...(settled.messages ?? []), ...wokenMessages(request, scan, now)] };
  }
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

/** When the device took it, where it was seen at work; what ended before that is another scan. */
function takenAt(scan: DefenderScan): Time | undefined {
  return scan.status === 'InProgress' ? scan.updatedAt : undefined;
}

/** Between two looks a device can wake, take the scan and report that: that it woke is told all the same. */
function wokenMessages(request: In<'following'>, scan: DefenderScan, now: Time): readonly Message[] {
  const { scan: before } = request.stage;
  const slept = before.status === 'Pending' && now - before.createdAt > LONG_WAIT;
  if (!slept || scan.status !== 'Succeeded') return [];
  return [noticeMessage(request, { say: 'started', request: request.id })];
}

function settle(request: ScanRequest, seen: Omit<Settled, 'name' | 'at'>, now: Time, taken?: Time): Write {
  const { device, content, scan, adopted, since, estimate } = seen;
  const ending = endingAtResult(scan, taken, now);
  const known = { device, content, scan, adopted, since, at: now, ...(estimate && { estimate }) };
  const facts = { action: scan.id, adopted, ...(scan.errorCode !== '' && { error: scan.errorCode }) };
  const event = { who: 'defender' as const, what: `ended: ${scan.status}`, at: now, facts };
  const last = move(request, { name: 'settled', ...known, ending }, event, [cardMessage(request)]);
  // Of Succeeded only that the device took it is known: the notice waits for the end, or until nothing can show it.
  if (ending.is === 'unconfirmed') return { ...last, confirm: { who: request.requester.id, at: now } };
  return { ...last, search: searchAfter(request, now, [endedMessage(request)]) };
}
