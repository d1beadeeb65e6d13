import type { ScanType } from '../scan/device.ts';
import type { Party } from '../scan/demand.ts';
import type { TimeWindow } from './time-window.ts';
import type { Limits, Outcome } from './verdict.ts';

/** Defender's words, in the order of growing weight. */
export const DEVICE_VALUES = ['Low', 'Normal', 'High'] as const;
export const RISKS = ['None', 'Informational', 'Low', 'Medium', 'High'] as const;

/** Each one a list of which one is enough; of several conditions all are needed. Patterns are those of glob.ts. */
export interface Conditions {
  readonly device?: readonly string[] | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly deviceGroup?: readonly string[] | undefined;
  readonly os?: readonly string[] | undefined;
  readonly deviceValue?: readonly (typeof DEVICE_VALUES)[number][] | undefined;
  readonly risk?: readonly (typeof RISKS)[number][] | undefined;
  readonly time?: readonly TimeWindow[] | undefined;
  readonly type?: readonly ScanType[] | undefined;
  readonly requester?: readonly Party[] | undefined;
  readonly channel?: readonly string[] | undefined;
}

export type ConditionName = keyof Conditions;

export interface Rule {
  readonly name: string;
  readonly when: Conditions;
  readonly outcome: Outcome;
  /** Those of the whole policy where the rule has none of its own. */
  readonly limits: Limits;
}

/** Ordered: the first rule that matches decides. */
export interface Policy {
  readonly operators: readonly Party[];
  /** What holds where no rule matches. */
  readonly limits: Limits;
  readonly rules: readonly Rule[];
}

/** The Entra groups among these. */
export function groupsAmong(parties: readonly Party[]): ReadonlySet<string> {
  return new Set(parties.filter(({ kind }) => kind === 'group').map(({ id }) => id));
}

/** Every Entra group by which the policy tells requesters apart: membership in these is all that has to be asked for. */
export function groupsOfRequesters({ rules }: Policy): ReadonlySet<string> {
  return groupsAmong(rules.flatMap(({ when }) => when.requester ?? []));
}

const OF_DEVICES: readonly ConditionName[] = ['device', 'tag', 'deviceGroup', 'os', 'deviceValue', 'risk'];

/** Whether a rule depends on anything that Defender tells about a device. */
export function asksAboutDevices({ rules }: Policy): boolean {
  return rules.some(({ when }) => OF_DEVICES.some((name) => when[name] !== undefined));
}
