import type { Decision, NoScan } from '../decision.ts';
import { mostDevicesIn } from '../decision.ts';
import type { PeopleDemand } from '../demand.ts';
import { joined } from '../demand.ts';
import type { ScanType } from '../device.ts';
import type { Time } from '../ids.ts';
import type { Thread } from '../person.ts';
import type { Clock, Store } from '../ports.ts';
import type { Pressed } from '../press.ts';
import { notDone } from '../press.ts';
import type { RuleBook } from '../rule-book.ts';
import { within } from '../within.ts';
import type { Batch } from './batch.ts';
import type { PlannedScan } from './plan.ts';

export interface BatchRulesParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ruleBook: Pick<RuleBook, 'decideAll'>;
}

/** What is to be scanned; what is not known by then is not known. */
export interface AboutList {
  readonly scans: readonly PlannedScan[];
  readonly type: ScanType;
  readonly before: Time;
}

/** What the rules say by now of everything that a list would scan. */
export type ListRuling =
  | { readonly is: 'late' }
  /** Nothing of it may be scanned. */
  | { readonly is: 'refused'; readonly noScan: NoScan }
  | { readonly is: 'too-many'; readonly most: number; readonly all: number }
  /** Of everything that may be scanned. */
  | { readonly is: 'asked'; readonly demands: readonly PeopleDemand[] };

/** Asks the rules about a list, for a press, which cannot wait. */
export class BatchRules {
  readonly #parts: BatchRulesParts;

  constructor(parts: BatchRulesParts) {
    this.#parts = parts;
  }

  async about(batch: Batch, { scans, type, before }: AboutList): Promise<ListRuling> {
    const { clock, ruleBook } = this.#parts;
    const question = { requester: batch.requester, type, thread: await this.threadOf(batch), now: clock.now() };
    const asked = ruleBook.decideAll(
      question,
      scans.map(({ device }) => device),
    );
    const decisions = await within(clock, Math.max(0, before - clock.now()), asked);
    return decisions === 'late' ? { is: 'late' } : rulingOf(decisions);
  }

  /** What lets nothing of it start is told at once; whatever else they say is decided where there is time. */
  async refusalOf(batch: Batch, list: AboutList): Promise<Pressed | undefined> {
    const ruling = await this.about(batch, list);
    return ruling.is === 'refused' ? notDone({ why: 'not-allowed', noScan: ruling.noScan }) : undefined;
  }

  async threadOf({ id, thread }: Batch): Promise<Thread> {
    const found = await this.#parts.store.thread(thread);
    if (found === undefined) throw new Error(`Batch ${id} has no thread.`);
    return found;
  }
}

function rulingOf(decisions: readonly Decision[]): ListRuling {
  const refusals = decisions.flatMap((one) => (one.kind === 'refuse' && !isWait(one.reason) ? [one.reason] : []));
  const [noScan] = refusals;
  if (noScan !== undefined && refusals.length === decisions.length) return { is: 'refused', noScan };
  const left = decisions.length - refusals.length;
  const most = mostDevicesIn(decisions) ?? Infinity;
  if (left > most) return { is: 'too-many', most, all: left };
  const demanded = decisions.filter((decision) => decision.kind === 'approvals');
  return { is: 'asked', demands: demanded.reduce<readonly PeopleDemand[]>((all, one) => joined(all, one.demands), []) };
}

/** Time makes room: each of the scans waits for its turn then. */
function isWait(reason: NoScan): boolean {
  return 'until' in reason;
}
