import { MENTION_END, MENTION_START } from './typed-text.ts';

/** The command stands at the beginning; no more than this is searched for it. */
const SEARCHED = 8192;

/** A text made comparable: nothing invisible, single blanks, straight quotes, no wide signs, no mentions. */
export interface MatchingText {
  readonly text: string;
  /** The same in lower case, letter by letter. */
  readonly lower: string;
  /** For each character the place in the typed text right after it. */
  readonly typedEnd: readonly number[];
}

/** Control, zero-width and direction characters, soft hyphens and variation selectors. */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e007f}]/u;
/** How far the wide form of an ASCII character is from it. */
const WIDER = 0xfee0;
const DOUBLE_QUOTE = /[“”„‟«»″＂「」『』]/u;
const SINGLE_QUOTE = /[‘’‚‛‹›′＇]/u;

export function matchingText(typed: string): MatchingText {
  const characters: string[] = [];
  const typedEnd: number[] = [];
  let end = 0;
  let mentioned = false;
  for (const typedCharacter of typed.slice(0, SEARCHED)) {
    end += typedCharacter.length;
    if (typedCharacter === MENTION_START) mentioned = true;
    const character = mentioned ? ' ' : comparable(typedCharacter);
    if (typedCharacter === MENTION_END) mentioned = false;
    if (character === '' || (character === ' ' && characters.at(-1) === ' ')) continue;
    characters.push(character);
    typedEnd.push(...Array.from({ length: character.length }, () => end));
  }
  return { text: characters.join(''), lower: characters.map(lowered).join(''), typedEnd };
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
