import type { Message } from '../message.ts';
import type { Errand } from '../errand.ts';
import type { In } from '../moves.ts';
import { isIn, noticeMessage } from '../moves.ts';
import { stopSchedule } from '../schedule/scheduling.ts';
import { schedulesIn } from '../schedule/own-schedules.ts';
import type { ErrandResult } from './cancel.ts';
import { isAbout } from './is-about.ts';
import type { WorkParts } from './parts.ts';

/** What a person has planned, the next first. */
export async function ownSchedules({ person }: Errand, parts: WorkParts): Promise<ErrandResult> {
  const schedules = await parts.store.schedulesOf(person.id);
  return { said: { say: 'schedules', schedules: schedulesIn(schedules) } };
}

/** The only one that it can be; of several, the person says which. */
export async function stopByName(errand: Errand, typed: string | undefined, parts: WorkParts): Promise<ErrandResult> {
  const all = (await parts.store.schedulesOf(errand.person.id)).filter((one) => isIn(one, 'scheduled'));
  const meant = typed === undefined ? all : all.filter((one) => isAbout(one, typed));
  const [only, ...others] = meant;
  if (only === undefined) return { said: { say: 'no-such-schedule', device: typed } };
  if (others.length > 0) return { said: { say: 'schedules', schedules: schedulesIn(meant) } };
  return stopOne(only, errand, parts);
}

export async function stopOne(
  schedule: In<'scheduled'>,
  { person, thread }: Errand,
  parts: WorkParts,
): Promise<ErrandResult> {
  const now = parts.clock.now();
  const write = stopSchedule(schedule, person.id, now);
  const told: Message = { ...noticeMessage(schedule, { say: 'schedule-stopped', request: schedule.id }), thread };
  // Its time came at this moment: the next look decides.
  if (!(await parts.store.commit({ ...write, messages: [...(write.messages ?? []), told] }))) {
    return { early: true, at: now };
  }
  return { done: true };
}
