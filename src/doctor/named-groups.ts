import type { Config } from '../config.ts';

/** Whether a list or a rule names a group of Entra: only then does the bot ask Graph for anything. */
export function namesGroups({ approval, policy }: Config): boolean {
  const { rules = [], operators = [] } = policy?.policy ?? {};
  const demands = rules.flatMap(({ outcome }) => (outcome.kind === 'approvals' ? outcome.demands : []));
  const lists = [approval, ...demands].map((demand) => demand?.by ?? 'anyone');
  const named = lists.flatMap((by) => (typeof by === 'string' ? [] : by));
  const requesters = rules.flatMap(({ when }) => when.requester ?? []);
  return [...named, ...operators, ...requesters].some(({ kind }) => kind === 'group');
}
