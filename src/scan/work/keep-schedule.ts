import type { Outcome } from '../outcome.ts';
import { again } from '../outcome.ts';
import type { In } from '../moves.ts';
import { signInMends } from '../refusal.ts';
import { GRACE } from '../schedule/scheduled.ts';
import { askAhead, askedNoMore, begin, miss } from '../schedule/scheduling.ts';
import { MINUTE } from '../time.ts';
import type { WorkParts } from './parts.ts';
import { commit, retryTime } from './parts.ts';

/** Microsoft did not say whether the sign-in holds: there is time to ask again. */
const ASK_AGAIN = 5 * MINUTE;

/** Begins what is due, tells what was missed, and has a look at the sign-in before. */
export function keepSchedule(schedule: In<'scheduled'>, parts: WorkParts): Promise<Outcome> {
  const { store, clock, settings } = parts;
  const now = clock.now();
  const late = now - schedule.stage.next;
  if (late < 0) return lookAhead(schedule, parts);
  if (late > GRACE) return commit(store, miss(schedule, now));
  return commit(store, begin(schedule, settings.newId(), now));
}

/** Whether the requester's sign-in will do: asked of Entra, while they can still mend it. */
async function lookAhead(schedule: In<'scheduled'>, parts: WorkParts): Promise<Outcome> {
  const { next, asksSignIn } = schedule.stage;
  const token = await parts.defender.accountsOf(schedule.requester, { fresh: true });
  const now = parts.clock.now();
  if (!token.ok && signInMends(token.refusal)) {
    return asksSignIn ? again(next) : commit(parts.store, askAhead(schedule, now));
  }
  if (!token.ok) return again(Math.min(next, Math.max(now + ASK_AGAIN, retryTime(token.refusal, now) ?? next)));
  return asksSignIn ? commit(parts.store, askedNoMore(schedule, now)) : again(next);
}
