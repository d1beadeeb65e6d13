import type { Refusal } from '../refusal.ts';
import { signInMends } from '../refusal.ts';
import { resultOf } from '../defender-scan.ts';
import type { Outcome } from '../engine.ts';
import { again } from '../engine.ts';
import { isOurs } from '../following.ts';
import type { In } from '../moves.ts';
import { close, hold, lookAgain, LOOKS } from '../moves.ts';
import { HOUR, SECOND } from '../time.ts';
import type { WorkParts } from './parts.ts';
import { commit, readerFor, retryTime } from './parts.ts';
import { followScan } from './submit.ts';

/** After a start without an answer: how often it may be sent in all when the looks show that it was not taken. */
const MOST_LOST = 2;
const LATEST_LOOK = HOUR;
const SIGN_IN_RETRY = 15 * SECOND;

/**
 * A start was sent, and what came of it is unknown: a crash, a lost answer, a 5xx. Looks at the device's scans before
 * anything is sent again; where that cannot be shown nothing is repeated and the requester decides.
 */
export async function look(request: In<'submitting'>, parts: WorkParts): Promise<Outcome> {
  const reader = readerFor(request.requester, parts.settings);
  const scans = await parts.defender.scansOfDevice(reader, request.stage.device.id);
  if (!scans.ok) return cannotLook(request, scans.refusal, parts);
  const ours = scans.value.find((scan) => isOurs(scan, request.stage));
  const running = ours ?? scans.value.find((scan) => resultOf(scan.status) === undefined);
  if (running !== undefined) return followScan(request, running, parts);
  const now = parts.clock.now();
  if (request.stage.looks + 1 < LOOKS.length) return commit(parts.store, lookAgain(request, now));
  if (request.stage.posts < MOST_LOST) return commit(parts.store, hold(request, { for: 'defender', until: now }, now));
  return commit(parts.store, close(request, 'refused', now, { refusal: { kind: 'no-answer' } }));
}

async function cannotLook(request: In<'submitting'>, refusal: Refusal, parts: WorkParts): Promise<Outcome> {
  const now = parts.clock.now();
  const latest = request.stage.intention + LATEST_LOOK;
  const retryAt = signInMends(refusal) ? now + SIGN_IN_RETRY : retryTime(refusal, now);
  if (retryAt !== undefined && now < latest) return again(Math.min(retryAt, latest));
  return commit(parts.store, close(request, 'unclear', now, { refusal }));
}
