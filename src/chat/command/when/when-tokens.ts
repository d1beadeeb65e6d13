import type { MatchingText } from '../matching-text.ts';
import { HAN, matchAt, WORD_ENDS } from '../word-shape.ts';
import { LANGUAGES } from '../../languages.ts';
import { lexicons } from '../lexicon.ts';
import type { WhenPhrase, WhenRole } from './when-words.ts';
import { whenPhrases } from './when-words.ts';

/** `start` and `end` are places in the matching text. */
export interface WhenToken {
  readonly role: WhenRole | { readonly is: 'dotted'; readonly minute: number };
  readonly start: number;
  readonly end: number;
  /** Of a number in digits, how many. */
  readonly digits?: number;
}

const NUMBERS: readonly (readonly [RegExp, (found: readonly string[]) => WhenToken['role'] | undefined])[] = [
  [/(\d{4})-(\d{2})-(\d{2})(?![\d-])/y, ([, year, month, day]) => dateOf(Number(year), Number(month), Number(day))],
  [/(\d{4})年(\d{1,2})月(\d{1,2})[日号]?/y, ([, year, month, day]) => dateOf(Number(year), Number(month), Number(day))],
  [/(\d{1,2})\/(\d{1,2})(?:\/\d{2,4})?(?![\d/])/y, () => ({ is: 'unclear' })],
  [/(\d{1,2})[:hu](\d{2})(?![\d:.]*\d)/y, ([, hour, minute]) => clockOf(Number(hour), Number(minute))],
  [/(\d{1,2})\.(\d{2})(?![\d:.]*\d)/y, ([, hour, minute]) => dotted(clockOf(Number(hour), Number(minute)))],
  [/\d{1,4}(?![\d:./]*\d)/y, ([digits]) => ({ is: 'number', number: Number(digits) })],
];
const AFTER_NUMBER: ReadonlySet<WhenRole['is']> = new Set([
  'oclock',
  'part',
  'minute-mark',
  'date-mark',
  'hours',
  'minutes',
  'days',
]);

/** All that can belong to a time, in its order, up to the reason. What is in quotes is a name, and longer words count first. */
export function whenTokens({ lower }: MatchingText, language: string): readonly WhenToken[] {
  const words = wordsFor(language);
  const [lexicon] = lexicons(language);
  const tokens: WhenToken[] = [];
  for (let at = 0; at < lower.length;) {
    const word = startsWord(lower, at) ? lexicon?.phraseAt(lower, at) : undefined;
    if (word?.role.is === 'reason') return tokens;
    const found = tokensAt(lower, words, at, tokens.at(-1)?.end === at);
    const end = found.at(-1)?.end ?? endOfQuoted(lower, at) ?? at + 1;
    const isOther = word !== undefined && at + word.text.length > end;
    if (!isOther) tokens.push(...found);
    at = isOther ? at + word.text.length : end;
  }
  return tokens;
}

function tokensAt(lower: string, words: Words, at: number, touches: boolean): readonly WhenToken[] {
  const isStart = touches || startsWord(lower, at);
  const days = isStart ? daysBeside(lower, words, at) : [];
  if (days.length > 0) return days;
  const phrase = phraseAt(lower, words, at, isStart);
  if (phrase !== undefined) return [{ role: phrase.role, start: at, end: at + phrase.text.length }];
  const number = isStart ? numberAt(lower, words, at) : undefined;
  return number === undefined ? [] : [number];
}

function endOfQuoted(lower: string, at: number): number | undefined {
  const end = lower.charAt(at) === '"' ? lower.indexOf('"', at + 1) : -1;
  return end === -1 ? undefined : end + 1;
}

function phraseAt(lower: string, words: Words, at: number, isStart: boolean): WhenPhrase | undefined {
  return words.get(lower.charAt(at))?.find(({ text, spaced }) => {
    if (!lower.startsWith(text, at)) return false;
    return !spaced || (isStart && endsWord(lower, at + text.length));
  });
}

/** `mon-fri`, which is no word, and a day with a part of it in one word. */
function daysBeside(lower: string, words: Words, at: number): readonly WhenToken[] {
  const from = dayNameAt(lower, words, at);
  const to = from && /[-–]/.test(lower.charAt(from.end)) ? dayNameAt(lower, words, from.end + 1) : undefined;
  if (from === undefined) return [];
  if (to === undefined || !endsWord(lower, to.end)) return dayWithPart(from, phraseAt(lower, words, from.end, true));
  return [from, { role: { is: 'to' }, start: from.end, end: to.start }, to];
}

/** `vrijdagavond` */
function dayWithPart(day: WhenToken, part: WhenPhrase | undefined): readonly WhenToken[] {
  if (part?.role.is !== 'part') return [];
  return [day, { role: part.role, start: day.end, end: day.end + part.text.length }];
}

function dayNameAt(lower: string, words: Words, at: number): WhenToken | undefined {
  const found = words
    .get(lower.charAt(at))
    ?.find(({ text, role, spaced }) => spaced && role.is === 'weekday' && lower.startsWith(text, at));
  return found && { role: found.role, start: at, end: at + found.text.length };
}

function numberAt(lower: string, words: Words, at: number): WhenToken | undefined {
  for (const [shape, read] of NUMBERS) {
    const digits = matchAt(shape, lower, at);
    if (digits === undefined) continue;
    shape.lastIndex = at;
    const role = read(shape.exec(lower) ?? []);
    const end = at + digits.length;
    if (role === undefined || !mayEndNumber(lower, words, end)) return undefined;
    return { role, start: at, end, digits: digits.length };
  }
  return undefined;
}

/** `10pm`, `22点`; `07-a` is part of a name. */
function mayEndNumber(lower: string, words: Words, end: number): boolean {
  if (endsWord(lower, end) || HAN.test(lower.charAt(end - 1))) return true;
  const phrase = phraseAt(lower, words, end, true);
  return phrase !== undefined && (!phrase.spaced || AFTER_NUMBER.has(phrase.role.is));
}

function startsWord(lower: string, at: number): boolean {
  const before = lower.charAt(at - 1);
  return before === '' || /[\s,;:!?()[\]{}<>"'`|…@]/.test(before) || HAN.test(before);
}

function endsWord(lower: string, end: number): boolean {
  return WORD_ENDS.test(lower.slice(end, end + 16));
}

function dateOf(year: number, month: number, day: number): WhenToken['role'] {
  return { is: 'day', day: { is: 'date', year, month, day } };
}

function clockOf(hour: number, minute: number): WhenToken['role'] | undefined {
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined;
  return { is: 'clock', minute: (hour % 24) * 60 + minute };
}

function dotted(clock: WhenToken['role'] | undefined): WhenToken['role'] | undefined {
  return clock?.is === 'clock' ? { is: 'dotted', minute: clock.minute } : undefined;
}

/** By their first letter. */
type Words = ReadonlyMap<string, readonly WhenPhrase[]>;

const WORDS: ReadonlyMap<string, Words> = new Map(
  [...LANGUAGES.keys()].map((language) => [language, byFirstLetter(whenPhrases(language))]),
);

function wordsFor(language: string): Words {
  return WORDS.get(language) ?? new Map<string, readonly WhenPhrase[]>();
}

function byFirstLetter(phrases: readonly WhenPhrase[]): Words {
  const groups = new Map<string, WhenPhrase[]>();
  for (const phrase of phrases) {
    const letter = phrase.text.charAt(0);
    groups.set(letter, [...(groups.get(letter) ?? []), phrase]);
  }
  return groups;
}
