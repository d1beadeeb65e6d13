import { el } from '../dom/el.ts';

const ALLOWED = new Set(['B', 'BR', 'CODE', 'EM', 'I', 'LI', 'OL', 'P', 'STRONG', 'UL']);

/** The text of a message, built anew from what is allowed in it; everything else is shown as its text. */
export function richText(html: string, me: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...copied(new DOMParser().parseFromString(html, 'text/html').body, me));
  return fragment;
}

function copied(from: Node, me: string): Node[] {
  return [...from.childNodes].flatMap((node) => {
    if (node instanceof Text) return [document.createTextNode(node.data)];
    return node instanceof HTMLElement ? copy(node, me) : [];
  });
}

function copy(node: HTMLElement, me: string): Node[] {
  const inside = copied(node, me);
  if (node.classList.contains('mention')) {
    const isMe = node.dataset['handle'] === me;
    return [el('span', { class: isMe ? 'mention of-me' : 'mention' }, ...inside)];
  }
  if (node instanceof HTMLAnchorElement && /^https?:\/\//i.test(node.getAttribute('href') ?? '')) {
    return [el('a', { href: node.href, target: '_blank', rel: 'noopener noreferrer' }, ...inside)];
  }
  if (!ALLOWED.has(node.tagName)) return inside;
  return [el(node.tagName.toLowerCase() as 'p', {}, ...inside)];
}
