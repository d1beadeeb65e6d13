import type { DeviceId, PersonId, Time } from './ids.ts';
import type { Person } from './person.ts';
import type { Answer } from './refusal.ts';

/** What Defender tells about an alert. Words are Defender's own; an empty string means that it did not say. */
export interface Alert {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly status: string;
  /** Which part of Defender raised it, such as `WindowsDefenderAv`. */
  readonly source: string;
  readonly family: string;
  readonly incident: number | undefined;
  readonly device: DeviceId | undefined;
  readonly deviceName: string;
  /** When it was raised. */
  readonly createdAt: Time;
  /** When what it is about was last seen on the device. */
  readonly lastSeenAt: Time;
}

/** Alerts, read in a person's own name, by a right of its own: without it everything else goes on. */
export interface Alerts {
  /** Of one device, in any order, at `since` or later. */
  ofDevice(person: Person, device: DeviceId, since: Time): Promise<Answer<readonly Alert[]>>;
  byId(person: Person, id: string): Promise<Answer<Alert>>;
  /** Of one incident, in any order: those of them that the person may see. */
  ofIncident(person: Person, incident: number): Promise<Answer<readonly Alert[]>>;
}

/** An alert or an incident that somebody named as the reason of a scan. */
export type AlertReference =
  { readonly is: 'alert'; readonly id: string } | { readonly is: 'incident'; readonly number: number };

/** What Defender says about it: of an incident how many alerts it has, and the gravest of them. */
export interface NamedAlert {
  readonly count: number;
  readonly gravest: Alert;
}

/** Ids as this API gives them: `da` and `ed` lead to it, older ones had no letters. Any shorter number is none. */
const ALERT_ID = /^(?:da|ed)?\d{18}_-?\d{1,20}$/;

export function readAlertId(text: string): string | undefined {
  const id = text.toLowerCase();
  return ALERT_ID.test(id) ? id : undefined;
}

const GRAVITY: readonly string[] = ['informational', 'low', 'medium', 'high'];

/** A word that Defender does not document weighs least. */
function gravityOf(alert: Alert): number {
  return GRAVITY.indexOf(alert.severity.toLowerCase());
}

function isByAntivirus(alert: Alert): boolean {
  return alert.source.toLowerCase() === 'windowsdefenderav';
}

/** What an antivirus scan can have found comes first, then the gravest, then the newest. */
export function byWeight(one: Alert, other: Alert): number {
  return (
    Number(isByAntivirus(other)) - Number(isByAntivirus(one)) ||
    gravityOf(other) - gravityOf(one) ||
    other.lastSeenAt - one.lastSeenAt
  );
}

/** The gravest alert, whichever part of Defender raised it. */
export function gravestOf(alerts: readonly Alert[]): Alert | undefined {
  return alerts.toSorted((one, other) => gravityOf(other) - gravityOf(one) || byWeight(one, other))[0];
}

/** The mark under which it is remembered that a person was told of a missing right. */
export function toldOfNoAlerts(person: PersonId): string {
  return `always no-alerts ${person}`;
}
