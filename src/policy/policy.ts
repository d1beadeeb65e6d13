import type { ScanType } from '../scan/device.ts';
import { isAmong } from '../scan/demand.ts';
import type { Member, Party } from '../scan/demand.ts';
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

/** May stop and allow new scans. Groups that cannot be known mean no. */
export function isOperator(policy: Policy, member: Member): boolean {
  return isAmong(policy.operators, member);
}

/** Every Entra group that the policy names: membership in these is all that has to be asked for. */
export function groupsNamed(policy: Policy): ReadonlySet<string> {
  const parties = [...policy.operators, ...policy.rules.flatMap(partiesOf)];
  return new Set(parties.filter(({ kind }) => kind === 'group').map(({ id }) => id));
}

function partiesOf({ when, outcome }: Rule): readonly Party[] {
  const asked = outcome.kind === 'approvals' ? outcome.demands.map(({ by }) => by) : [];
  return [...(when.requester ?? []), ...asked.flatMap((by) => (typeof by === 'string' ? [] : by))];
}
