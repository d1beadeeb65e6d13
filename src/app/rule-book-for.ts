import { GroupMembership } from '../entra/group-membership.ts';
import type { DefenderTokens } from '../entra/on-behalf-of.ts';
import { PolicyRules } from '../policy/policy-rules.ts';
import type { RuleBook } from '../scan/rule-book.ts';
import type { House } from './house.ts';

/** The rules as they are at each moment, with what APPROVAL says where none of them matches. */
export function ruleBookFor(house: House, tokens: Pick<DefenderTokens, 'token'>): RuleBook {
  const { config, policy, store, clock, net, log } = house;
  const { graphUrl } = config.endpoints;
  const groups = new GroupMembership({ net, graphUrl, token: (person) => tokens.token(person, 'groups'), log });
  return new PolicyRules({ policy: policy.current, says: config.approval, groups, store, clock });
}
