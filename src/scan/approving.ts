import type { Approver, PeopleDemand } from './demand.ts';
import { decidedStage } from './decided.ts';
import type { Device } from './device.ts';
import type { DefenderScan } from './defender-scan.ts';
import type { Time } from './ids.ts';
import type { Message } from './message.ts';
import type { Happened, In } from './moves.ts';
import { after, cardMessage, closedStage, endedMessage, move, noticeMessage, withCard } from './moves.ts';
import type { Person } from './person.ts';
import type { Write } from './ports.ts';
import type { Approval, AskedOf, Awaiting } from './approval.ts';
import type { ScanRequest } from './scan-request.ts';
import type { Content } from './stage.ts';

/** What is to be approved, and by whom. */
export interface Asking {
  readonly device: Device;
  readonly content: Content;
  readonly busy: DefenderScan | undefined;
  readonly demands: readonly PeopleDemand[];
  readonly askedOf: readonly AskedOf[];
  readonly now: Time;
  readonly until: Time;
}

/** What the rules ask for by now. */
export interface AskedNow {
  readonly demands: readonly PeopleDemand[];
  readonly askedOf: readonly AskedOf[];
}

/** The longest reason that is kept. */
const LONGEST_REASON = 500;

/** Others must approve: the card goes up, then they are told. What was approved before stays approved. */
export function askApproval(request: ScanRequest, asking: Asking): Write {
  const { device, content, busy, demands, askedOf, now, until } = asking;
  const times = { changedAt: undefined, remindAt: now + (until - now) / 2, until };
  const stage: Awaiting = { name: 'awaiting', device, content, busy, demands, askedOf, ...times };
  const facts = { type: content.type, device: device.id, needed: Math.max(1, ...demands.map(({ needed }) => needed)) };
  const event = { who: 'bot' as const, what: 'approval asked', at: now, facts };
  return move(request, stage, event, [cardMessage(request), askApprovers(request, request.rev + 1, false)]);
}

/** Somebody's yes, and others are still needed; what the rules ask for by now is asked for. */
export function addApproval(request: In<'awaiting'>, approval: Approval, asked: AskedNow): Write {
  const approved = { ...request, approvals: withApproval(request, approval) };
  const stage: Awaiting = { ...request.stage, ...asked };
  const write = withCard(approved, stage, { ...approvedBy(approval), what: 'approved in part' });
  const told = givenMessage(request, approval, true);
  return { ...write, move: { before: request, after: after(approved, stage) }, messages: [cardMessage(request), told] };
}

/** The yes that completes the number: from here on it is the requester's own scan to start. */
export function completeApproval(request: In<'awaiting'>, approval: Approval): Write {
  const approved = { ...request, approvals: withApproval(request, approval) };
  const { device, content } = request.stage;
  const stage = decidedStage(request, { device, content, by: approval.by.id }, approval.at);
  const event = { ...approvedBy(approval), what: 'approved', facts: { type: content.type } };
  const write = withCard(approved, stage, event);
  const told = givenMessage(request, approval, false);
  return { ...write, move: { before: request, after: after(approved, stage) }, messages: [cardMessage(request), told] };
}

function approvedBy({ by, at }: Approval): Pick<Happened, 'who' | 'at' | 'personal'> {
  return { who: by.id, at, personal: { name: by.name } };
}

/** The first no is enough. */
export function decline(request: In<'awaiting'>, by: Person, facts: { reason: string; now: Time }): Write {
  const declined = { by, reason: facts.reason.slice(0, LONGEST_REASON).trim() };
  const stage = { ...closedStage(request, 'declined', facts.now), declined };
  const personal = { name: by.name, reason: declined.reason };
  const told = { facts: { reasoned: declined.reason !== '' }, personal };
  const event = { who: by.id, what: 'declined', at: facts.now, ...told };
  return move(request, stage, event, [cardMessage(request), endedMessage(request)]);
}

/** The requester corrects what is to be approved. Whoever said yes before said it to something else. */
export function correct(request: In<'awaiting'>, content: Content, facts: AskedNow & { readonly now: Time }): Write {
  const { demands, askedOf, now } = facts;
  const stage: Awaiting = { ...request.stage, content, demands, askedOf, changedAt: now };
  const fresh = { ...request, approvals: [] };
  const event = { who: request.requester.id, what: 'corrected', at: now, facts: { type: content.type } };
  return { ...withCard(fresh, stage, event), move: { before: request, after: after(fresh, stage) } };
}

/** The requester takes it back. */
export function takeBack(request: In<'awaiting'>, now: Time): Write {
  const event = { who: request.requester.id, what: 'withdrawn', at: now };
  return withCard(request, closedStage(request, 'withdrawn', now), event);
}

/** Said once for each time that is given. */
export function reminder(request: In<'awaiting'>): Message {
  return askApprovers(request, request.stage.until, true);
}

/** It goes on in another thread, where those who were asked do not see its card. */
export function askedAnew(moved: In<'awaiting'>): Message {
  return askApprovers(moved, moved.rev, false);
}

function askApprovers(request: ScanRequest, mark: number, again: boolean): Message {
  const id = `${again ? 'remind' : 'ask'}-approvers:${request.id}:${mark}`;
  const content = { kind: 'ask-approvers' as const, request: request.id, again };
  return { id, thread: request.thread, to: request.requester, content };
}

function givenMessage(request: ScanRequest, { by }: Approval, open: boolean): Message {
  const told = noticeMessage(request, { say: 'approval-given', request: request.id, by: by.name, open }, true);
  return { ...told, id: `${told.id}:${request.rev}` };
}

/** Who said yes so far. */
export function approversOf({ approvals = [] }: Pick<ScanRequest, 'approvals'>): readonly Approver[] {
  return approvals.map(({ by, groups }) => ({ id: by.id, groups: new Set(groups) }));
}

/** Nobody counts twice. */
function withApproval({ approvals = [] }: ScanRequest, approval: Approval): readonly Approval[] {
  return [...approvals.filter(({ by }) => by.id !== approval.by.id), approval];
}
