import { asSeen } from '../scan/person.ts';
import type { Person } from '../scan/person.ts';
import type { Store } from '../scan/ports.ts';

/** A person with the language that they have chosen by now, whatever they had when this was written. */
export async function withChosenLanguage(store: Pick<Store, 'person'>, person: Person): Promise<Person> {
  return inChosenLanguage(person, await store.person(person.id));
}

/** `met`: the same person as the store knows them. */
export function inChosenLanguage(person: Person, met: Person | undefined): Person {
  const seen = asSeen(person);
  const language = met?.language;
  return language === undefined ? seen : { ...seen, language };
}
