import type { DeviceSource } from '../../scan/batch/source.ts';
import type { MatchingText } from './matching-text.ts';
import { isHeading } from './device-table.ts';
import { deviceOf, hasRole, isConjunction, namesDevices } from './order.ts';
import type { Token } from './token.ts';

/** Far more than one request may hold, so that whoever pastes too many is told how many they were. */
const MOST_ITEMS = 5000;
const FEWEST = 2;

/** What stands between two separators. */
interface Item {
  readonly tokens: readonly Token[];
  /** Whether tabs stand between them: the cells of one row. */
  readonly isRow: boolean;
  /** On one of its sides. */
  readonly hasComma: boolean;
}

/** Several devices, or a word for some of them; `undefined` when one device is meant, or none. */
export function listIn(before: readonly Token[], matching: MatchingText): readonly DeviceSource[] | undefined {
  const items = itemsOf(before, matching).slice(0, MOST_ITEMS);
  const selects = items.some(({ tokens }) => tokens.some(({ kind }) => kind === 'selector'));
  if (!selects && items.filter(isClean).length < FEWEST) return undefined;
  return withoutHeading(items, matching).flatMap((item) => sourceOf(item, matching.text) ?? []);
}

/** A column is pasted with what stands above it. */
function withoutHeading(items: readonly Item[], { breaks }: MatchingText): readonly Item[] {
  const [heading, next] = items.filter(({ tokens }) => tokens.some(namesDevices));
  const [token, ...others] = heading?.tokens.filter(namesDevices) ?? [];
  const below = next?.tokens[0];
  if (token?.kind !== 'word' || others.length > 0 || below === undefined) return items;
  const isAbove = isHeading(token.text) && hasOne(breaks, token.end, below.start);
  return isAbove ? items.filter((item) => item !== heading) : items;
}

/** While it is read: copied for each token, a long text would take quadratic time. */
interface Growing {
  readonly tokens: Token[];
  isRow: boolean;
  hasComma: boolean;
}

/** A comma, a semicolon, a new line or an `and` separates; a selector always stands for itself. */
function itemsOf(tokens: readonly Token[], matching: MatchingText): readonly Item[] {
  const items: Growing[] = [];
  let previous: Token | undefined;
  for (const token of tokens) {
    const last = items.at(-1);
    const hasComma = previous !== undefined && /[,;]/.test(matching.text.slice(previous.end, token.start));
    if (last !== undefined && hasComma) last.hasComma = true;
    if (previous === undefined || last === undefined || separates(previous, token, matching)) {
      items.push({ tokens: [token], isRow: false, hasComma });
    } else {
      last.isRow ||= hasOne(matching.tabs, previous.end, token.start);
      last.tokens.push(token);
    }
    previous = token;
  }
  return items;
}

function separates(one: Token, other: Token, { text, breaks }: MatchingText): boolean {
  if ([one, other].some((token) => token.kind === 'selector' || isConjunction(token))) return true;
  return /[,;&]/.test(text.slice(one.end, other.start)) || hasOne(breaks, one.end, other.start);
}

function hasOne(places: ReadonlySet<number>, from: number, to: number): boolean {
  for (let place = from; place < to; place += 1) if (places.has(place)) return true;
  return false;
}

/** One name and no sentence: `it looks infected` is none. */
function isClean({ tokens, isRow }: Item): boolean {
  if (tokens.some((token) => hasRole(token, 'never-device') || hasRole(token, 'negation'))) return false;
  const named = tokens.filter(namesDevices).length;
  return isRow ? named > 0 : named === 1;
}

/** Of a row its first cell; of words that belong together, all of them: nothing is found by those, and it says so. */
function sourceOf(item: Item, text: string): DeviceSource | undefined {
  const named = item.tokens.filter(namesDevices);
  const [first] = named;
  if (first === undefined) return loneWord(item);
  if (first.kind === 'selector') return first.selector;
  const typed = deviceOf(first);
  if (typed !== undefined && (named.length === 1 || item.isRow)) return { is: 'device', typed };
  return { is: 'device', typed: text.slice(first.start, named.at(-1)?.end) };
}

/** `a, b, c`: between commas even an article is a name. */
function loneWord({ tokens, hasComma }: Item): DeviceSource | undefined {
  const words = tokens.filter((token) => !hasRole(token, 'type') && !isConjunction(token));
  const [word, ...others] = words;
  if (!hasComma || word?.kind !== 'phrase' || others.length > 0) return undefined;
  return hasRole(word, 'article') && /^[a-z]$/i.test(word.text) ? { is: 'device', typed: word.text } : undefined;
}
