import { readPersonId } from '../scan/ids.ts';
import type { PersonId } from '../scan/ids.ts';
import { anyOf } from './match.ts';
import type { Match } from './match.ts';

/** Somebody whom a policy names: one person, or everybody in an Entra group. Ids are in lower case. */
export type Party =
  { readonly kind: 'person'; readonly id: PersonId } | { readonly kind: 'group'; readonly id: string };

/** A person as far as the policy is concerned. */
export interface Member {
  readonly id: PersonId | undefined;
  /** Object ids of their groups; those that the policy names are enough. */
  readonly groups: ReadonlySet<string> | 'unknown';
}

const GROUP = 'group:';

export function readParty(text: string): Party | undefined {
  const isGroup = text.startsWith(GROUP);
  const id = readPersonId(isGroup ? text.slice(GROUP.length) : text);
  if (id === undefined) return undefined;
  return isGroup ? { kind: 'group', id } : { kind: 'person', id };
}

export function partyText(party: Party): string {
  return party.kind === 'group' ? GROUP + party.id : party.id;
}

export function matchParty(party: Party, member: Member): Match {
  if (party.kind === 'person') return member.id === undefined ? 'unknown' : isSame(member.id, party.id);
  if (member.groups === 'unknown') return 'unknown';
  return anyOf([...member.groups].map((group) => isSame(group, party.id)));
}

/** Surely named, by id or through a group. Not to be known means no. */
export function isAmong(parties: readonly Party[], member: Member): boolean {
  return parties.some((party) => matchParty(party, member) === 'yes');
}

function isSame(one: string, other: string): Match {
  return one.toLowerCase() === other ? 'yes' : 'no';
}
