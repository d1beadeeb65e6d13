import { askedOf } from './asked-of.ts';
import type { Decision, Judge } from './decision.ts';
import type { Device, ScanType } from './device.ts';
import type { Time } from './ids.ts';
import type { Thread } from './person.ts';
import type { Clock, Store } from './ports.ts';
import type { AskedOf } from './approval.ts';
import type { ScanRequest } from './scan-request.ts';
import { nextTime } from './schedule/plan.ts';
import type { PeopleDemand } from './demand.ts';
import { within } from './within.ts';

export interface RulesParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly judge: Judge;
}

/** What the rules of the organisation say about a request, as they are now. */
export class Rules {
  readonly #parts: RulesParts;

  constructor(parts: RulesParts) {
    this.#parts = parts;
  }

  async about(request: ScanRequest, device: Device, type: ScanType): Promise<Decision> {
    const { judge, clock } = this.#parts;
    const thread = await this.threadOf(request);
    const now = plannedFor(request, clock.now());
    return judge.decide({ request: request.id, requester: request.requester, device, type, thread, now });
  }

  /** Then nothing is decided by what Defender told about a device some time ago. */
  lookAtDevices(): boolean {
    return this.#parts.judge.looksAtDevices();
  }

  /** For a press, which cannot wait. */
  async inTime(
    request: ScanRequest,
    about: { device: Device; type: ScanType; before: Time },
  ): Promise<Decision | 'late'> {
    const { clock } = this.#parts;
    return within(clock, Math.max(0, about.before - clock.now()), this.about(request, about.device, about.type));
  }

  /** Where the scan was asked for, whichever copy of its card somebody presses, and wherever it goes on. */
  async threadOf(request: ScanRequest): Promise<Thread> {
    const thread = await this.#parts.store.thread(request.askedIn ?? request.thread);
    if (thread === undefined) throw new Error(`Request ${request.id} has no thread.`);
    return thread;
  }

  /** Somebody else of the conversation must approve, and it is one with the bot alone. */
  async hasNobody(request: ScanRequest, demands: readonly PeopleDemand[]): Promise<boolean> {
    if (!demands.some(({ by }) => by === 'anyone')) return false;
    return (await this.threadOf(request)).kind === 'personal';
  }

  askedOf(request: ScanRequest, demands: readonly PeopleDemand[]): Promise<readonly AskedOf[]> {
    return askedOf(demands, request.requester.id, this.#parts.store);
  }
}

/** A planned scan is judged by the rules of its first time; at each time they are asked again. */
function plannedFor({ wanted: { plan } }: ScanRequest, now: Time): Time {
  return (plan && nextTime(plan, now)?.at) ?? now;
}
