import { readRequestId } from '../ids.ts';
import { isIn } from '../moves.ts';
import type { Clock, Store } from '../ports.ts';
import type { Press, Pressed } from '../press.ts';
import { notDone, shown } from '../press.ts';
import { schedulesIn } from './own-schedules.ts';
import { stopSchedule } from './scheduling.ts';

const MOST_TRIES = 3;

/** Stops a schedule from its card, or from a list of them, wherever that stands. Only its own requester can. */
export async function pressStop(press: Press, at: { store: Store; clock: Clock }): Promise<Pressed> {
  const id = readRequestId(press.values['request']);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const schedule = id === undefined ? undefined : await at.store.request(id);
    if (schedule === undefined) return notDone({ why: 'unknown' });
    if (schedule.requester.id !== press.person.id) {
      return notDone({ why: 'not-yours', requester: schedule.requester.name });
    }
    const isOver = !isIn(schedule, 'scheduled');
    // It may begin a scan at the same moment: then it is stopped after that one.
    if (!isOver && !(await at.store.commit(stopSchedule(schedule, press.person.id, at.clock.now())))) continue;
    return answerTo(press, id, at.store);
  }
  return notDone({ why: 'not-checked', who: [] });
}

async function answerTo(
  press: Press,
  id: NonNullable<ReturnType<typeof readRequestId>> | undefined,
  store: Store,
): Promise<Pressed> {
  const request = id === undefined ? undefined : await store.request(id);
  if (request === undefined) return notDone({ why: 'unknown' });
  if (press.values['list'] !== true && press.values['list'] !== 'true') return shown(request);
  return { answer: 'schedules', schedules: schedulesIn(await store.schedulesOf(press.person.id)) };
}
