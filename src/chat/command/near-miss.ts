import { FIRST_LANGUAGE, LANGUAGES } from '../languages.ts';
import { commandPhrases } from './grammar.ts';
import type { Phrase } from './grammar.ts';
import { withoutTrailing } from './word-shape.ts';

const LONGEST_TYPED = 24;
const MOST_SLIPS = 2;

/** The suggested phrase of the command that was probably meant by the words standing here. */
export function nearMiss(lower: string, language: string): string | undefined {
  const words = lower.slice(0, 3 * LONGEST_TYPED).split(' ');
  let best: { readonly slips: number; readonly guess: string | undefined } | undefined;
  for (const { text, role, language: spoken } of commandsIn([language, FIRST_LANGUAGE])) {
    if (role.is !== 'command' || role.name === 'help') continue;
    const typed = withoutTrailing(words.slice(0, text.split(' ').length).join(' '), '.,:;!?');
    const slips = slipsBetween(typed, text);
    if (!isNear(slips, text) || slips >= (best?.slips ?? Infinity)) continue;
    best = { slips, guess: LANGUAGES.get(spoken)?.grammar.commands[role.name][0] };
  }
  return best?.guess;
}

function commandsIn(languages: readonly string[]): readonly Phrase[] {
  return [...new Set(languages)].flatMap((language) => {
    const file = LANGUAGES.get(language);
    return file === undefined ? [] : commandPhrases(file.grammar, language);
  });
}

function isNear(slips: number, phrase: string): boolean {
  return slips <= MOST_SLIPS && slips * 2 < phrase.length;
}

/** Letters left out, added, changed or swapped with their neighbour (optimal string alignment). */
function slipsBetween(typed: string, meant: string): number {
  if (typed.length > LONGEST_TYPED) return Infinity;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: meant.length + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= meant.length; column += 1) {
      const same = typed[row - 1] === meant[column - 1] ? 0 : 1;
      const swapped = typed[row - 1] === meant[column - 2] && typed[row - 2] === meant[column - 1];
      current.push(
        Math.min(
          cost(last, column) + 1,
          cost(current, column - 1) + 1,
          cost(last, column - 1) + same,
          swapped ? cost(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return cost(last, meant.length);
}

function cost(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
