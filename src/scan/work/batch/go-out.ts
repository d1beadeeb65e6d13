import type { InBatch } from '../../batch/batch.ts';
import { beginMember } from '../../batch/member.ts';
import { STARTS_A_MINUTE, STARTS_AN_HOUR } from '../../batch/plan.ts';
import type { Time } from '../../ids.ts';
import { isIn } from '../../moves.ts';
import type { CallLimit } from '../../ports.ts';
import type { ScanRequest } from '../../scan-request.ts';
import { HOUR, MINUTE, SECOND } from '../../time.ts';
import type { BatchParts } from './batch-parts.ts';

/** Of all requests for many together, whoever asked: what is left of Defender's quota is for single scans. */
const QUOTA = 'starts of many';
const LIMITS: readonly CallLimit[] = [
  { length: MINUTE, most: STARTS_A_MINUTE },
  { length: HOUR, most: STARTS_AN_HOUR },
];
/** In one turn: then others have theirs. */
const AT_ONCE = 5;
const TURN_EVERY = 5 * SECOND;
/** Decided and not yet taken by Defender. */
const MOST_ON_THEIR_WAY = 20;
const LOOK_AGAIN = 10 * SECOND;

/** When the next ones may go out; `undefined` when none is left. */
export type NextTurn = Time | undefined;

/** Lets the next few of them go out, as fast as the quota allows. What began before a crash begins no second time. */
export async function goOut(
  batch: InBatch<'running'>,
  begun: readonly ScanRequest[],
  parts: BatchParts,
): Promise<NextTurn> {
  const { store, clock, calls } = parts;
  const now = clock.now();
  const known = new Set<string>(begun.map(({ id }) => id));
  const waiting = batch.stage.scans.filter(({ id }) => !known.has(id));
  if (waiting.length === 0 || batch.stage.stopped !== undefined || now >= batch.stage.until) return undefined;
  if ((await store.halt())?.is === 'paused') return now + MINUTE;
  const free = MOST_ON_THEIR_WAY - begun.filter((one) => isIn(one, 'approved', 'submitting')).length;
  if (free <= 0) return now + LOOK_AGAIN;
  for (const planned of waiting.slice(0, Math.min(AT_ONCE, free))) {
    const full = await calls.take(QUOTA, LIMITS, clock.now());
    if (full !== undefined) return full;
    await store.commit(beginMember(batch, planned, clock.now()));
  }
  return clock.now() + TURN_EVERY;
}
