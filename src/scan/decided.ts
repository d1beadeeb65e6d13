import type { Time } from './ids.ts';
import type { ScanRequest } from './scan-request.ts';
import type { Approved } from './stage.ts';
import { nextTime } from './schedule/plan.ts';
import type { Scheduled } from './schedule/scheduled.ts';
import { HOUR } from './time.ts';

/** How long a decided scan waits for Defender or for a sign-in. Defender's longest quota window is an hour. */
export const START_WITHIN = 2 * HOUR;

type Decided = Pick<Approved, 'device' | 'content' | 'by'>;

/** The stage that a decision leads to: the scan goes out, or waits for its time. */
export function decidedStage(request: ScanRequest, decided: Decided, now: Time): Approved | Scheduled {
  const { plan } = request.wanted;
  if (plan === undefined) return approvedStage(request, decided, now);
  const next = nextTime(plan, now);
  // Decided in its last moment: whoever looks at it next begins it.
  const { at, is } = next ?? { at: now, is: 'once' };
  const counts = { asksSignIn: false, begun: 0 };
  return { name: 'scheduled', ...decided, at: now, next: at, ...(is !== 'once' && { oddly: is }), ...counts };
}

/** A scan of a schedule does not wait as long as others. */
export function approvedStage({ occurrence }: Pick<ScanRequest, 'occurrence'>, decided: Decided, now: Time): Approved {
  const none = { wait: undefined, posts: 0, lost: 0 };
  const until = Math.min(now + START_WITHIN, occurrence?.until ?? Infinity);
  return { name: 'approved', ...decided, at: now, ...none, until };
}
