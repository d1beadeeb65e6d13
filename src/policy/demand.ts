import type { PeopleDemand } from '../scan/demand.ts';
import { partyText } from '../scan/demand.ts';

/** An approval that is needed. `default` stands for whatever `APPROVAL` says. */
export type Demand = { readonly by: 'default' } | PeopleDemand;

/**
 * All of these demands, without those that another one implies. One person may count for several; whoever is named
 * counts as anyone.
 */
export function together<Demanded extends Demand>(demands: readonly Demanded[]): readonly Demanded[] {
  return demands.filter((demand, place) => !demands.some((other, at) => outweighs(other, demand, at < place)));
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
