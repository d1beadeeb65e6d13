import type { Selector } from '../../scan/batch/source.ts';
import { LANGUAGES } from '../languages.ts';

type Which = Selector['is'];

const WHICH: readonly Which[] = ['tag', 'group', 'alert', 'incident'];
/** In every language, since a label is the same sign to everybody; the longest first. */
const LABELS: readonly (readonly [label: string, which: Which])[] = WHICH.flatMap((which) =>
  [...LANGUAGES.values()].flatMap(({ grammar }) => grammar.selectors[which].map((label) => [label, which] as const)),
).sort(([one], [other]) => other.length - one.length);
const QUOTES = '"\'`';
/** A tag or a group may be as long as Defender lets it be; an id is short. */
const LONGEST_NAME = 200;
const BARE = /[^\s,;"`]+/uy;

export interface FoundSelector {
  readonly selector: Selector;
  readonly end: number;
}

/** How much of a word is one: without blanks, it ends where a phrase begins. */
export type WordEnd = (word: string, start: number) => number;

interface Texts {
  readonly text: string;
  readonly lower: string;
}

/** `tag:finance`, `group:"Tier 1"`, `alert:da6378…_-21`, `incident:42`: what stands exactly here. */
export function selectorAt({ text, lower }: Texts, start: number, wordEnd: WordEnd): FoundSelector | undefined {
  const label = LABELS.find(([word]) => lower.startsWith(`${word}:`, start));
  if (label === undefined) return undefined;
  const colon = start + label[0].length;
  // `alert: …` begins a reason as well; a tag or a group is no reason.
  const isApart = (label[1] === 'tag' || label[1] === 'group') && text.charAt(colon + 1) === ' ';
  const value = valueAt(text, colon + (isApart ? 2 : 1), wordEnd);
  const selector = value && selectorOf(label[1], value.text);
  return selector && { selector, end: value.end };
}

/** What is typed into a field that searches, with the labels that the search knows: `tagg:finance` is `tag:finance`. */
export function searchedFor(typed: string): string {
  const [, word = '', value = ''] = /^\s*([^:：]{1,40})[:：](.*)$/su.exec(typed) ?? [];
  const label = LABELS.find(([name]) => name === word.trim().toLowerCase());
  return label?.[1] === 'tag' || label?.[1] === 'group' ? `${label[1]}:${value}` : typed;
}

function selectorOf(which: Which, value: string): Selector | undefined {
  if (value.length > LONGEST_NAME) return undefined;
  switch (which) {
    case 'tag':
      return { is: 'tag', tag: value };
    case 'group':
      return { is: 'group', group: value };
    case 'alert':
      return /^[\w-]{1,64}$/.test(value) ? { is: 'alert', id: value } : undefined;
    case 'incident':
      return /^\d{1,12}$/.test(value) ? { is: 'incident', number: Number(value) } : undefined;
  }
}

interface Value {
  readonly text: string;
  readonly end: number;
}

function valueAt(text: string, start: number, wordEnd: WordEnd): Value | undefined {
  const quote = text.charAt(start);
  if (quote !== '' && QUOTES.includes(quote)) {
    const end = text.slice(0, start + LONGEST_NAME + 2).indexOf(quote, start + 1);
    const quoted = end === -1 ? '' : text.slice(start + 1, end).trim();
    return quoted === '' ? undefined : { text: quoted, end: end + 1 };
  }
  BARE.lastIndex = start;
  const word = BARE.exec(text)?.[0] ?? '';
  const bare = word.slice(0, wordEnd(word, start));
  return bare === '' ? undefined : { text: bare, end: start + bare.length };
}
