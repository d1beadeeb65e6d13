import type { Outcome, Worker } from '../outcome.ts';
import { again, DONE } from '../outcome.ts';
import type { Message } from '../message.ts';
import type { Errand } from '../errand.ts';
import type { Notice } from '../notice.ts';
import { SIGN_IN_WITHIN } from '../moves.ts';
import type { Claim } from '../ports.ts';
import type { Refusal } from '../refusal.ts';
import { signInMends } from '../refusal.ts';
import { askAgain } from './ask-again.ts';
import type { ErrandParts } from './parts.ts';
import { retryTime } from './parts.ts';
import type { ErrandResult } from './cancel.ts';
import { cancelScan } from './cancel.ts';
import { saidBy } from './errand-notice.ts';
import { history } from './history.ts';
import { ownScans } from './own-scans.ts';
import { tellHalt } from './pause.ts';
import { report } from './report.ts';
import { ownSchedules, stopByName } from './schedules.ts';
import { statusOf } from './status.ts';
import { watchScan } from './watch.ts';
import { explainRules } from './why.ts';

/** Carries out the commands that ask somebody outside: Defender, or Graph about the person's groups. */
export class ErrandWorker implements Worker {
  readonly #parts: ErrandParts;

  constructor(parts: ErrandParts) {
    this.#parts = parts;
  }

  async work(claim: Claim): Promise<Outcome> {
    const errand = await this.#parts.store.errand(claim.id);
    if (errand === undefined) return DONE;
    const result = await this.#run(errand);
    if ('done' in result) return DONE;
    if ('said' in result) return this.#say(errand, result.said);
    if ('early' in result) return again(result.at);
    return this.#refused(claim, errand, result.refusal);
  }

  async giveUp(claim: Claim, reference: string): Promise<Outcome> {
    const errand = await this.#parts.store.errand(claim.id);
    if (errand !== undefined) await this.#say(errand, { say: 'unexpected', reference });
    return DONE;
  }

  async #run(errand: Errand): Promise<ErrandResult> {
    const { what } = errand;
    switch (what.command) {
      case 'status':
        return statusOf(errand, what.device, this.#parts);
      case 'cancel':
        return cancelScan(errand, what.device, this.#parts);
      case 'watch':
        return watchScan(errand, what.device, this.#parts);
      case 'history':
        return history(errand, what.device, this.#parts);
      case 'report':
        return report(errand, what, this.#parts);
      case 'my-scans':
        return ownScans(errand, this.#parts);
      case 'schedules':
        return ownSchedules(errand, this.#parts);
      case 'unschedule':
        return stopByName(errand, what.device, this.#parts);
      case 'why':
        return explainRules(errand, what.device, this.#parts);
      case 'pause':
        return tellHalt(errand, 'paused', this.#parts);
      case 'resume':
        return tellHalt(errand, 'resumed', this.#parts);
    }
  }

  async #say(errand: Errand, notice: Notice): Promise<Outcome> {
    await this.#parts.store.commit({ messages: [saidBy(errand, notice)] });
    return DONE;
  }

  async #refused(claim: Claim, errand: Errand, refusal: Refusal): Promise<Outcome> {
    const now = this.#parts.clock.now();
    const late = now >= errand.until;
    if (signInMends(refusal)) {
      const { person, thread, until, waitsForSignIn } = errand;
      if (waitsForSignIn && late) return this.#say(errand, { say: 'sign-in-expired' });
      if (waitsForSignIn) return askAgain({ person, thread, until }, this.#parts);
      await this.#parts.store.commit({ messages: [signIn(errand)] });
      await this.#parts.store.keepErrand(claim, { ...errand, waitsForSignIn: true, until: now + SIGN_IN_WITHIN });
      return { is: 'moved' };
    }
    const retryAt = retryTime(refusal, now);
    if (retryAt !== undefined && !late) return again(Math.min(retryAt, errand.until));
    return this.#say(errand, { say: 'refused', refusal });
  }
}

function signIn(errand: Errand): Message {
  return { id: `sign-in:${errand.id}`, thread: errand.thread, to: errand.person, content: { kind: 'sign-in' } };
}
