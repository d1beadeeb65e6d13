import { isDeepStrictEqual } from 'node:util';
import type { PeopleDemand } from '../scan/demand.ts';
import type { RuleLimits } from '../scan/limits.ts';
import { together } from './demand.ts';
import type { Demand } from './demand.ts';
import type { ConditionName } from './policy.ts';

interface Refused {
  readonly kind: 'refuse';
  readonly reason: string;
}

/** Approvals without a demand are a scan that the requester alone decides about. */
export type Outcome = Refused | { readonly kind: 'approvals'; readonly demands: readonly Demand[] };

/** With what `APPROVAL` says in its place. */
export type SettledOutcome = Refused | { readonly kind: 'approvals'; readonly demands: readonly PeopleDemand[] };

export type Limits = RuleLimits;

/** A condition of a rule that holds, or that could hold because its fact cannot be known. */
export interface MatchedCondition {
  readonly condition: ConditionName;
  readonly known: boolean;
  /** The entries of its list that match or could match, as in the file. */
  readonly entries: readonly string[];
}

/** A rule that had a part in the verdict, and why. */
export interface Because {
  readonly rule: string;
  readonly conditions: readonly MatchedCondition[];
}

/** Under this name no rule but the absence of one decides. */
export const DEFAULT_RULE = 'default';

export interface Verdict {
  /** The rule whose outcome weighs most. */
  readonly rule: string;
  readonly outcome: Outcome;
  /** Empty with a refusal. */
  readonly limits: Limits;
  /** The rule above first; others only when an unknown fact made them count too. */
  readonly because: readonly Because[];
}

export interface SettledVerdict extends Verdict {
  readonly outcome: SettledOutcome;
}

/** Everything that either asks for. The reason and the rule are those of the weightier one, of equals the first. */
export function stricter(one: Verdict, other: Verdict): Verdict {
  const [lead, second] = weight(other.outcome) > weight(one.outcome) ? [other, one] : [one, other];
  if (lead.outcome.kind === 'refuse' || second.outcome.kind === 'refuse') return lead;
  const demands = together([...lead.outcome.demands, ...second.outcome.demands]);
  const limits = tighter(lead.limits, second.limits);
  if (isDeepStrictEqual([demands, limits], [lead.outcome.demands, lead.limits])) return lead;
  const more = second.because.filter(({ rule }) => !lead.because.some((known) => known.rule === rule));
  return { ...lead, outcome: { kind: 'approvals', demands }, limits, because: [...lead.because, ...more] };
}

/** Puts what `APPROVAL` says into its place; `undefined` says that the requester alone decides. */
export function settleDefault(verdict: Verdict, says: PeopleDemand | undefined): SettledVerdict {
  const { outcome } = verdict;
  if (outcome.kind === 'refuse') return { ...verdict, outcome };
  const demands = outcome.demands.flatMap((demand): readonly PeopleDemand[] => {
    if (demand.by !== 'default') return [demand];
    return says === undefined ? [] : [says];
  });
  return { ...verdict, outcome: { kind: 'approvals', demands: together(demands) } };
}

/** Only to choose the rule that is named: what is asked for is always everything. */
function weight(outcome: Outcome): number {
  if (outcome.kind === 'refuse') return 4;
  return Math.max(0, ...outcome.demands.map((demand) => (demand.by === 'default' ? 1 : demand.needed + 1)));
}

function tighter(one: Limits, other: Limits): Limits {
  const coolDownMs = Math.max(one.coolDownMs ?? 0, other.coolDownMs ?? 0);
  const perHour = Math.min(one.scansPerPersonAndHour ?? Infinity, other.scansPerPersonAndHour ?? Infinity);
  const mostDevices = Math.min(one.mostDevices ?? Infinity, other.mostDevices ?? Infinity);
  return {
    ...(coolDownMs > 0 ? { coolDownMs } : {}),
    ...(perHour < Infinity ? { scansPerPersonAndHour: perHour } : {}),
    ...(mostDevices < Infinity ? { mostDevices } : {}),
  };
}
