import { askApproval } from '../approving.ts';
import { commentFault } from '../comment.ts';
import type { Decision, NoScan } from '../decision.ts';
import type { PeopleDemand } from '../demand.ts';
import type { DefenderScan } from '../defender-scan.ts';
import type { Device, ScanType } from '../device.ts';
import type { Time } from '../ids.ts';
import type { In } from '../moves.ts';
import { close, propose } from '../moves.ts';
import type { Write } from '../ports.ts';
import type { Holder } from '../queued.ts';
import type { ScanRequest } from '../scan-request.ts';
import type { Content, Proposed } from '../stage.ts';
import type { WorkParts } from './parts.ts';

/** What was found out about the device that is meant. */
export interface Found {
  readonly device: Device;
  readonly busy: DefenderScan | undefined;
  readonly holder: Holder | undefined;
  readonly now: Time;
  readonly until: Time;
}

const BOTH: readonly ScanType[] = ['Quick', 'Full'];

/**
 * The device is known: the requester chooses and confirms, or others are asked at once when nothing is left to choose.
 * What the rules allow for no type at all ends here.
 */
export async function firstMove(request: In<'asked'>, found: Found, parts: WorkParts): Promise<Write> {
  const { device, now } = found;
  const { type } = request.wanted;
  const types = type === undefined ? BOTH : [type];
  const decisions = await Promise.all(types.map((one) => parts.rules.about(request, device, one)));
  const noScan = refusedBy(decisions);
  if (noScan !== undefined) return close(request, 'not-allowed', now, { noScan });
  const demands = demandsOf(decisions);
  const some = demands.filter((all) => all.length > 0);
  if (some.length === 0) return propose(request, device, found.busy, found);
  if (some.length === demands.length && (await haveNobody(request, some, parts))) {
    return close(request, 'nobody-to-approve', now);
  }
  const [only] = some;
  const content = contentIn(request);
  if (content !== undefined && only !== undefined) {
    const askedOf = await parts.rules.askedOf(request, only);
    return askApproval(request, { ...found, content, demands: only, askedOf });
  }
  const asks: Proposed['asks'] = some.length < types.length ? 'depends' : 'approval';
  return propose(request, device, found.busy, { ...found, asks });
}

/** The reason, when every choice is refused. */
function refusedBy(decisions: readonly Decision[]): NoScan | undefined {
  const refusals = decisions.flatMap((decision) => (decision.kind === 'refuse' ? [decision.reason] : []));
  return refusals.length === decisions.length ? refusals[0] : undefined;
}

/** Of every choice that is not refused. */
function demandsOf(decisions: readonly Decision[]): readonly (readonly PeopleDemand[])[] {
  return decisions.flatMap((decision) => (decision.kind === 'approvals' ? [decision.demands] : []));
}

async function haveNobody(
  request: ScanRequest,
  all: readonly (readonly PeopleDemand[])[],
  parts: WorkParts,
): Promise<boolean> {
  const answers = await Promise.all(all.map((demands) => parts.rules.hasNobody(request, demands)));
  return answers.every((nobody) => nobody);
}

/** Everything was typed, and can be sent as it stands. */
function contentIn({ wanted: { type, comment } }: ScanRequest): Content | undefined {
  if (type === undefined || comment === undefined || commentFault(comment) !== undefined) return undefined;
  return { type, comment };
}
