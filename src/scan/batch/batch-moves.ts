import type { Approval, AskedOf } from '../approval.ts';
import type { NoScan } from '../decision.ts';
import type { PeopleDemand } from '../demand.ts';
import type { PersonId, Time } from '../ids.ts';
import type { Message } from '../message.ts';
import type { Event } from '../event.ts';
import type { Notice } from '../notice.ts';
import type { Happened } from '../moves.ts';
import { refusalFacts, SIGN_IN_WITHIN } from '../moves.ts';
import type { Person } from '../person.ts';
import type { Write } from '../ports.ts';
import type { Refusal } from '../refusal.ts';
import type { Content } from '../stage.ts';
import { DAY } from '../time.ts';
import type { Batch, BatchClosed, BatchClosedWhy, BatchStage, InBatch } from './batch.ts';
import type { LeftOut, Plan, PlannedScan } from './plan.ts';
import { sourceText } from './source.ts';
import { tallyFrom } from './tally.ts';

/** As long scans of a decided request may go out. */
const GO_OUT_WITHIN = DAY;
/** The longest list that the audit keeps as it was typed. */
const LONGEST_TYPED = 2000;
const LONGEST_REASON = 500;

export function askForMany(batch: Batch): Write {
  const { requester, wanted, askedAt } = batch;
  const typed = wanted.devices.map(sourceText).join(', ').slice(0, LONGEST_TYPED);
  const personal = { name: requester.name, thread: batch.thread, typed, comment: wanted.comment ?? '' };
  const facts = { entries: wanted.devices.length };
  const event: Event = { request: batch.id, at: askedAt, who: requester.id, what: 'asked for many', facts, personal };
  return { batch: { before: undefined, after: batch }, events: [event] };
}

export function needBatchSignIn(batch: InBatch<'asked'>, now: Time): Write {
  const stage = { ...batch.stage, waitsForSignIn: true, until: now + SIGN_IN_WITHIN };
  return batchMove(batch, stage, { who: 'bot', what: 'sign-in asked', at: now }, [
    batchCard(batch),
    batchSignIn(batch),
  ]);
}

/** What was found, for the requester to look at. */
export function preview(batch: Batch, plan: Plan, times: { now: Time; until: Time }): Write {
  const facts = { devices: plan.scans.length, refused: plan.leftOut.refused.length };
  const event = { who: 'bot' as const, what: 'proposed', at: times.now, facts };
  return batchWithCard(batch, { name: 'proposed', plan, until: times.until }, event);
}

/** Exactly these devices, this type, this comment. */
export function settleContent(batch: InBatch<'proposed'>, plan: Plan, content: Content, now: Time): Write {
  const stage: BatchStage = { name: 'deciding', plan, content, until: batch.stage.until };
  const facts = { type: content.type, devices: plan.scans.length };
  const personal = { comment: content.comment };
  return batchWithCard(batch, stage, { who: batch.requester.id, what: 'confirmed', at: now, facts, personal });
}

export interface BatchAsking {
  readonly demands: readonly PeopleDemand[];
  readonly askedOf: readonly AskedOf[];
  readonly now: Time;
  readonly until: Time;
}

export function askBatchApproval(batch: InBatch<'deciding'>, decided: Decided, asking: BatchAsking): Write {
  const { demands, askedOf, now, until } = asking;
  const { content, corrected } = batch.stage;
  const times = { remindAt: now + (until - now) / 2, until, ...(corrected && { changedAt: corrected.at }) };
  const { scans, leftOut } = decided;
  const stage: BatchStage = { name: 'awaiting', scans, leftOut, content, demands, askedOf, ...times };
  const facts = { devices: decided.scans.length, needed: Math.max(1, ...demands.map(({ needed }) => needed)) };
  const event = { who: 'bot' as const, what: 'approval asked', at: now, facts };
  // Whoever was asked before sees it on the card.
  const asked = corrected === undefined ? [askBatchApprovers(batch, batch.rev + 1, false)] : [];
  return batchMove(batch, stage, event, [batchCard(batch), ...asked]);
}

/** The requester corrects what is to be approved. Whoever said yes before said it to something else. */
export function correctBatch(batch: InBatch<'awaiting'>, content: Content, now: Time): Write {
  const { scans, leftOut, demands, until } = batch.stage;
  const plan: Plan = { scans, asleep: [], leftOut, minutes: 0 };
  const stage: BatchStage = { name: 'deciding', plan, content, until, corrected: { at: now, demands } };
  const personal = { comment: content.comment };
  const event = { who: batch.requester.id, what: 'corrected', at: now, facts: { type: content.type }, personal };
  const write = batchWithCard({ ...batch, approvals: [] }, stage, event);
  return { ...write, batch: { before: batch, after: write.batch?.after ?? batch } };
}

/** What will be scanned, and what not. */
export interface Decided {
  readonly scans: readonly PlannedScan[];
  readonly leftOut: LeftOut;
}

/** From here on its scans go out. */
export function begin(batch: InBatch<'deciding' | 'awaiting'>, decided: Decided, by: PersonId, now: Time): Write {
  const { content } = batch.stage;
  const { scans, leftOut } = decided;
  const tally = tallyFrom(scans, new Map(), false);
  const times = { at: now, drawnAt: now, lookAt: now, until: now + GO_OUT_WITHIN };
  const stage: BatchStage = { name: 'running', scans, leftOut, content, by, tally, ...times };
  const facts = { type: content.type, devices: scans.length };
  return batchWithCard(batch, stage, { who: by, what: 'approved', at: now, facts });
}

/** What the rules ask for by now. */
interface BatchAskedNow {
  readonly demands: readonly PeopleDemand[];
  readonly askedOf: readonly AskedOf[];
}

/** Somebody's yes, and others are still needed; the last one that is needed begins it. */
export function addBatchApproval(batch: InBatch<'awaiting'>, approval: Approval, open?: BatchAskedNow): Write {
  const { by, at } = approval;
  const approvals = [...(batch.approvals ?? []).filter((one) => one.by.id !== by.id), approval];
  const approved = { ...batch, approvals };
  const personal = { name: by.name };
  const write =
    open === undefined
      ? begin(approved, batch.stage, by.id, at)
      : batchWithCard(approved, { ...batch.stage, ...open }, { who: by.id, what: 'approved in part', at });
  const [event] = write.events ?? [];
  const events = event === undefined ? [] : [{ ...event, personal }];
  const told = batchNotice(batch, {
    say: 'batch-approval-given',
    batch: batch.id,
    by: by.name,
    open: open !== undefined,
  });
  const given = { ...told, id: `${told.id}:${batch.rev}` };
  const after = write.batch?.after ?? approved;
  return { batch: { before: batch, after }, events, messages: [...(write.messages ?? []), given] };
}

export function declineBatch(batch: InBatch<'awaiting'>, by: Person, facts: { reason: string; now: Time }): Write {
  const declined = { by, reason: facts.reason.slice(0, LONGEST_REASON).trim() };
  const stage = { ...closedBatch(batch, 'declined', facts.now), declined };
  const personal = { name: by.name, reason: declined.reason };
  const event = { who: by.id, what: 'declined', at: facts.now, personal };
  return batchMove(batch, stage, event, [batchCard(batch), endedNotice(batch)]);
}

/** The requester takes it back, or lets it go. */
export function dropBatch(batch: Batch, why: 'dismissed' | 'withdrawn' | 'signed-out', now: Time): Write {
  return batchWithCard(batch, closedBatch(batch, why, now), { who: batch.requester.id, what: why, at: now });
}

/** What has not gone out does not go out any more. */
export function stopBatch(batch: InBatch<'running'>, by: PersonId, now: Time, cancels: boolean): Write {
  const asked = batch.stage.stopped?.asked ?? [];
  const stage = { ...batch.stage, stopped: { at: batch.stage.stopped?.at ?? now, cancels, asked }, lookAt: now };
  return batchWithCard(batch, stage, { who: by, what: cancels ? 'stopped, cancels what waits' : 'stopped', at: now });
}

export interface BatchCloseFacts {
  readonly refusal?: Refusal;
  readonly noScan?: NoScan;
  readonly reference?: string;
  readonly count?: number;
  readonly leftOut?: LeftOut;
}

/** The end without a scan. */
export function closeBatch(batch: Batch, why: BatchClosedWhy, now: Time, facts: BatchCloseFacts = {}): Write {
  const stage: BatchClosed = { ...closedBatch(batch, why, now), ...facts };
  const event = { who: 'bot' as const, what: `closed: ${why}`, at: now, facts: refusalFacts(facts.refusal) };
  const isDecided = batch.stage.name === 'deciding' || batch.stage.name === 'awaiting';
  return batchMove(batch, stage, event, [batchCard(batch), ...(isDecided ? [endedNotice(batch)] : [])]);
}

function closedBatch(batch: Batch, why: BatchClosedWhy, at: Time): BatchClosed {
  const { stage } = batch;
  const content = 'content' in stage ? stage.content : undefined;
  const leftOut = 'plan' in stage ? stage.plan.leftOut : 'leftOut' in stage ? stage.leftOut : undefined;
  const scans = 'plan' in stage ? stage.plan.scans : 'scans' in stage ? stage.scans : [];
  return { name: 'closed', why, content, count: scans.length, leftOut, at };
}

export function batchMove(batch: Batch, stage: BatchStage, event: Happened, messages: readonly Message[]): Write {
  const after: Batch = { ...batch, rev: batch.rev + 1, stage };
  return { batch: { before: batch, after }, events: [{ request: batch.id, facts: {}, ...event }], messages };
}

function batchWithCard(batch: Batch, stage: BatchStage, event: Happened): Write {
  return batchMove(batch, stage, event, [batchCard(batch)]);
}

/** Draws it as it will be after this move. */
export function batchCard({ id, rev, thread, requester: to }: Batch): Message {
  return { id: `card:${id}:${rev + 1}`, thread, to, content: { kind: 'batch-card', batch: id } };
}

export function batchNotice(batch: Batch, notice: Notice, mention = true): Message {
  const id = `${notice.say}:${batch.id}`;
  return { id, thread: batch.thread, to: batch.requester, content: { kind: 'notice', notice, mention } };
}

export function endedNotice(batch: Batch): Message {
  return batchNotice(batch, { say: 'batch-ended', batch: batch.id });
}

export function batchSignIn({ id, rev, thread, requester: to }: Batch): Message {
  return { id: `sign-in:${id}:${rev}`, thread, to, content: { kind: 'sign-in' } };
}

/** Said once for each time that is given. */
export function batchReminder(batch: InBatch<'awaiting'>): Message {
  return askBatchApprovers(batch, batch.stage.until, true);
}

function askBatchApprovers({ id, thread, requester: to }: Batch, mark: number, again: boolean): Message {
  const content = { kind: 'ask-approvers' as const, request: id, again };
  return { id: `${again ? 'remind' : 'ask'}-approvers:${id}:${mark}`, thread, to, content };
}
