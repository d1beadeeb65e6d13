import { matchConditions } from './condition.ts';
import type { PolicyFacts } from './facts.ts';
import type { Policy } from './policy.ts';
import { DEFAULT_RULE, stricter } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/**
 * The first rule that matches decides. A rule of which it cannot be known whether it matches, since a fact is
 * unknown, is counted and passed: the verdict asks for everything that this rule and those after it ask for. So a rule
 * that is milder than what follows changes nothing, a stricter one holds, and to know less is never to be asked less.
 */
export function judge(policy: Policy, facts: PolicyFacts): Verdict {
  return candidates(policy, facts).reduceRight((sofar, earlier) => stricter(sofar, earlier));
}

/** Every verdict that could be the right one; the last of them surely could. */
function candidates(policy: Policy, facts: PolicyFacts): readonly Verdict[] {
  const found: Verdict[] = [];
  for (const { name, when, outcome, limits } of policy.rules) {
    const { match, conditions } = matchConditions(when, facts);
    if (match === 'no') continue;
    found.push({ rule: name, outcome, limits, because: [{ rule: name, conditions }] });
    if (match === 'yes') return found;
  }
  return [...found, byDefault(policy)];
}

function byDefault({ limits }: Policy): Verdict {
  const because = [{ rule: DEFAULT_RULE, conditions: [] }];
  return { rule: DEFAULT_RULE, outcome: { kind: 'approvals', demands: [{ by: 'default' }] }, limits, because };
}
