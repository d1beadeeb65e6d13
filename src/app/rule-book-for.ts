import { PolicyRules } from '../policy/policy-rules.ts';
import type { Groups } from '../scan/ports.ts';
import type { RuleBook } from '../scan/rule-book.ts';
import type { House } from './house.ts';

/** The rules as they are at each moment, with what APPROVAL says where none of them matches. */
export function ruleBookFor({ config, policy, store, clock }: House, groups: Groups): RuleBook {
  return new PolicyRules({ policy: policy.current, says: config.approval, groups, store, clock });
}
