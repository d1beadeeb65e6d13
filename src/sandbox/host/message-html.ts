import { decode } from 'html-entities';
import MarkdownIt from 'markdown-it';
import type { Cast } from '../teams/cast.ts';
import { isJson, record, words } from '../teams/json.ts';
import type { Message } from '../teams/message.ts';

const markdown = new MarkdownIt({ html: false, breaks: true, linkify: false });

/** Private characters around a number: where a mention stood, out of Markdown's reach. */
const MARK = /\uE000(\d+)\uE001/g;

interface Mentioned {
  /** What stands in the text for it. */
  readonly text: string;
  readonly name: string;
  /** Undefined for the bot. */
  readonly handle: string | undefined;
}

/** The text as it is shown: the bot's is Markdown, people type plain words. */
export function htmlOf(message: Message, cast: Cast): string {
  const mentions = mentionedIn(message, cast);
  const marked = mentions.reduce(
    (text, mention, index) => text.replaceAll(mention.text, `\uE000${index}\uE001`),
    message.text.replace(MARK, ''),
  );
  const html = message.author.kind === 'bot' ? markdown.render(marked) : escaped(marked).replaceAll('\n', '<br>');
  return html.trim().replace(MARK, (_, index: string) => span(mentions[Number(index)]));
}

/** The same without any markup. */
export function plainOf(html: string): string {
  return decode(html.replaceAll('<br>', '\n').replace(/<[^>]+>/g, '')).trim();
}

/** The bot says whom it mentions; people type `@` and a name. */
function mentionedIn(message: Message, cast: Cast): readonly Mentioned[] {
  if (message.author.kind === 'bot') return message.entities.flatMap((entity) => byEntity(entity, cast));
  const named = cast.people.map(({ name, handle }) => ({ text: `@${name}`, name, handle }));
  const bot = { text: `@${cast.bot.name}`, name: cast.bot.name, handle: undefined };
  return [bot, ...named].filter(({ text }) => message.text.includes(text));
}

function byEntity(entity: unknown, cast: Cast): readonly Mentioned[] {
  if (!isJson(entity) || entity['type'] !== 'mention') return [];
  const person = cast.byId(words(record(entity['mentioned'])['id']) ?? '');
  const text = words(entity['text']);
  if (person === undefined || text === undefined || text === '') return [];
  return [{ text, name: person.name, handle: person.handle }];
}

/** The people whom it mentions. */
export function handlesIn(message: Message, cast: Cast): readonly string[] {
  const handles = mentionedIn(message, cast).flatMap(({ handle }) => (handle === undefined ? [] : [handle]));
  return [...new Set(handles)];
}

function span(mention: Mentioned | undefined): string {
  if (mention === undefined) return '';
  const whom = mention.handle === undefined ? 'data-bot' : `data-handle="${escaped(mention.handle)}"`;
  return `<span class="mention" ${whom}>${escaped(mention.name)}</span>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
