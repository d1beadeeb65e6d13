import { randomUUID } from 'node:crypto';
import type { ScanType } from '../../scan/device.ts';
import type { Time } from '../../scan/ids.ts';
import type { Clock } from '../../scan/ports.ts';
import type { Moods } from './moods.ts';
import { ABORTED, advanced, nextChange } from './stand-in-action.ts';
import type { Circumstances, Pace, StandInAction } from './stand-in-action.ts';
import type { StandInDevice } from './stand-in-device.ts';

export const SCAN = 'RunAntiVirusScan';

export interface Order {
  readonly device: StandInDevice;
  readonly type: ScanType | undefined;
  readonly comment: string;
  readonly requestor: string;
  readonly source?: 'PublicApi' | 'Portal';
  readonly kind?: string;
  /** Now, unless said. */
  readonly at?: Time;
}

export interface BookSettings {
  readonly clock: Clock;
  readonly moods: Moods;
  readonly pace: Pace;
  readonly onChange: (action: StandInAction) => void;
}

/** All actions of the tenant, moved on by the clock. */
export class ActionBook {
  readonly #settings: BookSettings;
  readonly #actions = new Map<string, StandInAction>();
  readonly #open = new Set<string>();
  #stopWaiting: () => void = () => undefined;

  constructor(settings: BookSettings) {
    this.#settings = settings;
  }

  /** Newest first. */
  get all(): readonly StandInAction[] {
    this.settle();
    return [...this.#actions.values()].sort((one, other) => other.createdAt - one.createdAt);
  }

  byId(id: string): StandInAction | undefined {
    this.settle();
    return this.#actions.get(id.toLowerCase());
  }

  /** The scan that keeps a device busy. */
  running(device: string): StandInAction | undefined {
    return this.all.find((action) => action.kind === SCAN && action.device === device && isOpen(action));
  }

  /** Writes down a command: of the API, or of somebody in the portal. */
  add(order: Order): StandInAction {
    const at = order.at ?? this.#settings.clock.now();
    const action: StandInAction = {
      id: randomUUID(),
      kind: order.kind ?? SCAN,
      type: order.type,
      status: 'Pending',
      device: order.device.id,
      deviceName: order.device.name,
      requestor: order.requestor,
      comment: order.comment,
      source: order.source ?? 'PublicApi',
      createdAt: at,
      updatedAt: at,
      cancelled: undefined,
      errorHResult: 0,
      takenAt: this.#isAsleep(order.device.id) ? undefined : at + this.#settings.pace.pickUp,
    };
    this.#write(action);
    this.settle();
    return this.#actions.get(action.id) ?? action;
  }

  /** Undefined when it is too late. */
  cancel(id: string, by: { readonly requestor: string; readonly comment: string }): StandInAction | undefined {
    const action = this.byId(id);
    if (action === undefined || !isOpen(action)) return undefined;
    const at = this.#settings.clock.now();
    const cancelled = { by: by.requestor, comment: by.comment, at };
    const after = { ...action, status: 'Cancelled', updatedAt: at, cancelled, errorHResult: ABORTED } as const;
    this.#write(after);
    return after;
  }

  /** Brings every action up to now and waits for the next change. */
  settle(): void {
    this.#stopWaiting();
    for (const action of this.#openActions()) {
      const after = advanced(action, this.#around(action));
      if (after !== action) this.#write(after);
    }
    const due = this.#openActions().map((action) => nextChange(action, this.#around(action)) ?? Infinity);
    const next = Math.min(...due);
    const { clock } = this.#settings;
    if (next === Infinity) return;
    this.#stopWaiting = clock.after(Math.max(0, next - clock.now()), () => {
      this.settle();
    });
  }

  close(): void {
    this.#stopWaiting();
  }

  #write(action: StandInAction): void {
    this.#actions.set(action.id, action);
    if (isOpen(action)) this.#open.add(action.id);
    else this.#open.delete(action.id);
    this.#settings.onChange(action);
  }

  #openActions(): readonly StandInAction[] {
    return [...this.#open].map((id) => this.#actions.get(id)).filter((action) => action !== undefined);
  }

  #around(action: StandInAction): Circumstances {
    const { clock, moods, pace } = this.#settings;
    const where = { device: action.device };
    return {
      now: clock.now(),
      pace,
      asleep: this.#isAsleep(action.device),
      scanFails: moods.find('scan-fails', where) !== undefined,
      succeedsLate: moods.find('succeeds-late', where) !== undefined,
    };
  }

  #isAsleep(device: string): boolean {
    return this.#settings.moods.find('asleep', { device }) !== undefined;
  }
}

function isOpen(action: StandInAction): boolean {
  return action.status === 'Pending' || action.status === 'InProgress';
}
