import type { Selector } from '../../scan/batch/source.ts';
import type { Phrase, Role } from './grammar.ts';
import type { Lexicon } from './lexicon.ts';
import type { MatchingText } from './matching-text.ts';
import { selectorAt } from './selector.ts';
import { HAN, HAN_NAME, matchAt, URL, withoutTrailing, WORD, WORD_BESIDE_HAN, WORD_START } from './word-shape.ts';

/** `start` and `end` are places in the matching text. */
interface Place {
  readonly start: number;
  readonly end: number;
}
export type Token = Place &
  (
    | { readonly kind: 'phrase'; readonly text: string; readonly role: Role; readonly phrase: Phrase }
    | { readonly kind: 'word'; readonly text: string }
    | { readonly kind: 'quoted'; readonly text: string }
    | { readonly kind: 'selector'; readonly selector: Selector }
    | { readonly kind: 'colon' }
    | { readonly kind: 'dash' }
  );

/** The longest text in quotes that is looked at as one. */
const LONGEST_QUOTED = 260;
const QUOTES = '"\'`';
const DASH = /[-–]{1,3}(?=\s|$)/uy;

/** Everything in the text that can mean something; other signs are passed over. */
export function tokensOf(matching: MatchingText, lexicon: Lexicon): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < matching.text.length) {
    const token = tokenAt(matching, lexicon, at);
    if (token !== undefined) tokens.push(token);
    at = token?.end ?? at + 1;
  }
  return tokens;
}

function tokenAt(matching: MatchingText, lexicon: Lexicon, start: number): Token | undefined {
  const { text } = matching;
  const character = text.charAt(start);
  if (character === ' ') return undefined;
  if (character === ':') return { kind: 'colon', start, end: start + 1 };
  if (character === '—') return { kind: 'dash', start, end: start + 1 };
  if (QUOTES.includes(character)) return quotedAt(text, start);
  if (matchAt(WORD_START, text, start) !== undefined) return wordAt(matching, lexicon, start);
  return dashAt(text, start);
}

function dashAt(text: string, start: number): Token | undefined {
  const dash = matchAt(DASH, text, start);
  return dash === undefined ? undefined : { kind: 'dash', start, end: start + dash.length };
}

/** An opening quote stands at the beginning of a word, a closing one at its end: apostrophes are neither. */
function quotedAt(text: string, start: number): Token | undefined {
  if (start > 0 && isLetterBesideQuote(text, start - 1)) return undefined;
  const quote = text.charAt(start);
  if (text.charAt(start + 1) === quote) return undefined;
  const last = Math.min(text.length, start + LONGEST_QUOTED);
  for (let end = start + 1; end < last; end += 1) {
    if (text.charAt(end) !== quote || isLetterBesideQuote(text, end + 1)) continue;
    const content = text.slice(start + 1, end).trim();
    return content === '' ? undefined : { kind: 'quoted', text: content, start, end: end + 1 };
  }
  return undefined;
}

/** Chinese has no blanks around quotes, and no apostrophes. */
function isLetterBesideQuote(text: string, at: number): boolean {
  return matchAt(WORD_START, text, at) !== undefined && !HAN.test(text.charAt(at));
}

function wordAt({ text, lower }: MatchingText, lexicon: Lexicon, start: number): Token | undefined {
  const address = matchAt(URL, text, start);
  if (address !== undefined) return word(withoutTrailing(address, ":,.;!?)'"), start);
  const selected = selectorAt({ text, lower }, start, (letters, at) => untilPhrase(letters, lower, lexicon, at));
  if (selected !== undefined) return { kind: 'selector', start, ...selected };
  const phrase = lexicon.phraseAt(lower, start);
  if (phrase !== undefined) return phraseToken(phrase, text, start);
  const letters = lexicon.spaces ? spacedWord(text, lower, lexicon, start) : unspacedWord(text, lower, lexicon, start);
  return letters === undefined ? undefined : word(letters, start);
}

/** Ends where a phrase of a language without blanks begins. */
function spacedWord(text: string, lower: string, lexicon: Lexicon, start: number): string | undefined {
  const letters = matchAt(WORD, text, start);
  return letters?.slice(0, untilPhrase(letters, lower, lexicon, start));
}

/** Of Chinese characters only those that go on as a name does; others are words that mean nothing here. */
function unspacedWord(text: string, lower: string, lexicon: Lexicon, start: number): string | undefined {
  const letters = matchAt(WORD_BESIDE_HAN, text, start);
  if (letters !== undefined) return letters;
  const name = matchAt(HAN_NAME, text, start);
  const cut = name === undefined || untilPhrase(name, lower, lexicon, start) < name.length;
  return cut ? undefined : name;
}

function untilPhrase(letters: string, lower: string, lexicon: Lexicon, start: number): number {
  for (let at = 1; at < letters.length; at += 1) {
    if (HAN.test(letters.charAt(at)) && lexicon.phraseAt(lower, start + at) !== undefined) return at;
  }
  return letters.length;
}

function word(text: string, start: number): Token {
  return { kind: 'word', text, start, end: start + text.length };
}

function phraseToken(phrase: Phrase, text: string, start: number): Token {
  const end = start + phrase.text.length;
  return { kind: 'phrase', role: phrase.role, phrase, text: text.slice(start, end), start, end };
}
