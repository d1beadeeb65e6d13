import type { Device } from '../device.ts';
import type { Outcome, Worker } from '../engine.ts';
import { again, DONE } from '../engine.ts';
import type { Errand, Message, Notice } from '../message.ts';
import { SIGN_IN_WITHIN } from '../moves.ts';
import type { Claim } from '../ports.ts';
import type { Refusal } from '../refusal.ts';
import { isInvisible, signInMends } from '../refusal.ts';
import type { WorkParts } from './parts.ts';
import { retryTime } from './parts.ts';
import type { ErrandResult } from './cancel.ts';
import { cancelScan } from './cancel.ts';
import { ownScans } from './own-scans.ts';

/** Carries out the commands that ask Defender something: `status`, `cancel` and `my scans`. */
export class ErrandWorker implements Worker {
  readonly #parts: WorkParts;

  constructor(parts: WorkParts) {
    this.#parts = parts;
  }

  async work(claim: Claim): Promise<Outcome> {
    const errand = await this.#parts.store.errand(claim.id);
    if (errand === undefined) return DONE;
    const result = await this.#run(errand);
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
        return this.#status(errand, what.device);
      case 'cancel':
        return cancelScan(errand, what.device, this.#parts);
      case 'my-scans':
        return ownScans(errand, this.#parts);
    }
  }

  async #status(errand: Errand, typed: string): Promise<ErrandResult> {
    const found = await this.#parts.defender.findDevices(errand.person, typed);
    if (!found.ok && isInvisible(found.refusal)) return { said: { say: 'not-found', device: typed } };
    if (!found.ok) return { refusal: found.refusal };
    const [device, ...others] = found.value;
    if (device === undefined) return { said: { say: 'not-found', device: typed } };
    if (others.length > 0) return { said: { say: 'which-one', command: 'status', among: found.value } };
    return this.#statusOf(errand, device);
  }

  async #statusOf(errand: Errand, device: Device): Promise<ErrandResult> {
    const scans = await this.#parts.defender.scansOfDevice({ as: 'person', person: errand.person }, device.id);
    if (!scans.ok) return { refusal: scans.refusal };
    return { said: { say: 'status', device, scans: scans.value.slice(0, 5) } };
  }

  async #say(errand: Errand, notice: Notice): Promise<Outcome> {
    await this.#parts.store.commit({ messages: [said(errand, notice)] });
    return DONE;
  }

  async #refused(claim: Claim, errand: Errand, refusal: Refusal): Promise<Outcome> {
    const now = this.#parts.clock.now();
    const late = now >= errand.until;
    if (signInMends(refusal)) {
      if (errand.waitsForSignIn) return late ? this.#say(errand, { say: 'sign-in-expired' }) : again(errand.until);
      await this.#parts.store.commit({ messages: [signIn(errand)] });
      await this.#parts.store.keepErrand(claim, { ...errand, waitsForSignIn: true, until: now + SIGN_IN_WITHIN });
      return { is: 'moved' };
    }
    const retryAt = retryTime(refusal, now);
    if (retryAt !== undefined && !late) return again(Math.min(retryAt, errand.until));
    return this.#say(errand, { say: 'refused', refusal });
  }
}

function said(errand: Errand, notice: Notice): Message {
  const content = { kind: 'notice' as const, notice, mention: false };
  return { id: `${notice.say}:${errand.id}`, thread: errand.thread, to: errand.person, content };
}

function signIn(errand: Errand): Message {
  return { id: `sign-in:${errand.id}`, thread: errand.thread, to: errand.person, content: { kind: 'sign-in' } };
}
