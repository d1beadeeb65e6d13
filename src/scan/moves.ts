import { readDeviceId } from './ids.ts';
import type { PersonId, ThreadId, Time } from './ids.ts';
import { decidedStage } from './decided.ts';
import type { NoScan } from './decision.ts';
import type { Device } from './device.ts';
import type { DefenderScan } from './defender-scan.ts';
import type { Message } from './message.ts';
import type { Event } from './event.ts';
import type { Notice } from './notice.ts';
import type { Write } from './ports.ts';
import type { Holder } from './queued.ts';
import type { Refusal } from './refusal.ts';
import type { ScanRequest } from './scan-request.ts';
import type { ClosedWhy, Content, Proposed, Stage, Wait } from './stage.ts';
import { contentOf, deviceOf } from './scan-request.ts';
import { sentAtIn } from './sent-at.ts';
import { MINUTE, SECOND } from './time.ts';

/** For so long the same words mean the same request. */
export const ASKED_AGAIN_WITHIN = MINUTE;
/** How long a typed command waits for its sign-in. */
export const SIGN_IN_WITHIN = 10 * MINUTE;
/** The longest that a start may be on its way to Defender: before that, nobody may ask whether it arrived. */
export const LONGEST_CALL = 10 * SECOND;
/** When to look for a scan whose start got no answer, counted from the end of the lost call. */
export const LOOKS = [2 * SECOND, 5 * SECOND, 10 * SECOND] as const;

/** The stages that a named stage can be taken from. */
export type In<Name extends Stage['name']> = ScanRequest & { readonly stage: Extract<Stage, { name: Name }> };

export function isIn<Name extends Stage['name']>(request: ScanRequest, ...names: Name[]): request is In<Name> {
  return (names as readonly string[]).includes(request.stage.name);
}

export function needSignIn(request: In<'asked'>, now: Time): Write {
  const stage = { ...request.stage, waitsForSignIn: true, until: now + SIGN_IN_WITHIN };
  return move(request, stage, { who: 'bot', what: 'sign-in asked', at: now }, [signInMessage(request)]);
}

export function choose(request: In<'asked'>, among: readonly Device[], times: { now: Time; until: Time }): Write {
  return withCard(
    request,
    { name: 'choosing', among, until: times.until },
    { who: 'bot', what: 'ambiguous', at: times.now },
  );
}

/** `device`: an id, or a name on a card that asks for any. */
export function pick(request: In<'choosing'>, device: string, now: Time): Write {
  const sought = request.stage.any === undefined ? {} : { sought: true };
  const stage: Stage = { name: 'asked', waitsForSignIn: false, picked: true, ...sought, until: now + SIGN_IN_WITHIN };
  const picked = { ...request, wanted: { ...request.wanted, device } };
  const facts = readDeviceId(device) === undefined ? {} : { device };
  const event = { who: request.requester.id, what: 'picked', at: now, facts };
  return { ...withCard(picked, stage, event), move: { before: request, after: after(picked, stage) } };
}

export function propose(
  request: In<'asked'>,
  device: Device,
  busy: DefenderScan | undefined,
  times: { now: Time; until: Time; asks?: Proposed['asks']; holder?: Holder | undefined },
): Write {
  const { now, until, asks, holder } = times;
  const event = { who: 'bot' as const, what: 'proposed', at: now, facts: { device: device.id } };
  const drawn = { ...(asks && { asks }), ...(holder && { holder }) };
  return withCard(request, { name: 'proposed', device, busy, until, ...drawn }, event);
}

/** Others need not approve any more: it is drawn anew, for the requester to confirm. */
export function unasked(request: In<'proposed'>, now: Time): Write {
  const { name, device, busy, holder, until } = request.stage;
  const stage: Stage = { name, device, busy, until, ...(holder && { holder }) };
  return withCard(request, stage, { who: 'bot', what: 'no approval asked any more', at: now });
}

export function approve(request: In<'proposed'>, content: Content, by: PersonId, now: Time): Write {
  const stage = decidedStage(request, { device: request.stage.device, content, by }, now);
  return withCard(request, stage, { who: by, what: 'approved', at: now, facts: { type: content.type } });
}

/** Writes down that the scan is about to be sent: the line between "surely not started" and "perhaps started". */
export function intend(request: In<'approved'>, accounts: readonly string[], now: Time): Write {
  const { device, content, by, posts, lost, until } = request.stage;
  const sent = { accounts, intention: now, posts: posts + 1, lost, refusal: undefined };
  const looks = { looks: 0, lookAt: now + LONGEST_CALL + LOOKS[0] };
  const stage: Stage = { name: 'submitting', device, content, by, ...sent, ...looks, until };
  const event = { who: by, what: 'sent to Defender', at: now, facts: { type: content.type, device: device.id } };
  return move(request, stage, event, []);
}

/** Defender surely did not take it, or it was never sent: it waits for its next turn. */
export function hold(request: In<'approved' | 'submitting'>, wait: Wait, now: Time): Write {
  const { device, content, by, posts, lost, until } = request.stage;
  const stage: Stage = { name: 'approved', device, content, by, at: now, wait, posts, lost, until };
  const event = { who: 'bot' as const, what: `waits for ${wait.for}`, at: now };
  const signIn = wait.for === 'sign-in' ? [signInMessage(request)] : [];
  return move(request, stage, event, [cardMessage(request), ...signIn]);
}

/** No clear answer came: only a look can tell whether it was taken. */
export function unanswered(request: In<'submitting'>, refusal: Refusal, now: Time): Write {
  const event = { who: 'bot' as const, what: 'no clear answer', at: now, facts: refusalFacts(refusal) };
  return move(request, { ...request.stage, refusal }, event, []);
}

/** The looks showed that Defender never took it: it goes out once more. */
export function sendAgain(request: In<'submitting'>, now: Time): Write {
  const { device, content, by, posts, lost, until } = request.stage;
  const again = { wait: undefined, posts, lost: lost + 1 };
  const stage: Stage = { name: 'approved', device, content, by, at: now, ...again, until };
  return move(request, stage, { who: 'bot', what: 'was not taken: goes out again', at: now }, []);
}

/** A look that comes so much off its time was led there by a clock that jumped, or by a rest. */
const OFF_TIME = 5 * SECOND;

/** Counted from this look on: a start that is on its way ends in time that passes, not in time that a clock leaps over. */
export function lookAgain(request: In<'submitting'>, now: Time): Write {
  const looks = request.stage.looks + 1;
  const pause = (LOOKS[looks] ?? LOOKS[2]) - (LOOKS[looks - 1] ?? 0);
  const isOffTime = Math.abs(now - request.stage.lookAt) > OFF_TIME;
  const lookAt = now + (isOffTime ? LONGEST_CALL + LOOKS[0] : pause);
  return move(request, { ...request.stage, looks, lookAt }, { who: 'bot', what: 'looked for the scan', at: now }, []);
}

/** A person closes an undecided or unsent request. */
export function dismiss(request: ScanRequest, by: PersonId, now: Time): Write {
  return withCard(request, closedStage(request, 'dismissed', now), { who: by, what: 'dismissed', at: now });
}

/** Whoever signs out takes back what is not decided yet. */
export function withdraw(request: In<'asked' | 'choosing' | 'proposed' | 'awaiting'>, now: Time): Write {
  const event = { who: request.requester.id, what: 'withdrawn: signed out', at: now };
  return withCard(request, closedStage(request, 'signed-out', now), event);
}

/** The end without a scan. What was decided is told with a mention; what was only asked, in a sentence or on its card. */
export function close(request: ScanRequest, why: ClosedWhy, now: Time, facts: CloseFacts = {}): Write {
  const { refusal, reference, noScan } = facts;
  const stage = { ...closedStage(request, why, now), refusal, reference, ...(noScan && { noScan }) };
  const event = { who: 'bot' as const, what: `closed: ${why}`, at: now, facts: refusalFacts(facts.refusal) };
  return move(request, stage, event, closingMessages(request, why, facts));
}

export interface CloseFacts {
  readonly refusal?: Refusal | undefined;
  readonly reference?: string;
  readonly noScan?: NoScan;
}

function closingMessages(request: ScanRequest, why: ClosedWhy, facts: CloseFacts): readonly Message[] {
  if (contentOf(request) !== undefined) return [cardMessage(request), endedMessage(request)];
  if (!isIn(request, 'asked') || request.stage.picked === true) return [cardMessage(request)];
  return [noticeMessage(request, closingNotice(request, why, facts))];
}

function closingNotice(request: ScanRequest, why: ClosedWhy, facts: CloseFacts): Notice {
  if (why === 'sign-in-expired') return { say: 'sign-in-expired' };
  if (why === 'unexpected') return { say: 'unexpected', reference: facts.reference ?? '' };
  if (facts.noScan !== undefined) return { say: 'not-allowed', device: request.wanted.device, noScan: facts.noScan };
  if (why === 'nobody-to-approve') return { say: 'nobody-to-approve', device: request.wanted.device };
  if (facts.refusal === undefined) return { say: 'not-found', device: request.wanted.device };
  return { say: 'refused', refusal: facts.refusal };
}

export function closedStage(request: ScanRequest, why: ClosedWhy, at: Time): Extract<Stage, { name: 'closed' }> {
  const left = { refusal: undefined, reference: undefined, at };
  return { name: 'closed', why, device: deviceOf(request), content: contentOf(request), ...left };
}

export function refusalFacts(refusal: Refusal | undefined): Event['facts'] {
  if (refusal === undefined) return {};
  const { kind, status, code, target } = refusal;
  return { refusal: kind, ...(status && { status }), ...(code && { code }), ...(target && { target }) };
}

/** What an event says besides the request that it belongs to. */
export type Happened = Omit<Event, 'request' | 'facts'> & { readonly facts?: Event['facts'] };

export function move(request: ScanRequest, stage: Stage, event: Happened, messages: readonly Message[]): Write {
  const moved = after(request, stage);
  return {
    move: { before: request, after: moved },
    events: [{ request: request.id, facts: {}, ...event }],
    messages,
  };
}

export function withCard(request: ScanRequest, stage: Stage, event: Happened): Write {
  return move(request, stage, event, [cardMessage(request)]);
}

export function after(request: ScanRequest, stage: Stage): ScanRequest {
  const { sentAt: was, ...rest } = request;
  const sentAt = sentAtIn(stage, was);
  return { ...rest, rev: request.rev + 1, stage, ...(sentAt !== undefined && { sentAt }) };
}

/** Its thread or its card was deleted: it goes on in another thread, as it stands, with a word about that. */
export function relocate(request: ScanRequest, thread: ThreadId, now: Time): Write {
  const there = { ...request, thread, askedIn: request.askedIn ?? request.thread };
  const told = noticeMessage(there, { say: 'moved-here', request: request.id });
  const write = move(there, request.stage, { who: 'bot', what: 'goes on in a personal chat', at: now }, []);
  return {
    ...write,
    move: { before: request, after: after(there, request.stage) },
    messages: [told, cardMessage(there)],
  };
}

/** Draws the request as it will be after this move. */
export function cardMessage(before: ScanRequest): Message {
  const id = `card:${before.id}:${before.rev + 1}`;
  return { id, thread: before.thread, to: before.requester, content: { kind: 'card', request: before.id } };
}

export function noticeMessage(request: ScanRequest, notice: Notice, mention = false): Message {
  const id = `${notice.say}:${request.id}`;
  return { id, thread: request.thread, to: request.requester, content: { kind: 'notice', notice, mention } };
}

export function endedMessage(request: ScanRequest): Message {
  return noticeMessage(request, { say: 'ended', request: request.id }, true);
}

export function signInMessage(request: ScanRequest): Message {
  const id = `sign-in:${request.id}:${request.rev}`;
  return { id, thread: request.thread, to: request.requester, content: { kind: 'sign-in' } };
}
