import { FIRST_LANGUAGE, LANGUAGES } from '../languages.ts';
import { phrasesOf, telling } from './grammar.ts';
import type { Phrase } from './grammar.ts';
import { WORD_ENDS } from './word-shape.ts';

/**
 * Finds phrases in a text by position, so that words need no blanks between them: all of one language and of the
 * first, and what is telling of every other, so that several may be mixed.
 */
export class Lexicon {
  readonly language: string;
  readonly spaces: boolean;
  readonly #byFirstLetter: ReadonlyMap<string, readonly Phrase[]>;

  constructor(language: string) {
    this.language = language;
    this.spaces = LANGUAGES.get(language)?.grammar.spaces ?? true;
    const longestFirst = phrasesFor(language).sort((one, other) => other.text.length - one.text.length);
    this.#byFirstLetter = byFirstLetter(longestFirst);
  }

  /** The longest phrase that starts exactly here. */
  phraseAt(lower: string, start: number): Phrase | undefined {
    const candidates = this.#byFirstLetter.get(lower.charAt(start)) ?? [];
    return candidates.find((phrase) => {
      return lower.startsWith(phrase.text, start) && mayEnd(phrase, lower, start + phrase.text.length);
    });
  }

  /** Only a command that cannot be one of the first language, where no device stands before it. */
  mayFollowDevice({ role, text, language }: Phrase): boolean {
    if (role.is !== 'command' || language !== this.language) return false;
    const first = LANGUAGES.get(FIRST_LANGUAGE)?.grammar.commands[role.name];
    return LANGUAGES.get(language)?.grammar.deviceFirst === true && first?.includes(text) !== true;
  }

  /** Whether a phrase's language is the one that is spoken here, or the one that everybody is understood in. */
  isAtHome({ language }: Phrase): boolean {
    return language === this.language || language === FIRST_LANGUAGE;
  }
}

const LEXICONS: ReadonlyMap<string, Lexicon> = new Map(
  [...LANGUAGES.keys()].map((language) => [language, new Lexicon(language)]),
);

/** One for each language in which a text may be meant, the writer's own first. */
export function lexicons(language: string): readonly Lexicon[] {
  const own = LEXICONS.get(language);
  const others = [...LEXICONS.values()].filter((one) => one !== own);
  return own === undefined ? others : [own, ...others];
}

/** Of phrases that are written alike the first counts: the writer's own. */
function phrasesFor(language: string): Phrase[] {
  const own = LANGUAGES.get(language);
  const others = [...LANGUAGES].filter(([tag]) => tag !== language);
  return [
    ...(own === undefined ? [] : phrasesOf(own.grammar, language)),
    ...others.flatMap(([tag, { grammar }]) => (tag === FIRST_LANGUAGE ? phrasesOf : telling)(grammar, tag)),
  ];
}

/** `电脑-01` is a name, not a noun. */
function mayEnd({ spaced, role }: Phrase, lower: string, end: number): boolean {
  if (spaced) return WORD_ENDS.test(lower.slice(end, end + 16));
  return role.is !== 'device-noun' || !/^[-_]\w/.test(lower.slice(end, end + 2));
}

function byFirstLetter(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  const groups = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const letter = phrase.text.charAt(0);
    groups.set(letter, [...(groups.get(letter) ?? []), phrase]);
  }
  return groups;
}
