import { hostConfig } from '../../../src/sandbox/page/card/host-config.ts';
import { markFields } from '../../../src/sandbox/page/card/kept-inputs.ts';
import { parsedCard } from '../../../src/sandbox/page/card/renderer.ts';
import type { Theme } from '../../../src/sandbox/page/view/theme.ts';
import type { Piece } from '../piece.ts';

/** Called from outside, once for everything that is to be seen at a time. */
Object.assign(globalThis, { drawPieces });

function drawPieces(pieces: readonly Piece[]): void {
  const shelf = element('section', 'shelf');
  shelf.append(...pieces.map(drawn));
  document.querySelector('.shelf')?.remove();
  document.querySelector('main')?.append(shelf);
}

function drawn(piece: Piece, index: number): HTMLElement {
  const article = element('article', 'piece');
  Object.assign(article.dataset, { language: piece.language, look: piece.theme, name: piece.name });
  const stand = element('div', 'stand');
  stand.dataset['theme'] = piece.theme;
  stand.lang = piece.language;
  stand.append(text('p', 'toast', piece.summary), cardOf(piece, index));
  article.append(text('h2', 'name', `${piece.name} · ${piece.language}`), stand);
  return article;
}

function cardOf({ card, theme, name, language, summary }: Piece, index: number): HTMLElement {
  const parsed = parsedCard(card, hostConfig(theme satisfies Theme), { onAction: () => undefined });
  const drawing = parsed.render() ?? text('p', '', 'This card cannot be drawn.');
  markFields(drawing, parsed.getAllInputs(), `${name}-${language}-${theme}-${index}`);
  withOwnIds(drawing, `${index}-${language}-${theme}-`);
  const frame = element('div', 'card');
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', `${summary} (${name}, ${language}, ${theme}, ${index})`);
  frame.append(drawing);
  return frame;
}

/** The renderer counts from one in every card of a page: labels have to find their own field. */
function withOwnIds(drawing: HTMLElement, prefix: string): void {
  for (const part of [drawing, ...drawing.querySelectorAll<HTMLElement>('[id]')]) {
    if (part.id !== '') part.id = prefix + part.id;
  }
  for (const name of ['for', 'aria-labelledby', 'aria-describedby']) {
    for (const part of drawing.querySelectorAll(`[${name}]`)) {
      const ids = (part.getAttribute(name) ?? '').split(' ').map((id) => prefix + id);
      part.setAttribute(name, ids.join(' '));
    }
  }
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}

function text(tag: string, className: string, words: string): HTMLElement {
  const made = element(tag, className);
  made.textContent = words;
  return made;
}
