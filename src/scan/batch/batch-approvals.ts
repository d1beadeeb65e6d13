import { ApproverCheck } from '../approver-check.ts';
import type { ApproverCheckParts } from '../approver-check.ts';
import { approversOf } from '../approving.ts';
import type { Approver } from '../demand.ts';
import { counted, openDemands } from '../demand.ts';
import type { Device } from '../device.ts';
import type { DeviceLists } from '../finding/device-lists.ts';
import type { Person } from '../person.ts';
import type { Clock, Defender, Store, Write } from '../ports.ts';
import type { Press, Pressed, SignedIn } from '../press.ts';
import { notDone } from '../press.ts';
import { answered } from '../refusal.ts';
import type { Batch, InBatch } from './batch.ts';
import { addBatchApproval, declineBatch } from './batch-moves.ts';

export interface BatchApprovalsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly check: ApproverCheckParts & { readonly defender: Pick<Defender, 'findDevices' | 'visibleDevices'> };
  /** For a list of many. */
  readonly lists: Pick<DeviceLists, 'devicesOf'>;
}

type Awaited = InBatch<'awaiting'>;
interface Ready {
  readonly awaited: Awaited;
  readonly approver: Approver;
}

/** One decision about all of them: whoever approves must see every device, and says yes to exactly this list. */
export class BatchApprovals {
  readonly #parts: BatchApprovalsParts;

  constructor(parts: BatchApprovalsParts) {
    this.#parts = parts;
  }

  async approve(batch: Batch, press: Press, signedIn: SignedIn): Promise<Pressed> {
    const ready = await this.#ready(batch, press, signedIn);
    if ('answer' in ready) return ready;
    const { awaited, approver } = ready;
    const { demands, askedOf, until } = awaited.stage;
    const at = this.#parts.clock.now();
    if (at >= until) return notDone({ why: 'over' });
    const before = approversOf(awaited);
    const now = [...before.filter(({ id }) => id !== approver.id), approver];
    const weight = (all: readonly Approver[]): number => demands.reduce((sum, demand) => sum + counted(demand, all), 0);
    if (weight(now) <= weight(before)) return notDone({ why: 'already-approved', who: askedOf });
    const groups = approver.groups === 'unknown' ? [] : [...approver.groups];
    const isEnough = openDemands(demands, batch.requester.id, now).length === 0;
    return this.#write(awaited, addBatchApproval(awaited, { by: press.person, at, groups }, isEnough));
  }

  async decline(batch: Batch, press: Press, signedIn: SignedIn): Promise<Pressed> {
    const ready = await this.#ready(batch, press, signedIn);
    if ('answer' in ready) return ready;
    const reason = typeof press.values['reason'] === 'string' ? press.values['reason'] : '';
    return this.#write(
      ready.awaited,
      declineBatch(ready.awaited, press.person, { reason, now: this.#parts.clock.now() }),
    );
  }

  async #ready(batch: Batch, press: Press, signedIn: SignedIn): Promise<Pressed | Ready> {
    const who = batch.stage.name === 'awaiting' ? batch.stage.askedOf : [];
    if (press.person.id === batch.requester.id) return notDone({ why: 'own-request', who });
    if (press.values['rev'] !== batch.rev || batch.stage.name !== 'awaiting') return { answer: 'show', request: batch };
    const awaited: Awaited = { ...batch, stage: batch.stage };
    if (this.#parts.clock.now() >= awaited.stage.until) return notDone({ why: 'over' });
    const standing = await this.#standing(awaited, press);
    switch (standing.is) {
      case 'approver':
        return { awaited, approver: standing.approver };
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
  ): ReturnType<ApproverCheck['standing']> {
    const { store, check, lists } = this.#parts;
    const thread = await store.thread(awaited.thread);
    if (thread === undefined) throw new Error(`Batch ${awaited.id} has no thread.`);
    const devices = awaited.stage.scans.map((scan) => scan.device);
    const [device] = devices;
    if (device === undefined) throw new Error(`Batch ${awaited.id} is about nothing.`);
    const open = openDemands(awaited.stage.demands, awaited.requester.id, approversOf(awaited));
    const defender = { findDevices: (one: Person) => seesAll(one, devices, { defender: check.defender, lists }) };
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

/** For many the list is one call, where each device by itself would be hundreds. */
const FEW = 20;

/** All of them, or none of them counts as seen. */
async function seesAll(
  person: Person,
  devices: readonly Device[],
  { defender, lists }: Pick<BatchApprovalsParts, 'lists'> & { readonly defender: Pick<Defender, 'visibleDevices'> },
): ReturnType<Defender['findDevices']> {
  const ids = devices.map(({ id }) => id);
  if (ids.length > FEW) {
    const all = await lists.devicesOf(person);
    if (!all.ok) return all;
    const visible = new Set(all.value.map(({ id }) => id));
    return answered(ids.every((id) => visible.has(id)) ? devices : []);
  }
  const visible = await defender.visibleDevices(person, ids);
  if (!visible.ok) return visible;
  return answered(ids.every((id) => visible.value.has(id)) ? devices : []);
}
