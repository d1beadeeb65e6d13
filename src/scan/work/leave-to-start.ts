import { approversOf, askApproval } from '../approving.ts';
import { openDemands } from '../demand.ts';
import type { Device } from '../device.ts';
import type { ScanLimit } from '../limits.ts';
import type { In } from '../moves.ts';
import { close, hold } from '../moves.ts';
import type { Write } from '../ports.ts';
import type { Answer, Refusal } from '../refusal.ts';
import { answered, refused } from '../refusal.ts';
import type { WorkParts } from './parts.ts';

/** Either the scan may go out, within these limits, or it is held, or nobody can tell. */
export type Leave = { readonly held: Write } | { readonly room: readonly ScanLimit[] } | { readonly refusal: Refusal };

/** The rules as they are now, asked once more before the scan goes out: perhaps they allow less than they did. */
export async function leaveToStart(request: In<'approved'>, parts: WorkParts): Promise<Leave> {
  const { rules, clock, settings } = parts;
  const { content } = request.stage;
  const found = await deviceNow(request, parts);
  if (!found.ok) return found;
  const device = found.value;
  const decision = await rules.about(request, device, content.type);
  const now = clock.now();
  if (decision.kind === 'refuse') {
    const { reason } = decision;
    // One of many waits for its turn where time makes room.
    const later = request.batch !== undefined && 'until' in reason ? reason.until : Infinity;
    if (later < request.stage.until) return { held: hold(request, { for: 'defender', until: later }, now) };
    return { held: close(request, 'not-allowed', now, { noScan: reason }) };
  }
  const { demands, room = [] } = decision;
  const open = openDemands(demands, request.requester.id, approversOf(request));
  if (open.length === 0) return { room };
  // The rules ask for more than when all of them were decided: this one is left out, and told with the others.
  if (request.batch !== undefined) return { held: close(request, 'not-approved', now) };
  if (await rules.hasNobody(request, open)) return { held: close(request, 'nobody-to-approve', now) };
  const askedOf = await rules.askedOf(request, demands);
  // What a schedule began has its hour, however long others may take elsewhere.
  const until = Math.min(now + settings.decideWithin, request.occurrence?.until ?? Infinity);
  return { held: askApproval(request, { device, content, busy: undefined, demands, askedOf, now, until }) };
}

/** As Defender shows it to the requester now: it may be tagged, grouped or rated anew since it was looked up. */
async function deviceNow({ occurrence, requester, stage }: In<'approved'>, parts: WorkParts): Promise<Answer<Device>> {
  const { device } = stage;
  // What a schedule begins was looked up a moment ago.
  if (occurrence !== undefined || !parts.rules.lookAtDevices()) return answered(device);
  const found = await parts.defender.findDevices(requester, device.id);
  if (!found.ok) return found;
  const now = found.value.find(({ id }) => id === device.id);
  return now === undefined ? refused('not-found') : answered(now);
}
