import { addApproval, approversOf, completeApproval, correct, decline, takeBack } from './approving.ts';
import type { ApproverCheck } from './approver-check.ts';
import type { Decision } from './decision.ts';
import type { Approver, PeopleDemand } from './demand.ts';
import { counted, joined, openDemands } from './demand.ts';
import type { Device } from './device.ts';
import type { In } from './moves.ts';
import type { Clock, Store, Write } from './ports.ts';
import type { Press, Pressed, SignedIn } from './press.ts';
import { notDone, readContent, shown } from './press.ts';
import type { Rules } from './rules.ts';
import type { Approval } from './approval.ts';
import type { ScanRequest } from './scan-request.ts';

export interface ApprovalDeskParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly rules: Rules;
  readonly check: ApproverCheck;
}

type Awaited = In<'awaiting'>;
/** A press on it, and what is asked for as far as the device is known. */
interface Asked {
  readonly awaited: Awaited;
  readonly demands: readonly PeopleDemand[];
  readonly press: Press;
  readonly signedIn: SignedIn;
}
/** Somebody whose word counts, and the device as Defender shows it to them. */
interface Seen extends Asked {
  readonly approver: Approver;
  readonly device: Device;
}
/** Somebody whose word counts, and all that was asked for before they gave it. */
type Ready = Pick<Seen, 'awaited' | 'demands' | 'approver'>;

/** Takes what is pressed while others must approve. Whoever writes first has decided; the other sees what became of it. */
export class ApprovalDesk {
  readonly #parts: ApprovalDeskParts;

  constructor(parts: ApprovalDeskParts) {
    this.#parts = parts;
  }

  /** Only by others than the requester, whatever they press it on. */
  async approve(request: ScanRequest, press: Press, signedIn: SignedIn): Promise<Pressed> {
    const asked = await this.#asked(request, press, signedIn);
    if ('answer' in asked) return asked;
    const standing = await this.#standing(asked);
    const ready = 'answer' in standing ? standing : await this.#asSeen(standing);
    if ('answer' in ready) return ready;
    const { awaited, demands, approver } = ready;
    const groups = approver.groups === 'unknown' ? [] : [...approver.groups];
    const approval: Approval = { by: press.person, at: this.#parts.clock.now(), groups };
    if (approval.at >= awaited.stage.until) return notDone({ why: 'over' });
    const [before, now] = [approversOf(awaited), withApprover(awaited, approver)];
    if (weight(demands, now) <= weight(demands, before)) {
      return notDone({ why: 'already-approved', who: awaited.stage.askedOf });
    }
    const open = openDemands(demands, request.requester.id, now);
    if (open.length === 0) return this.#write(awaited, completeApproval(awaited, approval));
    const askedOf = await this.#parts.rules.askedOf(awaited, demands);
    return this.#write(awaited, addApproval(awaited, approval, { demands, askedOf }));
  }

  /** By whoever could approve, whatever the rules let start by now. */
  async decline(request: ScanRequest, press: Press, signedIn: SignedIn): Promise<Pressed> {
    const awaited = this.#byOthers(request, press);
    if ('answer' in awaited) return awaited;
    const { demands } = awaited.stage;
    const ready = await this.#standing({ awaited, demands, press, signedIn });
    if ('answer' in ready) return ready;
    const reason = typeof press.values['reason'] === 'string' ? press.values['reason'] : '';
    return this.#write(ready.awaited, decline(ready.awaited, press.person, { reason, now: this.#parts.clock.now() }));
  }

  /** Type or comment anew, by the requester. What the rules ask of the new content is asked from then on. */
  async correct(request: ScanRequest, press: Press): Promise<Pressed> {
    const awaited = this.#awaited(request, press);
    if ('answer' in awaited) return awaited;
    const read = readContent(press.values);
    if (!read.ok) return { answer: 'mend', request, entered: read.entered };
    const { device, content } = awaited.stage;
    if (read.content.type === content.type && read.content.comment === content.comment) return shown(request);
    const { rules, clock } = this.#parts;
    const decision = await rules.inTime(awaited, { device, type: read.content.type, before: press.before });
    if (decision === 'late') return notDone({ why: 'not-checked', who: awaited.stage.askedOf });
    if (decision.kind === 'refuse') return notDone({ why: 'not-allowed', noScan: decision.reason });
    // A correction never starts a scan by itself.
    const demands = decision.demands.length === 0 ? awaited.stage.demands : decision.demands;
    const askedOf = await rules.askedOf(awaited, demands);
    return this.#write(awaited, correct(awaited, read.content, { demands, askedOf, now: clock.now() }));
  }

  takeBack(request: ScanRequest, press: Press): Promise<Pressed> {
    const awaited = this.#awaited(request, press);
    if ('answer' in awaited) return Promise.resolve(awaited);
    return this.#write(awaited, takeBack(awaited, this.#parts.clock.now()));
  }

  /** The rules as they are now; what was asked for before stays asked for. */
  async #asked(request: ScanRequest, press: Press, signedIn: SignedIn): Promise<Pressed | Asked> {
    const awaited = this.#byOthers(request, press);
    if ('answer' in awaited) return awaited;
    const decision = await this.#decision(awaited, press);
    if (decision === 'late') return notDone({ why: 'not-checked', who: awaited.stage.askedOf });
    if (decision.kind === 'refuse') return notDone({ why: 'not-allowed', noScan: decision.reason });
    return { awaited, demands: joined(awaited.stage.demands, decision.demands), press, signedIn };
  }

  async #standing(asked: Asked): Promise<Pressed | Seen> {
    const { awaited, demands, press, signedIn } = asked;
    const thread = await this.#parts.rules.threadOf(awaited);
    const { person, before } = press;
    const open = openDemands(demands, awaited.requester.id, approversOf(awaited));
    const candidate = { person, thread, pressedIn: press.thread, device: awaited.stage.device, demands: open, before };
    const standing = await this.#parts.check.standing(candidate);
    switch (standing.is) {
      case 'approver':
        return { ...asked, approver: standing.approver, device: standing.device };
      case 'flawed':
        return notDone({ why: standing.flaw, who: awaited.stage.askedOf });
      case 'sign-in':
        if ((await signedIn()) === 'no') return { answer: 'sign-in' };
        return notDone({ why: 'not-checked', who: awaited.stage.askedOf });
    }
  }

  /** What the rules ask for about the device as it is now; what they asked for before stays asked for. */
  async #asSeen({ awaited, demands, press, approver, device }: Seen): Promise<Pressed | Ready> {
    if (!this.#parts.rules.lookAtDevices()) return { awaited, demands, approver };
    const decision = await this.#decision({ ...awaited, stage: { ...awaited.stage, device } }, press);
    if (decision === 'late') return notDone({ why: 'not-checked', who: awaited.stage.askedOf });
    if (decision.kind === 'refuse') return notDone({ why: 'not-allowed', noScan: decision.reason });
    return { awaited, demands: joined(demands, decision.demands), approver };
  }

  #decision(awaited: Awaited, press: Press): Promise<Decision | 'late'> {
    const { device, content } = awaited.stage;
    return this.#parts.rules.inTime(awaited, { device, type: content.type, before: press.before });
  }

  #byOthers(request: ScanRequest, press: Press): Pressed | Awaited {
    if (press.person.id !== request.requester.id) return this.#awaited(request, press);
    return notDone({ why: 'own-request', who: request.stage.name === 'awaiting' ? request.stage.askedOf : [] });
  }

  /** Exactly what the presser saw, and still to be decided. */
  #awaited(request: ScanRequest, press: Press): Pressed | Awaited {
    if (press.values['rev'] !== request.rev || request.stage.name !== 'awaiting') return shown(request);
    const awaited = { ...request, stage: request.stage };
    return this.#parts.clock.now() >= awaited.stage.until ? notDone({ why: 'over' }) : awaited;
  }

  async #write(before: ScanRequest, write: Write): Promise<Pressed> {
    await this.#parts.store.commit(write);
    return shown((await this.#parts.store.request(before.id)) ?? before);
  }
}

/** Nobody is there twice; what is known of their groups now is what counts. */
function withApprover(request: ScanRequest, approver: Approver): readonly Approver[] {
  return [...approversOf(request).filter(({ id }) => id !== approver.id), approver];
}

function weight(demands: readonly PeopleDemand[], approvers: readonly Approver[]): number {
  return demands.reduce((sum, demand) => sum + counted(demand, approvers), 0);
}
