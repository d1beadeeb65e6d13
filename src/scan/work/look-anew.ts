import type { Device } from '../device.ts';
import type { Time } from '../ids.ts';
import type { In } from '../moves.ts';
import { after, withCard } from '../moves.ts';
import type { Write } from '../ports.ts';
import type { Answer } from '../refusal.ts';
import { answered, refused } from '../refusal.ts';
import type { WorkParts } from './parts.ts';
import { survivorOf } from './resolve.ts';

/**
 * What a schedule begins was decided long ago: the device is looked up once more, in the requester's name, so that the
 * rules judge it as it is now, and so that nothing is sent for somebody who may not see it any more.
 */
export async function lookAnew(request: In<'approved'>, parts: WorkParts): Promise<Answer<In<'approved'>>> {
  const { occurrence, requester, stage } = request;
  if (occurrence === undefined) return answered(request);
  const found = await parts.defender.findDevices(requester, stage.device.id);
  if (!found.ok) return found;
  const [first] = found.value;
  if (first === undefined) return refused('not-found');
  const survivor = await survivorOf(first, request, parts);
  return survivor.ok ? answered({ ...request, stage: { ...stage, device: survivor.value } }) : survivor;
}

/** Defender has merged its device into this one. Whoever said yes before said it to another one. */
export function becomes(request: In<'approved'>, device: Device, now: Time): Write {
  const stage = { ...request.stage, device, at: now };
  const fresh = { ...request, ...(request.approvals && { approvals: [] }) };
  const event = { who: 'defender' as const, what: 'its device was merged', at: now, facts: { device: device.id } };
  return { ...withCard(fresh, stage, event), move: { before: request, after: after(fresh, stage) } };
}
