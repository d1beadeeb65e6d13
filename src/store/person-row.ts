import type { Kysely } from 'kysely';
import type { PersonId } from '../scan/ids.ts';
import { readThreadId } from '../scan/ids.ts';
import { asSeen } from '../scan/person.ts';
import type { Person } from '../scan/person.ts';
import type { Write } from '../scan/ports.ts';
import { documentOf, readPerson } from './document.ts';
import type { Tables } from './tables.ts';

/** As last seen, with what they chose. */
export async function personIn(db: Kysely<Tables>, id: PersonId): Promise<Person | undefined> {
  const rows = db.selectFrom('person').select(['doc', 'language', 'tell_in']).where('id', '=', id);
  const row = await rows.executeTakeFirst();
  if (row === undefined) return undefined;
  const tellIn = readThreadId(row.tell_in);
  return {
    ...readPerson(row.doc),
    ...(row.language !== null && { language: row.language }),
    ...(tellIn !== undefined && { tellIn }),
  };
}

/** Seen again, a person keeps what they chose. */
export async function keepPerson(tx: Kysely<Tables>, person: Person, chosen: Choices): Promise<void> {
  const doc = documentOf(asSeen(person));
  const insert = tx.insertInto('person').values({ id: person.id, doc });
  await insert.onConflict((it) => it.column('id').doUpdateSet({ doc })).execute();
  const { language, tellIn } = chosen;
  if (language === undefined && tellIn === undefined) return;
  await tx
    .updateTable('person')
    .set({
      ...(language !== undefined && { language: language.tag ?? null }),
      ...(tellIn !== undefined && { tell_in: tellIn.thread ?? null }),
    })
    .where('id', '=', person.id)
    .execute();
}

type Choices = Pick<Write, 'language' | 'tellIn'>;
