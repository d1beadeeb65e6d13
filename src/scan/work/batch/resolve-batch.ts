import type { InBatch } from '../../batch/batch.ts';
import { closeBatch, needBatchSignIn, preview } from '../../batch/batch-moves.ts';
import type { BatchCloseFacts } from '../../batch/batch-moves.ts';
import { NOTHING_LEFT_OUT } from '../../batch/plan.ts';
import { MOST_DEVICES } from '../../batch/source.ts';
import type { Outcome } from '../../outcome.ts';
import { MOVED } from '../../outcome.ts';
import type { Write } from '../../ports.ts';
import type { Refusal } from '../../refusal.ts';
import { signInMends } from '../../refusal.ts';
import { askAgain } from '../ask-again.ts';
import { againAt, retryTime } from '../parts.ts';
import type { BatchParts } from './batch-parts.ts';
import { findMany } from './find-many.ts';
import type { FoundMany } from './find-many.ts';
import { makePlan } from './make-plan.ts';

type Asked = InBatch<'asked'>;

/** Looks up what was asked for, in the asker's name, and shows what would be scanned. */
export async function resolveBatch(batch: Asked, parts: BatchParts): Promise<Outcome> {
  const { store, clock } = parts;
  const halt = await store.halt();
  if (halt?.is === 'paused') {
    return close(batch, { noScan: { why: 'paused', reason: halt.reason } }, parts);
  }
  if (batch.wanted.devices.length > MOST_DEVICES) return tooMany(batch, batch.wanted.devices.length, parts);
  const found = await findMany(batch.requester, batch.wanted.devices, parts);
  if (!found.ok) return notResolved(batch, found.refusal, parts);
  const { devices, ambiguous } = found.value;
  if (devices.length > MOST_DEVICES) return tooMany(batch, devices.length, parts);
  const scans = devices.map((device) => ({ id: parts.newId(), device }));
  const { plan } = await makePlan(batch, { scans, leftOut: leftOut(found.value), type: batch.wanted.type }, parts);
  const now = clock.now();
  const isEmpty = plan.scans.length === 0 && ambiguous.length === 0;
  if (isEmpty) return commit(closeBatch(batch, 'nothing-found', now, { leftOut: plan.leftOut }), parts);
  return commit(preview(batch, plan, { now, until: now + parts.settings.decideWithin }), parts);
}

function leftOut({ ambiguous, unknown, empty, unreadable, twice }: FoundMany): typeof NOTHING_LEFT_OUT {
  return { ...NOTHING_LEFT_OUT, ambiguous, unknown, empty, unreadable, twice };
}

function tooMany(batch: Asked, count: number, parts: BatchParts): Promise<Outcome> {
  return commit(closeBatch(batch, 'too-many', parts.clock.now(), { count }), parts);
}

function close(batch: Asked, facts: BatchCloseFacts, parts: BatchParts): Promise<Outcome> {
  const why = facts.noScan === undefined ? 'refused' : 'not-allowed';
  return commit(closeBatch(batch, why, parts.clock.now(), facts), parts);
}

async function notResolved(batch: Asked, refusal: Refusal, parts: BatchParts): Promise<Outcome> {
  const now = parts.clock.now();
  const { until, waitsForSignIn } = batch.stage;
  const late = now >= until;
  if (signInMends(refusal)) {
    if (!waitsForSignIn) return commit(needBatchSignIn(batch, now), parts);
    if (late) return commit(closeBatch(batch, 'sign-in-expired', now), parts);
    return askAgain({ person: batch.requester, thread: batch.thread, until }, parts);
  }
  const retryAt = retryTime(refusal, now);
  if (retryAt !== undefined && !late) return againAt(retryAt, until);
  return close(batch, { refusal }, parts);
}

async function commit(write: Write, { store }: BatchParts): Promise<Outcome> {
  await store.commit(write);
  return MOVED;
}
