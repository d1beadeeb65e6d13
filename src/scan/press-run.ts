import { askApproval } from './approving.ts';
import type { PeopleDemand } from './demand.ts';
import type { Time } from './ids.ts';
import type { In } from './moves.ts';
import { approve, isIn, unasked } from './moves.ts';
import type { Clock, Write } from './ports.ts';
import type { Press, Pressed, SignedIn } from './press.ts';
import { notDone, readContent, shown } from './press.ts';
import type { Rules } from './rules.ts';
import type { ScanRequest } from './scan-request.ts';
import type { Content } from './stage.ts';
import { decideBy } from './schedule/plan.ts';

export interface RunParts {
  readonly clock: Clock;
  readonly rules: Rules;
  /** How long others have to approve, in milliseconds. */
  readonly decideWithin: Time;
}

/** What comes of the requester's Run: the scan is approved, others are asked first, or why neither. */
export async function pressRun(
  request: ScanRequest,
  { press, signedIn }: { press: Press; signedIn: SignedIn },
  { clock, rules, decideWithin }: RunParts,
): Promise<Write | Pressed> {
  if (!isIn(request, 'proposed') || clock.now() >= request.stage.until) return shown(request);
  const read = readContent(press.values);
  if (!read.ok) return { answer: 'mend', request, entered: read.entered };
  const about = { device: request.stage.device, type: read.content.type, before: press.before };
  const [state, decision] = await Promise.all([signedIn(), rules.inTime(request, about)]);
  if (state === 'no') return { answer: 'sign-in' };
  if (decision === 'late') return notDone({ why: 'not-checked', who: [] });
  if (decision.kind === 'refuse') return notDone({ why: 'not-allowed', noScan: decision.reason });
  if (decision.demands.length > 0) {
    return othersAsked(request, { content: read.content, demands: decision.demands }, { clock, rules, decideWithin });
  }
  // The card said that others must approve: nobody starts a scan by a button that did not say so.
  if (request.stage.asks === 'approval') return unasked(request, clock.now());
  return approve(request, read.content, press.person.id, clock.now());
}

/** Others must say yes to what was chosen. */
async function othersAsked(
  request: In<'proposed'>,
  { content, demands }: { content: Content; demands: readonly PeopleDemand[] },
  { clock, rules, decideWithin }: RunParts,
): Promise<Write | Pressed> {
  if (await rules.hasNobody(request, demands)) return notDone({ why: 'nobody-to-approve' });
  const { device, busy } = request.stage;
  const now = clock.now();
  const askedOf = await rules.askedOf(request, demands);
  const until = decideBy(request, now, decideWithin);
  return askApproval(request, { device, content, busy, demands, askedOf, now, until });
}
