/*
 * What people typed, made safe to show: nothing of it may become formatting, a link or a mention,
 * and it must read as it was typed.
 */

/** Signs that mean something in Markdown wherever they stand. */
const SIGNS = /[\\`*_[\]()~#|!+]/g;
const ANGLES = /[<>]/g;
/** Would be decoded. (In `&#42;` the `#` is escaped already.) */
const ENTITY = /&(?=\w+;)/g;
/** Would look like a placeholder of a card template that was left over. */
const PLACEHOLDER = /\$\{/g;
/** `https://…`, `www.…` and `a@b` become links by themselves. */
const BARE_LINK = /:(?=\/\/)|(?<=\bwww)\.|(?<=\w)@(?=\w)/gi;
/** Leading blanks would make code of a line. */
const LEADING_BLANKS = /^[ \t]+/;
/** `- item`, `--- rule`, `=== heading` and `1. item`. */
const LEADING_SIGN = /^(\s*)([-=])/;
const LEADING_NUMBER = /^(\s*\d{1,9})\.(?=\s|$)/;

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Zero-width characters, soft hyphens and tag characters: nothing is lost without them. */
const WIDTHLESS = /[\u00ad\u180e\u200b\u2060-\u2064\ufeff\u{e0000}-\u{e007f}]/gu;
/** Control characters and marks that turn the reading direction round, so that a text shows as another. */
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]/g;
const LONE_SURROGATE = /\p{Cs}/gu;

/** For a Markdown field of a card: TextBlock or FactSet. */
export function forMarkdown(text: string): string {
  return escapedLines(text).replace(ANGLES, '\\$&').replace(ENTITY, '\\&');
}

/** For the text of a Teams message, which is Markdown and HTML at once. */
export function forMessage(text: string): string {
  return escapedLines(text).replace(/[&<>]/g, htmlEscape);
}

/** For the name between `<at>` and `</at>`. */
export function mentionName(name: string): string {
  return collapsed(withoutHidden(name)).replace(/[&<>"]/g, htmlEscape);
}

/** In one line of at most `longest` UTF-16 units, cut between two characters as people see them. */
export function oneLine(text: string, longest: number): string {
  const line = collapsed(text);
  if (line.length <= longest) return line;
  if (longest < 1) return '';
  return `${withinLength(line, longest - 1).trimEnd()}…`;
}

/** Shows what hides in a text, or leaves out what is of no width. */
export function withoutHidden(text: string): string {
  return text
    .replace(WIDTHLESS, '')
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(HIDDEN, (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
}

function escapedLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map(escapedLine)
    .join('\n');
}

function escapedLine(line: string): string {
  return line
    .replace(SIGNS, '\\$&')
    .replace(PLACEHOLDER, '$$\\{')
    .replace(BARE_LINK, '\\$&')
    .replace(LEADING_BLANKS, (blanks) => '\u00a0'.repeat(blanks.length))
    .replace(LEADING_SIGN, '$1\\$2')
    .replace(LEADING_NUMBER, '$1\\.');
}

function htmlEscape(character: string): string {
  return HTML[character] ?? character;
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function withinLength(line: string, longest: number): string {
  let end = 0;
  // A little more than needed, so that the last character looked at is whole.
  for (const { index, segment } of new Intl.Segmenter().segment(line.slice(0, longest + 64))) {
    if (index + segment.length > longest) break;
    end = index + segment.length;
  }
  return line.slice(0, end);
}
