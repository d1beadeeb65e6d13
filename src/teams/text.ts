import type { Mention } from './activity/envelope.ts';

const MENTION = /<at(?:\s[^<>]*)?>([^<]*)<\/at>/gi;
const QUOTE_TAG = /<(\/?)(?:blockquote|quoted)\b[^<>]*?(\/?)>/gi;

/** Who the bot is in this conversation. */
export interface Self {
  readonly id: string;
  readonly name: string;
}

/** What somebody wrote to the bot: without its own mentions and without what they quoted, else unchanged. */
export function textForBot(text: string, mentions: readonly Mention[], self: Self): string {
  return withoutMentions(withoutQuotes(text), mentions, self).trim();
}

function withoutMentions(text: string, mentions: readonly Mention[], self: Self): string {
  const ours = mentions.filter(({ mentioned }) => mentioned.id === self.id);
  const names = new Set([self.name, ...ours.map(({ mentioned }) => mentioned.name ?? '')].map(plain));
  const texts = new Set(ours.map((mention) => mention.text));
  const theirs = new Set(mentions.filter((mention) => !ours.includes(mention)).map((mention) => mention.text));
  // Teams leaves the text out of a mention whose name holds `&`: then every tag that is nobody else's is ours.
  const someUnnamed = texts.has(undefined);
  return text.replace(MENTION, (tag, name: string) => {
    if (theirs.has(tag) && !texts.has(tag)) return tag;
    return texts.has(tag) || names.has(plain(name)) || someUnnamed ? ' ' : tag;
  });
}

function plain(name: string): string {
  return name.replaceAll('&nbsp;', ' ').replaceAll('&amp;', '&').replaceAll('\u00a0', ' ').trim().toLowerCase();
}

/** Nothing that stands inside a quotation is said by who quotes it, however deep; an open one reaches to the end. */
function withoutQuotes(text: string): string {
  let depth = 0;
  let from = 0;
  let said = '';
  for (const tag of text.matchAll(QUOTE_TAG)) {
    if (depth === 0) said += `${text.slice(from, tag.index)} `;
    from = tag.index + tag[0].length;
    const closes = tag[1] !== '';
    const isWhole = tag[2] !== '';
    if (closes) depth = Math.max(0, depth - 1);
    else if (!isWhole) depth += 1;
  }
  return depth === 0 ? said + text.slice(from) : said;
}
