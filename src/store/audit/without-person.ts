import type { PersonId } from '../../scan/ids.ts';

/** Stands for whoever was forgotten. */
export const NIL = '00000000-0000-0000-0000-000000000000';

/** A document without this person: their id stands for nobody, and what stood beside it of them, or in their words, is empty. */
export function withoutPerson(document: string, person: PersonId): string {
  return JSON.stringify(cleared(JSON.parse(document), person));
}

function cleared(part: unknown, person: PersonId): unknown {
  if (part === person) return NIL;
  if (Array.isArray(part)) return part.map((entry) => cleared(entry, person));
  if (typeof part !== 'object' || part === null) return part;
  const members: readonly [string, unknown][] = Object.entries(part);
  const isThem = isPerson(part, person);
  const saidBy = members.some(([name, value]) => name === 'by' && isPerson(value, person));
  const entries = members.map(([name, value]) => {
    if (isThem || (saidBy && name === 'reason')) return [name, blank(name, value)];
    return [name, cleared(value, person)];
  });
  return Object.fromEntries(entries) as unknown;
}

function isPerson(part: unknown, person: PersonId): boolean {
  return part === person || (typeof part === 'object' && part !== null && 'id' in part && part.id === person);
}

function blank(name: string, value: unknown): unknown {
  if (name === 'id') return NIL;
  return typeof value === 'string' ? '' : value;
}
