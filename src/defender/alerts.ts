import type { Alert, Alerts } from '../scan/alert.ts';
import type { DeviceId, Time } from '../scan/ids.ts';
import type { Person } from '../scan/person.ts';
import { answered, refused } from '../scan/refusal.ts';
import type { Answer } from '../scan/refusal.ts';
import { Calls } from './calls.ts';
import type { Call, Caller, CallSettings } from './calls.ts';
import { inNameOf } from './in-persons-name.ts';
import { alertsFrom, alertsOfIncident, pageQuery } from './odata.ts';
import { SharedAlerts } from './shared-alerts.ts';
import type { ReadAll } from './shared-alerts.ts';
import { readPage, readRows } from './wire.ts';
import { readAlert } from './wire-alert.ts';

export interface AlertSettings extends CallSettings {
  /** A person's token with the right to read alerts and no other, so that its refusal touches nothing else. */
  readonly token: (person: Person, options: { readonly fresh?: boolean }) => Promise<Answer<string>>;
}

/** More alerts are not read: nobody would look at them here. */
const MOST_ROWS = 1000;
/** Defender's own limit: a page that is full is not all. */
const LONGEST_PAGE = 10_000;

/** Defender's alerts, each call with a token of whoever asks. */
export class DefenderAlerts implements Alerts {
  readonly #calls: Calls;
  readonly #token: AlertSettings['token'];
  readonly #shared: SharedAlerts;

  constructor(settings: AlertSettings) {
    this.#calls = new Calls(settings);
    this.#token = settings.token;
    this.#shared = new SharedAlerts((person, since) => this.#all(person, since), settings.clock);
  }

  /** By a call for this device; when Defender takes no more of these, by one for all devices. */
  async ofDevice(person: Person, device: DeviceId, since: Time): Promise<Answer<readonly Alert[]>> {
    const own = await this.#ofOne(person, device, since);
    if (own.ok || own.refusal.kind !== 'throttled') return own;
    const all = await this.#shared.since(person, since);
    return all.ok ? answered(all.value.filter((alert) => alert.device === device)) : own;
  }

  async #ofOne(person: Person, device: DeviceId, since: Time): Promise<Answer<readonly Alert[]>> {
    const path = `machines/${device}/alerts`;
    const recent = `${path}?${pageQuery(alertsFrom(since), MOST_ROWS, 0)}`;
    const filtered = await this.#ofDevice(person, recent);
    // Not documented: whether alerts below a device can be filtered everywhere.
    const alerts = isNotUnderstood(filtered) ? await this.#ofDevice(person, path) : filtered;
    if (!alerts.ok) return alerts;
    return answered(alerts.value.filter((alert) => alert.device === undefined || alert.device === device));
  }

  async byId(person: Person, id: string): Promise<Answer<Alert>> {
    const answer = await inNameOf(this.#source(person), (token) =>
      this.#calls.read({ api: 'read-alert', path: `alerts/${encodeURIComponent(id)}`, caller: atOnce(token) }),
    );
    if (!answer.ok) return answer;
    const alert = readAlert(answer.value);
    return alert === undefined ? refused('unreadable') : answered(alert);
  }

  async ofIncident(person: Person, incident: number): Promise<Answer<readonly Alert[]>> {
    const path = `alerts?${pageQuery(alertsOfIncident(incident), MOST_ROWS, 0)}`;
    const alerts = await this.#list(person, (token) => ({ api: 'list-alerts', path, caller: atOnce(token) }));
    if (!alerts.ok) return alerts;
    return answered(alerts.value.filter((alert) => alert.incident === incident));
  }

  #all(person: Person, since: Time): ReturnType<ReadAll> {
    const path = `alerts?${pageQuery(alertsFrom(since), LONGEST_PAGE, 0)}`;
    return this.#list(person, (token) => ({ api: 'list-alerts', path, caller: atLeisure(token) }));
  }

  #ofDevice(person: Person, path: string): Promise<Answer<readonly Alert[]>> {
    return this.#list(person, (token) => ({ api: 'device-alerts', path, caller: atLeisure(token) }));
  }

  async #list(person: Person, call: (token: string) => Call): Promise<Answer<readonly Alert[]>> {
    const answer = await inNameOf(this.#source(person), (token) => this.#calls.read(call(token)));
    if (!answer.ok) return answer;
    const page = readPage(answer.value);
    if (page === undefined || page.rows.length >= LONGEST_PAGE) return refused('unreadable');
    const { read, unread } = readRows(page.rows, readAlert);
    // "No alert" must not be said of alerts that were there and could not be read.
    return read.length === 0 && unread > 0 ? refused('unreadable') : answered(read);
  }

  #source(person: Person): (fresh: boolean) => Promise<Answer<string>> {
    return (fresh) => this.#token(person, { fresh });
  }
}

function isNotUnderstood(answer: Answer<unknown>): boolean {
  return !answer.ok && answer.refusal.kind === 'bad-request';
}

/** For what goes on by itself: leaves the reserve to people who wait. */
function atLeisure(token: string): Caller {
  return { token, reserve: false };
}

function atOnce(token: string): Caller {
  return { token, reserve: true };
}
