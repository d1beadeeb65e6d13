import { batchReminder, closeBatch } from '../../batch/batch-moves.ts';
import type { Batch, InBatch } from '../../batch/batch.ts';
import { isBatchIn, isBatchOver } from '../../batch/batch.ts';
import type { Outcome, Worker } from '../../outcome.ts';
import { again, DONE } from '../../outcome.ts';
import type { BatchId } from '../../ids.ts';
import type { Claim } from '../../ports.ts';
import { MINUTE } from '../../time.ts';
import { commit } from '../parts.ts';
import type { BatchParts } from './batch-parts.ts';
import { carryOn } from './carry-on.ts';
import { decideBatch } from './decide-batch.ts';
import { lateNews } from './late-news.ts';
import { resolveBatch } from './resolve-batch.ts';

const FAULT_PAUSE = 5 * MINUTE;

/** Does what a request for many scans asks for when its time has come. */
export class BatchWorker implements Worker {
  readonly #parts: BatchParts;

  constructor(parts: BatchParts) {
    this.#parts = parts;
  }

  async work(claim: Claim): Promise<Outcome> {
    const batch = await this.#parts.store.batches.batch(claim.id as BatchId);
    return batch === undefined ? DONE : this.#step(batch);
  }

  /** What is under way goes on: to give it up would leave scans without anybody who tells of them. */
  async giveUp(claim: Claim, reference: string): Promise<Outcome> {
    const { store, clock } = this.#parts;
    const batch = await store.batches.batch(claim.id as BatchId);
    if (batch === undefined || isBatchOver(batch)) return DONE;
    if (isBatchIn(batch, 'running')) return again(clock.now() + FAULT_PAUSE);
    return commit(store, closeBatch(batch, 'unexpected', clock.now(), { reference }));
  }

  async #step(batch: Batch): Promise<Outcome> {
    if (isBatchIn(batch, 'asked')) return resolveBatch(batch, this.#parts);
    if (isBatchIn(batch, 'proposed')) return this.#expire(batch);
    if (isBatchIn(batch, 'deciding')) return decideBatch(batch, this.#parts);
    if (isBatchIn(batch, 'awaiting')) return this.#awaits(batch);
    if (isBatchIn(batch, 'running')) return carryOn(batch, this.#parts);
    if (isBatchIn(batch, 'over')) return lateNews(batch, this.#parts);
    return DONE;
  }

  #expire(batch: InBatch<'proposed'>): Promise<Outcome> | Outcome {
    const { store, clock } = this.#parts;
    const now = clock.now();
    const { until } = batch.stage;
    return now < until ? again(until) : commit(store, closeBatch(batch, 'expired', now));
  }

  /** At half time the approvers are reminded; at the end nobody approved. */
  async #awaits(batch: InBatch<'awaiting'>): Promise<Outcome> {
    const { store, clock } = this.#parts;
    const { remindAt, until } = batch.stage;
    const now = clock.now();
    if (now >= until) return commit(store, closeBatch(batch, 'not-approved', now));
    if (now < remindAt) return again(remindAt);
    await store.commit({ messages: [batchReminder(batch)] });
    return again(until);
  }
}
