import type { BatchId } from '../ids.ts';
import { readBatchId, readDeviceId } from '../ids.ts';
import type { RequestId, Time } from '../ids.ts';
import type { Person, Thread } from '../person.ts';
import type { Clock, Store, Write } from '../ports.ts';
import type { Press, Pressed, SignedIn } from '../press.ts';
import { notDone, readContent } from '../press.ts';
import { ASKED_AGAIN_WITHIN, SIGN_IN_WITHIN } from '../moves.ts';
import type { BatchApprovalsParts } from './batch-approvals.ts';
import { BatchApprovals } from './batch-approvals.ts';
import { BatchRules } from './batch-rules.ts';
import type { Batch, BatchWanted, InBatch } from './batch.ts';
import { isBatchIn, isBatchUndecided } from './batch.ts';
import {
  askForMany,
  batchCard,
  batchNotice,
  correctBatch,
  dropBatch,
  settleContent,
  stopBatch,
} from './batch-moves.ts';
import type { Ambiguous, Plan, PlannedScan } from './plan.ts';
import { sameManyAgain } from './same-many.ts';

/** Many scans were asked for. `once` marks the message, so that a second delivery asks nothing. */
export interface AskingMany {
  readonly person: Person;
  readonly thread: Thread;
  readonly wanted: BatchWanted;
  readonly once: string;
  readonly words: string;
}

export interface BatchDeskParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: () => RequestId;
  readonly check: BatchApprovalsParts['check'];
  readonly lists: BatchApprovalsParts['lists'];
  readonly ruleBook: BatchApprovalsParts['ruleBook'];
}

const MOST_TRIES = 3;

/** Takes what people ask and press about many scans at once. */
export class BatchDesk {
  readonly #parts: BatchDeskParts;
  readonly #approvals: BatchApprovals;
  readonly #rules: BatchRules;

  constructor(parts: BatchDeskParts) {
    this.#parts = parts;
    this.#rules = new BatchRules(parts);
    this.#approvals = new BatchApprovals(parts);
  }

  async ask(asking: AskingMany): Promise<void> {
    const { person, thread, wanted, once, words } = asking;
    const now = this.#now;
    const batch: Batch = {
      kind: 'batch',
      id: this.#parts.newId() as BatchId,
      rev: 1,
      requester: person,
      thread: thread.id,
      askedAt: now,
      wanted,
      words,
      stage: { name: 'asked', waitsForSignIn: false, until: now + SIGN_IN_WITHIN },
    };
    // The card stands from the first moment: to look up many devices takes a while.
    const messages = [batchCard({ ...batch, rev: 0 })];
    const unlessAskedSince = now - ASKED_AGAIN_WITHIN;
    const write = { ...askForMany(batch), unlessAskedSince, once, person, thread, messages };
    if (!(await this.#parts.store.commit(write))) await this.#pointTo(asking, unlessAskedSince);
  }

  /** The same words once more: Teams sent them under a new id, or somebody repeats themselves. */
  async #pointTo({ person, thread, words, once }: AskingMany, since: Time): Promise<void> {
    const open = await this.#parts.store.batches.openOf(person.id);
    const same = open.find((one) => one.thread === thread.id && one.words === words && isBatchUndecided(one));
    if (same === undefined || same.askedAt <= since) return;
    const notice = batchNotice(same, { say: 'asked-many-already' }, false);
    // Of the same message, delivered twice, the mark is taken: then nothing is said.
    await this.#parts.store.commit({ once, messages: [notice] });
  }

  /** The one by this id, if a card of it stands in this thread. */
  async standingIn(thread: Thread, typed: unknown): Promise<Batch | undefined> {
    const { store } = this.#parts;
    const id = readBatchId(typed);
    const batch = id === undefined ? undefined : await store.batches.batch(id);
    if (batch === undefined || batch.thread === thread.id) return batch;
    return (await store.card(batch.id, thread.id)) === undefined ? undefined : batch;
  }

  async press(batch: Batch, press: Press, signedIn: SignedIn): Promise<Pressed> {
    if (press.verb === 'approve') return this.#approvals.approve(batch, press, signedIn);
    if (press.verb === 'decline') return this.#approvals.decline(batch, press, signedIn);
    if (press.verb === 'again') return this.#again(batch, press);
    if (batch.requester.id !== press.person.id) return notDone({ why: 'not-yours', requester: batch.requester.name });
    // To stop is never too late, and the card is redrawn under the finger.
    if (press.verb === 'stop' || press.verb === 'cancel-waiting') return this.#stop(batch, press.verb);
    if (press.values['rev'] !== batch.rev) return { answer: 'show', request: batch };
    switch (press.verb) {
      case 'run':
        return this.#run(batch, press, signedIn);
      case 'dismiss':
        return isBatchIn(batch, 'proposed')
          ? this.#write(batch, dropBatch(batch, 'dismissed', this.#now))
          : shown(batch);
      case 'withdraw':
        return isBatchIn(batch, 'awaiting')
          ? this.#write(batch, dropBatch(batch, 'withdrawn', this.#now))
          : shown(batch);
      case 'change':
        return isBatchIn(batch, 'awaiting') ? this.#correct(batch, press) : shown(batch);
      default:
        return notDone({ why: 'unknown' });
    }
  }

  /** Takes back everything of a person that nobody has decided yet. */
  async withdraw(person: Person): Promise<void> {
    for (const { id } of await this.#parts.store.batches.openOf(person.id)) {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const batch = await this.#parts.store.batches.batch(id);
        if (batch === undefined || !isBatchIn(batch, 'asked', 'proposed', 'deciding', 'awaiting')) break;
        if (await this.#parts.store.commit(dropBatch(batch, 'signed-out', this.#now))) break;
      }
    }
  }

  async #run(batch: Batch, press: Press, signedIn: SignedIn): Promise<Pressed> {
    if (!isBatchIn(batch, 'proposed') || this.#now >= batch.stage.until) return shown(batch);
    const read = readContent(press.values);
    if (!read.ok) return { answer: 'mend', request: batch, entered: read.entered };
    if (batch.stage.plan.most !== undefined) return shown(batch);
    const plan = withPicks(batch, press.values, this.#parts.newId);
    if (plan.scans.length === 0) return shown(batch);
    const { type } = read.content;
    const about = this.#rules.refusalOf(batch, { scans: plan.scans, type, before: press.before });
    const [state, refusal] = await Promise.all([signedIn(), about]);
    if (state === 'no') return { answer: 'sign-in' };
    if (refusal !== undefined) return refusal;
    return this.#write(batch, settleContent(batch, plan, read.content, this.#now));
  }

  /** A request of whoever presses, with a card of its own. Pressed twice, it is the same one while that is undecided. */
  async #again(batch: Batch, { person, thread, once }: Press): Promise<Pressed> {
    const wanted = sameManyAgain(batch);
    if (wanted !== undefined) await this.ask({ person, thread, wanted, once, words: `again ${batch.id}` });
    return shown(batch);
  }

  /** Type or comment anew: what the rules ask of the new content is asked from then on. */
  async #correct(batch: InBatch<'awaiting'>, press: Press): Promise<Pressed> {
    if (this.#now >= batch.stage.until) return notDone({ why: 'over' });
    const read = readContent(press.values);
    if (!read.ok) return { answer: 'mend', request: batch, entered: read.entered };
    const { type, comment } = batch.stage.content;
    if (read.content.type === type && read.content.comment === comment) return shown(batch);
    const { scans } = batch.stage;
    const about = { scans, type: read.content.type, before: press.before };
    const refusal = await this.#rules.refusalOf(batch, about);
    if (refusal !== undefined) return refusal;
    return this.#write(batch, correctBatch(batch, read.content, this.#now));
  }

  async #stop(batch: Batch, verb: 'stop' | 'cancel-waiting'): Promise<Pressed> {
    const cancels = verb === 'cancel-waiting';
    let current: Batch | undefined = batch;
    // The card may be redrawn at the same moment.
    for (let tries = 0; tries < MOST_TRIES && current !== undefined; tries += 1) {
      if (!isBatchIn(current, 'running') || isStopped(current, cancels)) return shown(current);
      const write = stopBatch(current, batch.requester.id, this.#now, cancels);
      if (await this.#parts.store.commit(write)) return shown(write.batch?.after ?? current);
      current = await this.#parts.store.batches.batch(batch.id);
    }
    return shown(current ?? batch);
  }

  async #write(before: Batch, write: Write): Promise<Pressed> {
    await this.#parts.store.commit(write);
    return shown((await this.#parts.store.batches.batch(before.id)) ?? before);
  }

  get #now(): Time {
    return this.#parts.clock.now();
  }
}

function isStopped({ stage }: InBatch<'running'>, cancels: boolean): boolean {
  return stage.stopped !== undefined && (stage.stopped.cancels || !cancels);
}

function shown(batch: Batch): Pressed {
  return { answer: 'show', request: batch };
}

/** The input of the nth name that several devices have. */
export function pickInput(index: number): string {
  return `pick${String(index)}`;
}

/** Of each such name the one that was picked, if it is one of those that were offered; the others stay left out. */
function withPicks({ stage }: InBatch<'proposed'>, values: Press['values'], newId: () => RequestId): Plan {
  const { plan } = stage;
  const picks = plan.leftOut.ambiguous.map((one, index) => picked(one, values[pickInput(index)]));
  const known = new Set<string>(plan.scans.map(({ device }) => device.id));
  const added: PlannedScan[] = [];
  for (const device of picks) {
    if (device === undefined || known.has(device.id)) continue;
    known.add(device.id);
    added.push({ id: newId(), device });
  }
  const ambiguous = plan.leftOut.ambiguous.filter((_, index) => picks[index] === undefined);
  return { ...plan, scans: [...plan.scans, ...added], leftOut: { ...plan.leftOut, ambiguous } };
}

function picked({ among }: Ambiguous, chosen: unknown): PlannedScan['device'] | undefined {
  const id = readDeviceId(chosen);
  return among.find((device) => device.id === id);
}
