import type { Attribute, Decision, Judge, Question } from './decision.ts';
import type { Party, PeopleDemand } from './demand.ts';
import type { Device, ScanType } from './device.ts';
import type { RuleLimits } from './limits.ts';
import type { Person } from './person.ts';

/** The rule that applies to a scan, and all that it asks for. */
export interface Ruling {
  /** `undefined` where no rule matches: what `APPROVAL` says holds. */
  readonly rule: string | undefined;
  readonly asks:
    | { readonly kind: 'refuse'; readonly reason: string }
    | { readonly kind: 'approvals'; readonly demands: readonly PeopleDemand[] };
  readonly limits: RuleLimits;
  /** What could not be known and counts against the scan. */
  readonly unknown: readonly Attribute[];
}

/** The organisation's rules, as they are now. */
export interface RuleBook extends Judge {
  /** What the rules say to a scan of each type, whatever was scanned before and whether or not scans are paused. */
  explain(question: Omit<Question, 'type'>): Promise<Readonly<Record<ScanType, Ruling>>>;
  /** What holds for scans of many devices by the same person, one decision for each. */
  decideAll(question: Omit<Question, 'device' | 'request'>, devices: readonly Device[]): Promise<readonly Decision[]>;
  /** Whether the person may stop and allow new scans. */
  isOperator(person: Person): Promise<'yes' | 'no' | 'unknown'>;
  operators(): readonly Party[];
}
