import { el } from '../dom/el.ts';

/** The mentions of a card stand in its texts as `<at>Name</at>`; they become marks like those in messages. */
export function markMentions(box: HTMLElement, card: Readonly<Record<string, unknown>>): void {
  const texts = mentionTexts(card);
  if (texts.length === 0) return;
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode() !== null) nodes.push(walker.currentNode as Text);
  for (const node of nodes) for (const text of texts) markIn(node, text);
}

function markIn(node: Text, text: string): void {
  const at = node.data.indexOf(text);
  if (at < 0) return;
  const found = node.splitText(at);
  const rest = found.splitText(text.length);
  found.replaceWith(el('span', { class: 'mention' }, text.replace(/<\/?at>/g, '')));
  markIn(rest, text);
}

function mentionTexts(card: Readonly<Record<string, unknown>>): readonly string[] {
  const { entities } = record(card['msteams']);
  if (!Array.isArray(entities)) return [];
  return entities.map((entity) => record(entity)['text']).filter((text) => typeof text === 'string');
}

function record(value: unknown): { readonly [name: string]: unknown; readonly entities?: unknown } {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
