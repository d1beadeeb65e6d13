import type { Phrase, Role } from './grammar.ts';
import type { Lexicon } from './lexicon.ts';
import type { MatchingText } from './matching-text.ts';
import { LATIN_WORD, matchAt, URL, withoutTrailing, WORD, WORD_START } from './word-shape.ts';

/** `start` and `end` are places in the matching text. */
interface Place {
  readonly start: number;
  readonly end: number;
}
export type Token = Place &
  (
    | { readonly kind: 'phrase'; readonly text: string; readonly role: Role }
    | { readonly kind: 'word'; readonly text: string }
    | { readonly kind: 'quoted'; readonly text: string }
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
  if (character === ':' || character === '：') return { kind: 'colon', start, end: start + 1 };
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
  if (start > 0 && matchAt(WORD_START, text, start - 1) !== undefined) return undefined;
  const quote = text.charAt(start);
  if (text.charAt(start + 1) === quote) return undefined;
  const last = Math.min(text.length, start + LONGEST_QUOTED);
  for (let end = start + 1; end < last; end += 1) {
    if (text.charAt(end) !== quote || matchAt(WORD_START, text, end + 1) !== undefined) continue;
    const content = text.slice(start + 1, end).trim();
    return content === '' ? undefined : { kind: 'quoted', text: content, start, end: end + 1 };
  }
  return undefined;
}

function wordAt({ text, lower }: MatchingText, lexicon: Lexicon, start: number): Token | undefined {
  const address = matchAt(URL, text, start);
  if (address !== undefined) return word(withoutTrailing(address, ":,.;!?)'"), start);
  const phrase = lexicon.phraseAt(lower, start);
  if (phrase !== undefined) return phraseToken(phrase, text, start);
  const letters = matchAt(lexicon.spaces ? WORD : LATIN_WORD, text, start);
  return letters === undefined ? undefined : word(letters, start);
}

function word(text: string, start: number): Token {
  return { kind: 'word', text, start, end: start + text.length };
}

function phraseToken(phrase: Phrase, text: string, start: number): Token {
  const end = start + phrase.text.length;
  return { kind: 'phrase', role: phrase.role, text: text.slice(start, end), start, end };
}
