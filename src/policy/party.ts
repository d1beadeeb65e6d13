import type { Member, Party } from '../scan/demand.ts';
import { anyOf } from './match.ts';
import type { Match } from './match.ts';

/** Whether the person is the party, as far as that can be known. */
export function matchParty(party: Party, member: Member): Match {
  if (party.kind === 'person') return member.id === undefined ? 'unknown' : isSame(member.id, party.id);
  if (member.groups === 'unknown') return 'unknown';
  return anyOf([...member.groups].map((group) => isSame(group, party.id)));
}

function isSame(one: string, other: string): Match {
  return one.toLowerCase() === other ? 'yes' : 'no';
}
