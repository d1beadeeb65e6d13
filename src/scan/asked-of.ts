import type { PeopleDemand } from './demand.ts';
import { peopleIn } from './demand.ts';
import type { PersonId } from './ids.ts';
import type { Store } from './ports.ts';
import type { AskedOf } from './approval.ts';

const MOST_NAMES = 5;

/** Whom the demands ask, by the names of those whom the bot has met. The requester is never one of them. */
export function askedOf(
  demands: readonly PeopleDemand[],
  requester: PersonId,
  store: Pick<Store, 'person'>,
): Promise<readonly AskedOf[]> {
  return Promise.all(demands.map((demand) => oneAskedOf(demand, requester, store)));
}

async function oneAskedOf(demand: PeopleDemand, requester: PersonId, store: Pick<Store, 'person'>): Promise<AskedOf> {
  const { needed, by } = demand;
  if (by === 'anyone') return { needed, anyone: true, names: [], more: 0 };
  const people = [...peopleIn([demand])].filter((id) => id !== requester);
  const met = await Promise.all(people.slice(0, MOST_NAMES).map((id) => store.person(id)));
  const names = met.map((person) => person?.name ?? '').filter((name) => name !== '');
  const groups = by.filter(({ kind }) => kind === 'group').length;
  return { needed, anyone: false, names, more: people.length - names.length + groups };
}
