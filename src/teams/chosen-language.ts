import { asSeen } from '../scan/person.ts';
import type { Person } from '../scan/person.ts';
import type { Store } from '../scan/ports.ts';

/** A person with the language that they have chosen by now, whatever they had when this was written. */
export async function withChosenLanguage(store: Pick<Store, 'person'>, person: Person): Promise<Person> {
  const seen = asSeen(person);
  const language = (await store.person(person.id))?.language;
  return language === undefined ? seen : { ...seen, language };
}
