import type { DefenderScan } from '../defender-scan.ts';
import type { Outcome } from '../outcome.ts';
import { follow } from '../following.ts';
import type { In } from '../moves.ts';
import { close, isIn } from '../moves.ts';
import { holderOf, leaveQueue, waitBehind } from '../queueing.ts';
import type { ScanRequest } from '../scan-request.ts';
import { isOver } from '../scan-request.ts';
import { MINUTE } from '../time.ts';
import type { WorkParts } from './parts.ts';
import { againAt, commit, followerOf } from './parts.ts';

/** Whoever sets a device free wakes those that wait for it; this is for a wake that was lost. */
const LOOK_EVERY = 5 * MINUTE;

/** Another request has the device: after it, or along with it. */
export function waitInQueue(request: In<'queued'>, parts: WorkParts): Promise<Outcome> {
  const now = parts.clock.now();
  if (now >= request.stage.until) return commit(parts.store, close(request, 'expired', now));
  return request.stage.then === 'follow' ? joinIn(request, parts) : takeTurn(request, parts);
}

/** Those who have waited longest come first. */
async function takeTurn(request: In<'queued'>, parts: WorkParts): Promise<Outcome> {
  const { device, behind } = request.stage;
  const now = parts.clock.now();
  const holder = await parts.store.holder(device.id);
  if (holder !== undefined && holder.id !== request.id) {
    return holder.id === behind.request
      ? rest(request, parts)
      : commit(parts.store, waitBehind(request, holderOf(holder), now));
  }
  const queue = (await parts.store.openFor(device.id)).filter(isInLine);
  const first = queue.toSorted((one, other) => one.askedAt - other.askedAt)[0];
  if (first !== undefined && first.id !== request.id && first.askedAt < request.askedAt) return rest(request, parts);
  return commit(parts.store, leaveQueue(request, now));
}

function isInLine(request: ScanRequest): boolean {
  return isIn(request, 'queued') && request.stage.then === 'run';
}

/** The scan that was under way when the person chose to follow it, however it went on since. */
async function joinIn(request: In<'queued'>, parts: WorkParts): Promise<Outcome> {
  const { clock, settings, store } = parts;
  const other = await store.request(request.stage.behind.request);
  const now = clock.now();
  if (other !== undefined && isIn(other, 'following', 'settled')) {
    const lookAt = now + settings.pollEvery;
    const facts = { now, lookAt, follower: followerOf(request.requester, settings), adopted: true };
    return commit(store, follow(request, scanOf(other), facts));
  }
  if (other === undefined || isOver(other)) return commit(store, close(request, 'nothing-to-follow', now));
  return rest(request, parts);
}

/** Defender leaves the type out at the start; whoever started it knows. */
function scanOf({ stage }: In<'following' | 'settled'>): DefenderScan {
  const { scan, adopted, content } = stage;
  return { ...scan, type: scan.type ?? (adopted ? undefined : content.type) };
}

function rest(request: In<'queued'>, { clock }: WorkParts): Outcome {
  return againAt(clock.now() + LOOK_EVERY, request.stage.until);
}
