import type { AskedOf } from '../../scan/approval.ts';
import type { Pen } from './pen.ts';

/** Who can decide, in words: by name where the names are known. */
export function whoWords(askedOf: readonly AskedOf[], pen: Pen): string {
  return listed(
    askedOf.map((one) => oneOf(one, pen)),
    pen,
  );
}

function oneOf({ needed, anyone, names, more }: AskedOf, pen: Pen): string {
  if (anyone) return pen.t(needed === 1 ? 'who.anyone' : 'who.anyone-two');
  const named = names.map((name) => pen.t('who.name', { name }));
  const others = more === 0 ? [] : [pen.t(named.length === 0 ? 'who.listed' : 'who.more', { count: more })];
  const who = listed([...named, ...others], pen);
  return needed === 1 ? who : pen.t('who.two-of', {}, { who });
}

/** As the reader's language puts things in a row. */
export function listed(parts: readonly string[], pen: Pen): string {
  return new Intl.ListFormat(pen.words.language, { type: 'conjunction' }).format(parts);
}
