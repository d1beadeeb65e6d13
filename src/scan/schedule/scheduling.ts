import { approvedStage } from '../decided.ts';
import type { PersonId, RequestId, Time } from '../ids.ts';
import type { Message } from '../message.ts';
import type { Event } from '../event.ts';
import type { Notice } from '../notice.ts';
import type { Happened, In } from '../moves.ts';
import { cardMessage, closedStage, move, noticeMessage, signInMessage, withCard } from '../moves.ts';
import type { Write } from '../ports.ts';
import type { ScanRequest } from '../scan-request.ts';
import type { ClosedWhy } from '../stage.ts';
import type { Plan } from './plan.ts';
import { nextTime, repeats, timesBetween } from './plan.ts';
import type { Scheduled } from './scheduled.ts';
import { BEGIN_WITHIN } from './scheduled.ts';

type Schedule = In<'scheduled'>;

/** More than these are not counted: somebody was away for long. */
const MOST_MISSED = 99;

/** Its time has come: a scan begins, and in the same moment the schedule goes on to its next time. */
export function begin(schedule: Schedule, id: RequestId, now: Time): Write {
  const occurrence = occurrenceOf(schedule, id, now);
  const event: Happened = {
    who: 'bot',
    what: 'schedule ran',
    at: now,
    facts: { began: id, time: schedule.stage.next },
  };
  const write = goOn(schedule, schedule.stage.begun + 1, event, now);
  const began: Event = {
    request: id,
    at: now,
    who: 'bot',
    what: 'begun by a schedule',
    facts: { schedule: schedule.id, time: schedule.stage.next },
  };
  const drawn = cardMessage({ ...occurrence, rev: 0 });
  return {
    ...write,
    begins: occurrence,
    events: [...(write.events ?? []), began],
    messages: [...(write.messages ?? []), drawn],
  };
}

/** What was decided, by those who decided it; what the rules say is asked before it goes out. */
function occurrenceOf(schedule: Schedule, id: RequestId, now: Time): ScanRequest {
  const { requester, thread, askedIn, wanted, approvals, named, stage } = schedule;
  const { device, content, by, next } = stage;
  const { type, comment } = content;
  const { about } = wanted;
  const begun: Omit<ScanRequest, 'stage'> = {
    id,
    rev: 1,
    requester,
    thread,
    ...(askedIn && { askedIn }),
    askedAt: now,
    wanted: { device: device.id, type, comment, ...(about && { about }) },
    ...(approvals && { approvals }),
    ...(named && { named }),
    occurrence: { of: schedule.id, at: next, until: next + BEGIN_WITHIN },
  };
  return { ...begun, stage: approvedStage(begun, { device, content, by }, now) };
}

/** Nobody was there when its time came. */
export function miss(schedule: Schedule, now: Time): Write {
  const { next } = schedule.stage;
  const count = 1 + timesBetween(planOf(schedule), next, now, MOST_MISSED - 1);
  const event: Happened = { who: 'bot', what: 'schedule missed', at: now, facts: { time: next, count } };
  const write = goOn(schedule, schedule.stage.begun, event, now);
  const told = mentioning(schedule, { say: 'schedule-missed', request: schedule.id, at: next, count });
  return { ...write, messages: [...(write.messages ?? []), told] };
}

/** On to its next time, or to its end. */
function goOn(schedule: Schedule, begun: number, event: Happened, now: Time): Write {
  const plan = planOf(schedule);
  const next = nextTime(plan, Math.max(now, schedule.stage.next));
  if (next === undefined) return over(schedule, begun, event);
  const { name, device, content, by, at } = schedule.stage;
  const kept = { name, device, content, by, at, begun, asksSignIn: false } as const;
  const stage: Scheduled = { ...kept, next: next.at, ...(next.is !== 'once' && { oddly: next.is }) };
  return withCard(schedule, stage, event);
}

function over(schedule: Schedule, begun: number, event: Happened): Write {
  const why: ClosedWhy = begun === 0 && !repeats(planOf(schedule)) ? 'schedule-missed' : 'schedule-over';
  const told = repeats(planOf(schedule)) ? [mentioning(schedule, { say: 'schedule-over', request: schedule.id })] : [];
  return move(schedule, closedStage(schedule, why, event.at), event, [cardMessage(schedule), ...told]);
}

/** Nothing begins any more; what it has begun goes on. */
export function stopSchedule(schedule: Schedule, by: PersonId, now: Time): Write {
  const event: Happened = { who: by, what: 'schedule stopped', at: now };
  return withCard(schedule, closedStage(schedule, 'schedule-stopped', now), event);
}

/** Soon their sign-in is needed, and there is none. */
export function askAhead(schedule: Schedule, now: Time): Write {
  const asked = { ...schedule.stage, asksSignIn: true };
  const event: Happened = { who: 'bot', what: 'sign-in asked', at: now };
  const told = mentioning(schedule, { say: 'schedule-sign-in', request: schedule.id });
  return move(schedule, asked, event, [cardMessage(schedule), told, signInMessage(schedule)]);
}

/** They have signed in since. */
export function askedNoMore(schedule: Schedule, now: Time): Write {
  const event: Happened = { who: 'bot', what: 'signed in', at: now };
  const told = mentioning(schedule, { say: 'schedule-signed-in', request: schedule.id });
  const write = withCard(schedule, { ...schedule.stage, asksSignIn: false }, event);
  return { ...write, messages: [...(write.messages ?? []), told] };
}

/** It was decided with one. */
export function planOf({ id, wanted }: ScanRequest): Plan {
  if (wanted.plan === undefined) throw new Error(`Request ${id} has no plan.`);
  return wanted.plan;
}

/** A schedule is told of more than once: each time is another message. */
function mentioning(schedule: Schedule, notice: Notice): Message {
  const told = noticeMessage(schedule, notice, true);
  return { ...told, id: `${told.id}:${schedule.rev}` };
}
