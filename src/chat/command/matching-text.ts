import { MENTION_END, MENTION_START } from './typed-text.ts';

/** The command stands at the beginning, with a list of 500 devices perhaps; no more than this is searched for it. */
const SEARCHED = 32_768;

/** A text made comparable: nothing invisible, single blanks, straight quotes, no wide signs, no mentions. */
export interface MatchingText {
  readonly text: string;
  /** The same in lower case, letter by letter. */
  readonly lower: string;
  /** For each character the place in the typed text right after it. */
  readonly typedEnd: readonly number[];
  /** The blanks that stand for a line's end, and those that stand for a tab. */
  readonly breaks: ReadonlySet<number>;
  readonly tabs: ReadonlySet<number>;
}

/** Control, zero-width and direction characters, soft hyphens and variation selectors. */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e007f}]/u;
/** How far the wide form of an ASCII character is from it. */
const WIDER = 0xfee0;
const DOUBLE_QUOTE = /[“”„‟«»″＂「」『』]/u;
const LINE_END = /[\n\r\u0085\u2028\u2029]/;
const SINGLE_QUOTE = /[‘’‚‛‹›′＇]/u;

export function matchingText(typed: string): MatchingText {
  const characters: string[] = [];
  const typedEnd: number[] = [];
  let end = 0;
  let mentioned = false;
  const breaks = new Set<number>();
  const tabs = new Set<number>();
  for (const typedCharacter of typed.slice(0, SEARCHED)) {
    end += typedCharacter.length;
    if (typedCharacter === MENTION_START) mentioned = true;
    const character = mentioned ? ' ' : comparable(typedCharacter);
    if (typedCharacter === MENTION_END) mentioned = false;
    const isRepeated = character === ' ' && characters.at(-1) === ' ';
    const place = typedEnd.length - (isRepeated ? 1 : 0);
    if (LINE_END.test(typedCharacter)) breaks.add(place);
    if (typedCharacter === '\t') tabs.add(place);
    if (character === '' || isRepeated) continue;
    characters.push(character);
    typedEnd.push(...Array.from({ length: character.length }, () => end));
  }
  return { text: characters.join(''), lower: characters.map(lowered).join(''), typedEnd, breaks, tabs };
}

function comparable(character: string): string {
  if (INVISIBLE.test(character)) return '';
  if (/[\s\u0085]/.test(character)) return ' ';
  if (DOUBLE_QUOTE.test(character)) return '"';
  if (SINGLE_QUOTE.test(character)) return "'";
  return narrow(character);
}

/** `：`, `，` and `Ａ`, as a Chinese keyboard writes them. Where a sentence or an item ends there, a word ends. */
function narrow(character: string): string {
  if (character === '。' || character === '、') return ',';
  return /[\uff01-\uff5e]/.test(character) ? String.fromCharCode(character.charCodeAt(0) - WIDER) : character;
}

/** A letter whose lower case is longer stays as it is: places have to agree. */
function lowered(character: string): string {
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}
