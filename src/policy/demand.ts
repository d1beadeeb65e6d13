import type { PersonId } from '../scan/ids.ts';
import { isAmong, partyText } from './party.ts';
import type { Member, Party } from './party.ts';

/** So many different people other than the requester must approve: anyone, or some of those who are named. */
export interface PeopleDemand {
  readonly needed: 1 | 2;
  readonly by: 'anyone' | readonly Party[];
}

/** An approval that is needed. `default` stands for whatever `APPROVAL` says. */
export type Demand = { readonly by: 'default' } | PeopleDemand;

/** Somebody who approved. */
export interface Approver extends Member {
  readonly id: PersonId;
}

/**
 * All of these demands, without those that another one implies. One person may count for several; whoever is named
 * counts as anyone.
 */
export function together(demands: readonly Demand[]): readonly Demand[] {
  return demands.filter((demand, place) => !demands.some((other, at) => outweighs(other, demand, at < place)));
}

/** What is still missing once these have approved. The requester never counts, nor does anybody twice. */
export function openDemands(
  demands: readonly Demand[],
  requester: PersonId,
  approvers: readonly Approver[],
): readonly Demand[] {
  const others = approvers.filter(({ id }) => id !== requester);
  return demands.filter((demand) => !isMet(demand, others));
}

/** Whether an approval by this person would count. Groups that cannot be known mean no, as does a default not settled. */
export function mayApprove(demand: Demand, approver: Approver): boolean {
  if (demand.by === 'default') return false;
  return demand.by === 'anyone' || isAmong(demand.by, approver);
}

function isMet(demand: Demand, others: readonly Approver[]): boolean {
  if (demand.by === 'default') return false;
  const counted = others.filter((approver) => mayApprove(demand, approver));
  return new Set(counted.map(({ id }) => id)).size >= demand.needed;
}

/** Of two that imply each other the earlier one stays. */
function outweighs(other: Demand, demand: Demand, isEarlier: boolean): boolean {
  return implies(other, demand) && (isEarlier || !implies(demand, other));
}

function implies(one: Demand, other: Demand): boolean {
  if (one.by === 'default' || other.by === 'default') return one.by === other.by;
  return one.needed >= other.needed && isWithin(one.by, other.by);
}

function isWithin(some: PeopleDemand['by'], all: PeopleDemand['by']): boolean {
  if (all === 'anyone') return true;
  if (some === 'anyone') return false;
  const texts = new Set(all.map(partyText));
  return some.every((party) => texts.has(partyText(party)));
}
