import { ApproverCheck } from '../approver-check.ts';
import type { ApproverCheckParts } from '../approver-check.ts';
import { approversOf } from '../approving.ts';
import { askedOf } from '../asked-of.ts';
import type { Approver, PeopleDemand } from '../demand.ts';
import { counted, joined, openDemands } from '../demand.ts';
import type { Person } from '../person.ts';
import type { Defender, Write } from '../ports.ts';
import type { Press, Pressed, SignedIn } from '../press.ts';
import { notDone } from '../press.ts';
import type { Batch, InBatch } from './batch.ts';
import { addBatchApproval, declineBatch } from './batch-moves.ts';
import type { BatchRulesParts, ListRuling } from './batch-rules.ts';
import { BatchRules } from './batch-rules.ts';
import type { ListSightParts } from './list-sight.ts';
import { ListSight } from './list-sight.ts';

export interface BatchApprovalsParts extends BatchRulesParts, Pick<ListSightParts, 'lists'> {
  readonly check: ApproverCheckParts & { readonly defender: Pick<Defender, 'findDevices' | 'visibleDevices'> };
}

type Awaited = InBatch<'awaiting'>;
interface Ready {
  readonly awaited: Awaited;
  readonly demands: readonly PeopleDemand[];
  readonly approver: Approver;
}
/** A press by somebody else than the requester, on exactly what stands there. */
interface ByOthers {
  readonly awaited: Awaited;
  readonly press: Press;
  readonly signedIn: SignedIn;
}

/** One decision about all of them: whoever approves must see every device, and says yes to exactly this list. */
export class BatchApprovals {
  readonly #parts: BatchApprovalsParts;
  readonly #rules: BatchRules;
  readonly #sight: ListSight;

  constructor(parts: BatchApprovalsParts) {
    this.#parts = parts;
    this.#rules = new BatchRules(parts);
    this.#sight = new ListSight({ ...parts, defender: parts.check.defender });
  }

  async approve(batch: Batch, press: Press, signedIn: SignedIn): Promise<Pressed> {
    const byOthers = this.#byOthers(batch, press, signedIn);
    if ('answer' in byOthers) return byOthers;
    const { stage } = byOthers.awaited;
    const { scans, content } = stage;
    const ruling = await this.#rules.about(batch, { scans, type: content.type, before: press.before });
    if (ruling.is !== 'asked') return notAllowed(ruling, byOthers.awaited);
    // What was asked for before stays asked for.
    const ready = await this.#ready(byOthers, joined(stage.demands, ruling.demands));
    return 'answer' in ready ? ready : this.#approved(ready, press);
  }

  /** By whoever could approve, whatever the rules let start by now. */
  async decline(batch: Batch, press: Press, signedIn: SignedIn): Promise<Pressed> {
    const byOthers = this.#byOthers(batch, press, signedIn);
    if ('answer' in byOthers) return byOthers;
    const ready = await this.#ready(byOthers, byOthers.awaited.stage.demands);
    if ('answer' in ready) return ready;
    const reason = typeof press.values['reason'] === 'string' ? press.values['reason'] : '';
    return this.#write(
      ready.awaited,
      declineBatch(ready.awaited, press.person, { reason, now: this.#parts.clock.now() }),
    );
  }

  async #approved({ awaited, demands, approver }: Ready, press: Press): Promise<Pressed> {
    const at = this.#parts.clock.now();
    if (at >= awaited.stage.until) return notDone({ why: 'over' });
    const before = approversOf(awaited);
    const now = [...before.filter(({ id }) => id !== approver.id), approver];
    const weight = (all: readonly Approver[]): number => demands.reduce((sum, demand) => sum + counted(demand, all), 0);
    if (weight(now) <= weight(before)) return notDone({ why: 'already-approved', who: awaited.stage.askedOf });
    const groups = approver.groups === 'unknown' ? [] : [...approver.groups];
    const approval = { by: press.person, at, groups };
    const { id: requester } = awaited.requester;
    if (openDemands(demands, requester, now).length === 0) {
      return this.#write(awaited, addBatchApproval(awaited, approval));
    }
    const open = { demands, askedOf: await askedOf(demands, requester, this.#parts.store) };
    return this.#write(awaited, addBatchApproval(awaited, approval, open));
  }

  #byOthers(batch: Batch, press: Press, signedIn: SignedIn): Pressed | ByOthers {
    if (press.person.id === batch.requester.id) return notDone({ why: 'own-request', who: whoIn(batch) });
    const awaited = this.#awaited(batch, press);
    return 'answer' in awaited ? awaited : { awaited, press, signedIn };
  }

  /** Exactly what the presser saw, and still to be decided. */
  #awaited(batch: Batch, press: Press): Pressed | Awaited {
    if (press.values['rev'] !== batch.rev || batch.stage.name !== 'awaiting') return shown(batch);
    const awaited: Awaited = { ...batch, stage: batch.stage };
    return this.#parts.clock.now() >= awaited.stage.until ? notDone({ why: 'over' }) : awaited;
  }

  async #ready({ awaited, press, signedIn }: ByOthers, demands: readonly PeopleDemand[]): Promise<Pressed | Ready> {
    const who = whoIn(awaited);
    const standing = await this.#standing(awaited, press, demands);
    switch (standing.is) {
      case 'approver':
        return { awaited, demands, approver: standing.approver };
      case 'flawed':
        return notDone({ why: standing.flaw, who });
      case 'sign-in':
        if ((await signedIn()) === 'no') return { answer: 'sign-in' };
        return notDone({ why: 'not-checked', who });
    }
  }

  async #standing(
    awaited: Awaited,
    { person, before, thread: pressedIn }: Press,
    demands: readonly PeopleDemand[],
  ): ReturnType<ApproverCheck['standing']> {
    const { check } = this.#parts;
    const thread = await this.#rules.threadOf(awaited);
    const devices = awaited.stage.scans.map((scan) => scan.device);
    const [device] = devices;
    if (device === undefined) throw new Error(`Batch ${awaited.id} is about nothing.`);
    const open = openDemands(demands, awaited.requester.id, approversOf(awaited));
    const defender = { findDevices: (one: Person) => this.#sight.seesAll(one, devices) };
    return new ApproverCheck({ ...check, defender }).standing({
      person,
      thread,
      pressedIn,
      device,
      demands: open,
      before,
    });
  }

  async #write(before: Batch, write: Write): Promise<Pressed> {
    await this.#parts.store.commit(write);
    return { answer: 'show', request: (await this.#parts.store.batches.batch(before.id)) ?? before };
  }
}

function shown(batch: Batch): Pressed {
  return { answer: 'show', request: batch };
}

function whoIn({ stage }: Batch): Awaited['stage']['askedOf'] {
  return stage.name === 'awaiting' ? stage.askedOf : [];
}

function notAllowed(ruling: Exclude<ListRuling, { is: 'asked' }>, awaited: Awaited): Pressed {
  switch (ruling.is) {
    case 'late':
      return notDone({ why: 'not-checked', who: whoIn(awaited) });
    case 'refused':
      return notDone({ why: 'not-allowed', noScan: ruling.noScan });
    case 'too-many':
      return notDone({ why: 'most-devices', most: ruling.most, all: ruling.all });
  }
}
