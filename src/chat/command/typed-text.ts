import { decode } from 'html-entities';

/** Around the name of somebody mentioned: no word of the command, but part of a reason. Never occur in text. */
export const MENTION_START = '\ufdd0';
export const MENTION_END = '\ufdd1';
const MENTION_MARKS = /[\ufdd0\ufdd1]/g;

/*
 * Only the tags that Teams itself writes: what a person typed in angle brackets comes escaped,
 * and `<file.exe>` in a reason has to stay.
 */
const TAG =
  /<(\/?)(at|quoted|blockquote|attachment|emoji|img|a|p|div|span|br|hr|b|i|u|s|em|strong|strike|del|code|pre|codeblock|ul|ol|li|h[1-6]|font|sub|sup|table|tbody|thead|tr|td|th)((?:[\s/][^<>]*)?)>/gi;
const BREAKING: ReadonlySet<string> = new Set(['br', 'hr', 'p', 'div', 'li', 'tr', 'pre', 'codeblock', 'blockquote']);
/** Between two cells of a pasted table stands what a spreadsheet puts there. */
const CELLS: ReadonlySet<string> = new Set(['td', 'th']);
const LEADING_QUOTE_LINES = /^\s*(?:>[^\n]*(?:\n[ \t]*|$))+/;

interface Tag {
  readonly name: string;
  readonly closes: boolean;
  readonly attributes: string;
  readonly start: number;
  readonly end: number;
}

/** What the person typed: tags and quoted messages gone, entities decoded once, mentions between their marks. */
export function readTyped(raw: string): string {
  const tags = tagsIn(raw);
  const closing = closingTags(tags);
  let typed = '';
  let from = 0;
  tags.forEach((tag, index) => {
    if (tag.start < from) return;
    typed += plain(raw.slice(from, tag.start));
    const end = closing[index];
    if (end !== undefined) typed += enclosed(tag, raw.slice(tag.end, end.start));
    else if (BREAKING.has(tag.name)) typed += '\n';
    else if (CELLS.has(tag.name) && tag.closes) typed += '\t';
    from = (end ?? tag).end;
  });
  return (typed + plain(raw.slice(from))).replace(LEADING_QUOTE_LINES, '');
}

export function withoutMentionMarks(typed: string): string {
  return typed.replace(MENTION_MARKS, '');
}

function tagsIn(raw: string): readonly Tag[] {
  return Array.from(raw.matchAll(TAG), (match) => ({
    name: (match[2] ?? '').toLowerCase(),
    closes: match[1] === '/',
    attributes: match[3] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** For each tag that is taken with what it encloses: where it closes. */
function closingTags(tags: readonly Tag[]): readonly (Tag | undefined)[] {
  const next = new Map<string, Tag>();
  return tags
    .toReversed()
    .map((tag) => {
      if (tag.closes) next.set(tag.name, tag);
      return tag.closes || !isTakenWhole(tag) ? undefined : next.get(tag.name);
    })
    .reverse();
}

function isTakenWhole(tag: Tag): boolean {
  if (tag.attributes.endsWith('/')) return false;
  return tag.name === 'at' || tag.name === 'quoted' || (tag.name === 'blockquote' && /\/reply\b/i.test(tag.attributes));
}

function enclosed(tag: Tag, content: string): string {
  if (tag.name !== 'at') return '\n';
  return MENTION_START + plain(content.replace(TAG, '')) + MENTION_END;
}

function plain(raw: string): string {
  // Strict: `&copy=1` in a link is no ©.
  return withoutMentionMarks(decode(raw, { scope: 'strict' }));
}
