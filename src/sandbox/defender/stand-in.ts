import { EventEmitter } from 'node:events';
import type { Clock } from '../../scan/ports.ts';
import { SECOND } from '../../scan/time.ts';
import { HttpServer } from '../http.ts';
import type { HttpAnswer, HttpCall, HttpRoute } from '../http.ts';
import type { SandboxPerson } from '../person.ts';
import { ActionBook } from './action-book.ts';
import { actionRoutes } from './action-routes.ts';
import { Door } from './bearer.ts';
import type { VerifyToken } from './bearer.ts';
import { defaultDevices } from './default-devices.ts';
import { OwnScans } from './device-ends.ts';
import { deviceRoutes } from './device-routes.ts';
import { findingRoutes } from './finding-routes.ts';
import { faultFor } from './mood-answers.ts';
import { Moods } from './moods.ts';
import { Quotas } from './quotas.ts';
import type { Route, Tenant } from './routes.ts';
import { alertsOf, endingsOf, raisedAlert } from './scan-endings.ts';
import type { Raising } from './scan-endings.ts';
import { faster, USUAL_PACE } from './stand-in-action.ts';
import type { Pace, StandInAction } from './stand-in-action.ts';
import type { StandInDevice } from './stand-in-device.ts';
import { WireLog, wireEntry } from './wire-log.ts';
import type { WireEntry } from './wire-log.ts';
import { failure } from './wire-words.ts';
import type { Json } from './wire-words.ts';

export interface StandInOptions {
  readonly verifyToken: VerifyToken;
  readonly people: readonly SandboxPerson[];
  readonly clock: Clock;
  readonly devices?: readonly StandInDevice[];
  readonly port?: number;
  /** May change while scans run; `actions.settle()` goes by the new one. */
  readonly pace?: Pace;
  /** How many times faster than in life. */
  readonly timeLapse?: number;
  /** Rows of a list without `$top`. */
  readonly pageSize?: number;
}

interface Events {
  readonly wire: [WireEntry];
  readonly action: [StandInAction];
}

const LARGEST_PAGE = 10_000;

/** Defender for Endpoint, as far as its documentation goes, on this machine. */
export class DefenderStandIn {
  readonly devices: readonly StandInDevice[];
  readonly moods: Moods;
  readonly actions: ActionBook;
  /** What devices scan on their own schedule. */
  readonly ownScans = new OwnScans();
  readonly wire = new WireLog();
  readonly #clock: Clock;
  readonly #door: Door;
  readonly #tenant: Tenant;
  readonly #quotas = new Quotas();
  readonly #events = new EventEmitter<Events>();
  readonly #raised: Json[] = [];
  readonly #callers = new WeakMap<HttpCall, string>();
  #server: HttpServer | undefined;

  private constructor(options: StandInOptions) {
    const { clock, pageSize = LARGEST_PAGE } = options;
    const { pace: given = USUAL_PACE, timeLapse } = options;
    const pace = timeLapse === undefined ? given : faster(given, timeLapse);
    this.#clock = clock;
    this.#door = new Door(options.verifyToken, options.people);
    this.devices = options.devices ?? defaultDevices(clock.now());
    this.moods = new Moods(() => {
      this.actions.settle();
    });
    const onChange = (action: StandInAction): void => void this.#events.emit('action', action);
    this.actions = new ActionBook({ clock, pace, moods: this.moods, onChange });
    const { devices, moods, actions } = this;
    const { ownScans } = this;
    const raised = this.#raised;
    this.#tenant = { devices, moods, actions, pace, pageSize, ownScans, raised, now: () => clock.now() };
    for (const { id } of devices.filter(({ asleep }) => asleep)) moods.start('asleep', { device: id });
  }

  static async start(options: StandInOptions): Promise<DefenderStandIn> {
    const standIn = new DefenderStandIn(options);
    const { port = 0 } = options;
    const onAnswer = (call: HttpCall, answer: HttpAnswer): void => {
      standIn.#note(call, answer);
    };
    standIn.#server = await HttpServer.start({ routes: standIn.#httpRoutes(), port, onAnswer });
    return standIn;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** Everything that scans have found so far. */
  get alerts(): readonly Json[] {
    return alertsOf(endingsOf(this.#tenant));
  }

  /** An alert that comes by itself, now or at another time; the answer is its id. */
  raise(device: string, facts: Partial<Raising> = {}): string {
    const on = this.devices.find(({ name }) => name === device);
    if (on === undefined) throw new Error(`There is no device ${device}.`);
    const alert = raisedAlert(on, this.#raised.length, { at: this.#clock.now(), ...facts });
    this.#raised.push(alert);
    return String(alert['id']);
  }

  /** The answer stops the listening. */
  on<Name extends keyof Events>(event: Name, listener: (...heard: Events[Name]) => void): () => void {
    const emitter: EventEmitter = this.#events;
    emitter.on(event, listener);
    return () => void emitter.off(event, listener);
  }

  async close(): Promise<void> {
    this.actions.close();
    this.#events.removeAllListeners();
    await this.#server?.close();
  }

  #httpRoutes(): readonly HttpRoute[] {
    const routes = [...deviceRoutes(this.#tenant), ...actionRoutes(this.#tenant), ...findingRoutes(this.#tenant)];
    const answering = (route: Route, root: string): HttpRoute => ({
      method: route.method,
      path: root + route.path,
      answer: (call) => this.#answer(route, call),
    });
    return routes.flatMap((route) => [answering(route, '/api'), answering(route, '/api/v1.0')]);
  }

  async #answer(route: Route, call: HttpCall): Promise<HttpAnswer> {
    const where = { api: route.api, device: this.#deviceIn(route, call) };
    await this.#dawdle(this.moods.find('slow', where)?.seconds ?? 0);
    if (this.moods.strike('cut', where) !== undefined) return { kind: 'cut' };
    if (this.moods.strike('unauthorised', where) !== undefined) return failure(401, 'Unauthorized', 'Token expired.');
    const admission = await this.#door.admit(call, route.need);
    if (!admission.ok) return admission.answer;
    const { caller } = admission;
    this.#callers.set(call, caller.requestor);
    const refusal = this.#overQuota(route) ?? faultFor(this.moods, where);
    if (refusal !== undefined) return refusal;
    const answer = route.answer({ call, caller });
    return this.moods.strike('answer-lost', where) === undefined ? answer : { kind: 'cut' };
  }

  #deviceIn(route: Route, call: HttpCall): string | undefined {
    const id = call.params['id']?.toLowerCase();
    return id !== undefined && route.path.startsWith('/machineactions/') ? this.actions.byId(id)?.device : id;
  }

  #overQuota(route: Route): HttpAnswer | undefined {
    if (this.moods.find('no-quota') !== undefined) return undefined;
    return this.#quotas.refuse(route.api, this.#clock.now());
  }

  async #dawdle(seconds: number): Promise<void> {
    if (seconds === 0) return;
    await new Promise<void>((resolve) => {
      this.#clock.after(seconds * SECOND, resolve);
    });
  }

  #note(call: HttpCall, answer: HttpAnswer): void {
    const about = { at: this.#clock.now(), caller: this.#callers.get(call) ?? '' };
    const entry = wireEntry(call, answer, about);
    this.wire.add(entry);
    this.#events.emit('wire', entry);
  }
}
