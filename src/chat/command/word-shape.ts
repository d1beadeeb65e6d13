/** A word begins with a letter, a digit or `_` … */
export const WORD_START = /[\p{L}\p{N}_]/uy;
/** … and goes on to the next blank or sign that no device name holds. */
export const WORD = /[\p{L}\p{N}_][^\s,;:!?()[\]{}<>"`|…—]*/uy;
/** The same in languages without blanks: Chinese characters beside it are other words. */
export const WORD_BESIDE_HAN = /(?!\p{sc=Han})[\p{L}\p{N}_](?:(?!\p{sc=Han})[^\s,;:!?()[\]{}<>"`|…—])*/uy;
/** `财务-01`: a name that begins with Chinese characters. */
export const HAN_NAME = /\p{sc=Han}{1,20}[-_0-9](?:(?!\p{sc=Han})[^\s,;:!?()[\]{}<>"`|…—])*/uy;
export const HAN = /\p{sc=Han}/u;
/** What follows the last letter of a whole word. `scan-01` and `full.contoso.com` are other words. */
export const WORD_ENDS = /^(?:[.'*~-]*(?:[\s,;:!?()[\]{}<>"`|…—]|$)|\p{sc=Han})/u;

export const URL = /[a-z][a-z0-9+.-]{0,15}:\/\/[^\s"<>`]*/iy;

/** What matches at exactly this place; the expression is sticky. */
export function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0];
}

/** Without these characters at its end. A loop, because `[…]+$` takes quadratic time on hostile text. */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
