import { readParty } from '../scan/demand.ts';
import type { Party, PeopleDemand } from '../scan/demand.ts';
import type { Environment } from './environment.ts';

const MODES = ['requester', 'second-person', 'approvers'] as const;

/** Who must approve where no rule says otherwise; `undefined` when it is enough that whoever asks confirms. */
export function readApproval(env: Environment): PeopleDemand | undefined {
  const mode = env.word('APPROVAL', MODES);
  const approvers = readApprovers(env);
  switch (mode) {
    case 'requester':
    case 'second-person':
      if (env.isSet('APPROVERS')) tellUnused(env);
      return mode === 'requester' ? undefined : { needed: 1, by: 'anyone' };
    case 'approvers':
      if (!env.isSet('APPROVERS')) tellMissing(env);
      return { needed: 1, by: approvers };
  }
}

function readApprovers(env: Environment): readonly Party[] {
  const entries = env.list('APPROVERS', 'object ids of people, or group:<object id>') ?? [];
  const parties = entries.map(readParty).filter((party) => party !== undefined);
  if (parties.length < entries.length) {
    const remedy = 'Give each entry as the Entra object id of a person, or as group:<object id> of a group.';
    env.fault('APPROVERS', 'has an entry that is neither a person nor a group', remedy);
  }
  return parties;
}

/** A list that looks as if it were enforced, and is not, is worse than none. */
function tellUnused(env: Environment): void {
  env.fault('APPROVERS', 'is set, but APPROVAL is not approvers', 'Set APPROVAL=approvers, or remove APPROVERS.');
}

function tellMissing(env: Environment): void {
  const remedy = 'List the object ids of people, or group:<object id>. An empty list would admit nobody.';
  env.fault('APPROVERS', 'is not set, and APPROVAL=approvers needs it', remedy);
}
