import type { RequestId } from '../ids.ts';
import type { Outcome, Worker } from '../outcome.ts';
import { again, DONE } from '../outcome.ts';
import { reminder } from '../approving.ts';
import type { In } from '../moves.ts';
import { close, isIn } from '../moves.ts';
import type { Claim } from '../ports.ts';
import type { ScanRequest } from '../scan-request.ts';
import { dueAt, isOver } from '../scan-request.ts';
import { keepSchedule } from './keep-schedule.ts';
import { look } from './look.ts';
import type { WorkParts } from './parts.ts';
import { commit } from './parts.ts';
import { waitInQueue } from './queue.ts';
import { resolveDevice } from './resolve.ts';
import { submit } from './submit.ts';

/** Does what a request's stage asks for when its time has come. */
export class RequestWorker implements Worker {
  readonly #parts: WorkParts;

  constructor(parts: WorkParts) {
    this.#parts = parts;
  }

  async work(claim: Claim): Promise<Outcome> {
    const request = await this.#parts.store.request(claim.id as RequestId);
    return request === undefined ? DONE : this.#step(request);
  }

  async giveUp(claim: Claim, reference: string): Promise<Outcome> {
    const request = await this.#parts.store.request(claim.id as RequestId);
    if (request === undefined || isOver(request) || isIn(request, 'following')) return DONE;
    // Perhaps taken by Defender: to call it failed would be a guess.
    const why = isIn(request, 'submitting') ? 'unclear' : 'unexpected';
    return commit(this.#parts.store, close(request, why, this.#parts.clock.now(), { reference }));
  }

  async #step(request: ScanRequest): Promise<Outcome> {
    if (isIn(request, 'asked')) return resolveDevice(request, this.#parts);
    if (isIn(request, 'choosing', 'proposed')) return this.#expire(request);
    if (isIn(request, 'awaiting')) return this.#awaits(request);
    if (isIn(request, 'scheduled')) return keepSchedule(request, this.#parts);
    if (isIn(request, 'queued')) return waitInQueue(request, this.#parts);
    if (isIn(request, 'approved')) return submit(request, this.#parts);
    if (isIn(request, 'submitting')) return look(request, this.#parts);
    return DONE;
  }

  /** At half time the approvers are reminded; at the end nobody approved. */
  async #awaits(request: In<'awaiting'>): Promise<Outcome> {
    const { store, clock } = this.#parts;
    const { remindAt, until } = request.stage;
    const now = clock.now();
    if (now >= until) return commit(store, close(request, 'not-approved', now));
    if (now < remindAt) return again(remindAt);
    await store.commit({ messages: [reminder(request)] });
    return again(until);
  }

  async #expire(request: ScanRequest): Promise<Outcome> {
    const now = this.#parts.clock.now();
    const due = dueAt(request) ?? now;
    return now < due ? again(due) : commit(this.#parts.store, close(request, 'expired', now));
  }
}
