import type { DefenderScan } from '../defender-scan.ts';
import { resultOf } from '../defender-scan.ts';
import type { Refusal } from '../refusal.ts';
import { signInMends } from '../refusal.ts';
import type { Outcome } from '../outcome.ts';
import { again } from '../outcome.ts';
import type { In } from '../moves.ts';
import { close, lookAgain, LONGEST_CALL, LOOKS, sendAgain, signInMessage } from '../moves.ts';
import { HOUR, SECOND } from '../time.ts';
import { followScan, isOwn } from './follow-scan.ts';
import type { WorkParts } from './parts.ts';
import { commit, readerFor, retryTime } from './parts.ts';

/** How many starts without an answer may turn out not to have been taken; after these a person decides. */
const MOST_LOST = 2;
const LATEST_LOOK = HOUR;
const SIGN_IN_RETRY = 15 * SECOND;

/**
 * A start was sent, and what came of it is unknown: a crash, a lost answer, a 5xx. Looks at the device's scans before
 * anything is sent again; where that cannot be shown nothing is repeated and the requester decides.
 */
export async function look(request: In<'submitting'>, parts: WorkParts): Promise<Outcome> {
  const early = request.stage.lookAt - parts.clock.now();
  // Woken before its time; what lies further ahead was planned by a clock that has been set back.
  if (early > 0 && early <= LONGEST_CALL + LOOKS[2]) return again(request.stage.lookAt);
  const reader = readerFor(request.requester, parts.settings);
  const scans = await parts.defender.scansOfDevice(reader, request.stage.device.id);
  if (!scans.ok) return cannotLook(request, scans.refusal, parts);
  const found = await ownOrRunning(request, scans.value, parts);
  if (found !== undefined) return followScan(request, found, parts);
  const now = parts.clock.now();
  const { looks, lost } = request.stage;
  if (looks + 1 < LOOKS.length) return commit(parts.store, lookAgain(request, now));
  if (lost + 1 < MOST_LOST) return commit(parts.store, sendAgain(request, now));
  const refusal = request.stage.refusal ?? { kind: 'no-answer' };
  return commit(parts.store, close(request, 'refused', now, { refusal }));
}

async function ownOrRunning(
  request: In<'submitting'>,
  scans: readonly DefenderScan[],
  parts: WorkParts,
): Promise<DefenderScan | undefined> {
  for (const scan of scans) if (await isOwn(request, scan, parts)) return scan;
  return scans.find((scan) => resultOf(scan.status) === undefined);
}

async function cannotLook(request: In<'submitting'>, refusal: Refusal, parts: WorkParts): Promise<Outcome> {
  const now = parts.clock.now();
  const latest = request.stage.intention + LATEST_LOOK;
  // Written once, however often it is asked for: the same message has the same id.
  if (signInMends(refusal)) await parts.store.commit({ messages: [signInMessage(request)] });
  const retryAt = signInMends(refusal) ? now + SIGN_IN_RETRY : retryTime(refusal, now);
  if (retryAt !== undefined && now < latest) return again(Math.min(retryAt, latest));
  return commit(parts.store, close(request, 'unclear', now, { refusal }));
}
