import { MINUTE } from '../scan/time.ts';
import type { Demand } from './demand.ts';
import type { ConditionName } from './policy.ts';
import { DEFAULT_RULE } from './verdict.ts';
import type { Limits, MatchedCondition, Outcome, Verdict } from './verdict.ts';

/** What can be told about a verdict. */
export interface Explanation {
  readonly rule: string;
  /** No rule matches: what `APPROVAL` says holds. */
  readonly isDefault: boolean;
  readonly asks: Outcome;
  readonly limits: Limits;
  /** Why the rule applies: its conditions that hold. */
  readonly holds: readonly MatchedCondition[];
  /** Conditions, of this rule or of those beside it, whose fact cannot be known. */
  readonly unknown: readonly ConditionName[];
  /** Rules (or `default`) that are asked of the scan besides, since it cannot be known which of them applies. */
  readonly besides: readonly string[];
}

export function explain({ rule, outcome, limits, because }: Verdict): Explanation {
  const [own, ...others] = because;
  const conditions = because.flatMap((one) => one.conditions);
  return {
    rule,
    isDefault: rule === DEFAULT_RULE,
    asks: outcome,
    limits,
    holds: own?.conditions.filter(({ known }) => known) ?? [],
    unknown: [...new Set(conditions.filter(({ known }) => !known).map(({ condition }) => condition))],
    besides: others.map((other) => other.rule),
  };
}

/** One line, for operators. */
export function outcomeText(outcome: Outcome): string {
  if (outcome.kind === 'refuse') return `refuse: ${outcome.reason}`;
  return outcome.demands.length === 0 ? 'allow' : outcome.demands.map(demandText).join(' + ');
}

/** One line; empty when nothing is limited. */
export function limitsText({ coolDownMs, scansPerPersonAndHour, mostDevices }: Limits): string {
  return [
    coolDownMs === undefined ? [] : [`${coolDownMs / MINUTE} min between scans of the device`],
    scansPerPersonAndHour === undefined ? [] : [`${scansPerPersonAndHour} scans per person and hour`],
    mostDevices === undefined ? [] : [`${mostDevices} devices per request`],
  ]
    .flat()
    .join(', ');
}

function demandText(demand: Demand): string {
  if (demand.by === 'default') return 'as APPROVAL says';
  const approvals = demand.needed === 1 ? '1 approval' : `${demand.needed} approvals`;
  return demand.by === 'anyone' ? `${approvals} by anyone else` : `${approvals} by ${partiesText(demand.by)}`;
}

function partiesText(parties: readonly { readonly kind: 'person' | 'group' }[]): string {
  const groups = parties.filter(({ kind }) => kind === 'group').length;
  const people = parties.length - groups;
  return [counted(people, 'named person', 'named people'), counted(groups, 'group', 'groups')]
    .filter((text) => text !== '')
    .join(' or ');
}

function counted(count: number, one: string, many: string): string {
  if (count === 0) return '';
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}
