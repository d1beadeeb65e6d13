import type { MatchingText } from '../matching-text.ts';
import type { WhenMeaning, WhenPart } from './when-parts.ts';
import { whenPartIn } from './when-parts.ts';
import type { WhenToken } from './when-tokens.ts';
import { whenTokens } from './when-tokens.ts';

/** Words side by side that say something about a time; places in the matching text. */
export interface WhenSpan {
  readonly start: number;
  readonly end: number;
  readonly meanings: readonly WhenMeaning[];
  /** It says so by itself: `today` or `mon` alone may be anything. */
  readonly isSure: boolean;
}

/** Every time in a text, whatever else it is about. */
export function whenSpans(matching: MatchingText, language: string): readonly WhenSpan[] {
  const spans: WhenSpan[] = [];
  let open: WhenPart[] = [];
  for (const part of partsIn(matching.lower, whenTokens(matching, language))) {
    const last = open.at(-1);
    if (last !== undefined && !isBeside(matching.lower, last.end, part.start)) {
      spans.push(...spanOf(open));
      open = [];
    }
    open.push(part);
  }
  return [...spans, ...spanOf(open)];
}

function partsIn(lower: string, tokens: readonly WhenToken[]): readonly WhenPart[] {
  const parts: WhenPart[] = [];
  for (let at = 0; at < tokens.length;) {
    const part = whenPartIn(sideBySide(lower, tokens.slice(at, at + MOST_TOGETHER)));
    if (part !== undefined) parts.push(part);
    at += part?.length ?? 1;
  }
  return parts;
}

const MOST_TOGETHER = 4;

function sideBySide(lower: string, tokens: readonly WhenToken[]): readonly WhenToken[] {
  const apart = tokens.findIndex((token, index) => {
    const before = tokens[index - 1];
    return before !== undefined && !/^ ?$/.test(lower.slice(before.end, token.start));
  });
  return apart === -1 ? tokens : tokens.slice(0, apart);
}

/** Commas may stand between a day and an hour, and between days. */
function isBeside(lower: string, end: number, start: number): boolean {
  return start - end <= 3 && /^[ ,]*$/.test(lower.slice(end, start));
}

/** What only links is nothing by itself, nor at the end. */
function spanOf(parts: readonly WhenPart[]): readonly WhenSpan[] {
  const last = parts.findLastIndex(({ meaning }) => !LINKS.has(meaning.is));
  const told = parts.slice(0, last + 1);
  const [first] = told;
  const end = told.at(-1)?.end;
  if (first === undefined || end === undefined) return [];
  const meanings = told.map(({ meaning }) => meaning);
  return [{ start: first.start, end, meanings, isSure: isSure(meanings) }];
}

const LINKS: ReadonlySet<WhenMeaning['is']> = new Set(['link', 'to']);

function isSure(meanings: readonly WhenMeaning[]): boolean {
  const isEvery = meanings.some(({ is }) => is === 'every') && meanings.some(({ is }) => is === 'weekday');
  return isEvery || meanings.some(isTelling);
}

function isTelling(meaning: WhenMeaning): boolean {
  switch (meaning.is) {
    case 'clock':
    case 'weekdays':
    case 'from-now':
    case 'later':
    case 'unclear':
      return true;
    case 'weekday':
      return meaning.form !== 'short';
    case 'day':
      return meaning.day.is !== 'ahead' || meaning.day.days > 0 || meaning.part !== undefined;
    case 'by-day':
    case 'part':
    case 'every':
    case 'to':
    case 'next-week':
    case 'link':
      return false;
  }
}
