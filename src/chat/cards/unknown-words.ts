import type { Attribute } from '../../scan/decision.ts';
import type { Pen } from './pen.ts';

/** What could not be known, in words. */
export function unknownWords(unknown: readonly Attribute[], pen: Pen): string {
  return pen.words.list(unknown.map((attribute) => pen.words.t(`attribute.${attribute}`)));
}
