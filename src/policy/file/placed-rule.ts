import { valueAt } from './fault.ts';
import type { Step } from './fault.ts';
import { RULE } from './shape.ts';
import type { RuleInFile } from './shape.ts';

/** A rule that is well written, and where. */
export interface PlacedRule {
  readonly at: readonly Step[];
  readonly rule: RuleInFile;
}

export function rawRules(json: unknown): readonly unknown[] {
  const rules = valueAt(json, ['rules']);
  return Array.isArray(rules) ? rules : [];
}

export function readableRules(json: unknown): readonly PlacedRule[] {
  return rawRules(json).flatMap((raw, place) => {
    const { data } = RULE.safeParse(raw);
    return data === undefined ? [] : [{ at: ['rules', place], rule: data }];
  });
}
