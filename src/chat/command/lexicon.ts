import { phrasesOf } from './grammar.ts';
import type { Grammar, Phrase } from './grammar.ts';
import { WORD_ENDS } from './word-shape.ts';

/** Finds a grammar's phrases in a text by position, so that words need no blanks between them. */
export class Lexicon {
  readonly spaces: boolean;
  readonly #byFirstLetter: ReadonlyMap<string, readonly Phrase[]>;

  constructor(grammar: Grammar) {
    this.spaces = grammar.spaces;
    const longestFirst = [...phrasesOf(grammar)].sort((one, other) => other.text.length - one.text.length);
    this.#byFirstLetter = byFirstLetter(longestFirst);
  }

  /** The longest phrase that starts exactly here. */
  phraseAt(lower: string, start: number): Phrase | undefined {
    const candidates = this.#byFirstLetter.get(lower.charAt(start)) ?? [];
    return candidates.find(({ text }) => lower.startsWith(text, start) && this.#mayEnd(lower, start + text.length));
  }

  #mayEnd(lower: string, end: number): boolean {
    return !this.spaces || WORD_ENDS.test(lower.slice(end, end + 16));
  }
}

function byFirstLetter(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  const groups = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const letter = phrase.text.charAt(0);
    groups.set(letter, [...(groups.get(letter) ?? []), phrase]);
  }
  return groups;
}
