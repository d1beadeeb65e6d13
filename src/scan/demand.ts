import type { PersonId } from './ids.ts';
import { readPersonId } from './ids.ts';

/** Somebody who is named: one person, or everybody in an Entra group. Ids are in lower case. */
export type Party =
  { readonly kind: 'person'; readonly id: PersonId } | { readonly kind: 'group'; readonly id: string };

/** A person as far as rules about people are concerned. */
export interface Member {
  readonly id: PersonId | undefined;
  /** Object ids of their groups; those that are named somewhere are enough. */
  readonly groups: ReadonlySet<string> | 'unknown';
}

/** So many different people other than the requester must approve: anyone, or some of those who are named. */
export interface PeopleDemand {
  readonly needed: 1 | 2;
  readonly by: 'anyone' | readonly Party[];
}

/** Somebody who approves. */
export interface Approver extends Member {
  readonly id: PersonId;
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

/** Surely named, by id or through a group. Not to be known means no. */
export function isAmong(parties: readonly Party[], member: Member): boolean {
  return parties.some((party) => isParty(party, member));
}

/** Whether an approval by this person would count. Nobody counts for an empty list. */
export function mayApprove(demand: PeopleDemand, approver: Approver): boolean {
  return demand.by === 'anyone' || isAmong(demand.by, approver);
}

/** What is still missing once these have approved. The requester never counts, nor does anybody twice. */
export function openDemands<Demanded extends PeopleDemand>(
  demands: readonly Demanded[],
  requester: PersonId,
  approvers: readonly Approver[],
): readonly Demanded[] {
  const others = approvers.filter(({ id }) => id !== requester);
  return demands.filter((demand) => counted(demand, others) < demand.needed);
}

/** How many different people of these count for the demand. */
export function counted(demand: PeopleDemand, approvers: readonly Approver[]): number {
  return new Set(approvers.filter((one) => mayApprove(demand, one)).map(({ id }) => id)).size;
}

/** All of both, each once. */
export function joined(some: readonly PeopleDemand[], others: readonly PeopleDemand[]): readonly PeopleDemand[] {
  const known = new Set(some.map(demandText));
  return [...some, ...others.filter((demand) => !known.has(demandText(demand)))];
}

/** Every Entra group that the demands name. */
export function groupsIn(demands: readonly PeopleDemand[]): ReadonlySet<string> {
  return new Set(partiesIn(demands).flatMap((party) => (party.kind === 'group' ? [party.id] : [])));
}

/** Every person whom the demands name by id. */
export function peopleIn(demands: readonly PeopleDemand[]): ReadonlySet<PersonId> {
  return new Set(partiesIn(demands).flatMap((party) => (party.kind === 'person' ? [party.id] : [])));
}

function partiesIn(demands: readonly PeopleDemand[]): readonly Party[] {
  return demands.flatMap(({ by }) => (by === 'anyone' ? [] : by));
}

function demandText({ needed, by }: PeopleDemand): string {
  return `${needed} ${by === 'anyone' ? by : by.map(partyText).sort().join(' ')}`;
}

function isParty(party: Party, { id, groups }: Member): boolean {
  if (party.kind === 'person') return id?.toLowerCase() === party.id;
  return groups !== 'unknown' && [...groups].some((group) => group.toLowerCase() === party.id);
}
