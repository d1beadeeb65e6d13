import { el } from '../dom/el.ts';
import { botAvatar } from './avatar.ts';

/** “Scan Bot is typing”, with three dots. */
export function typingMark(name: string): HTMLElement {
  const dots = el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'));
  return el('div', { class: 'typing', hidden: true }, botAvatar('small'), el('span', {}, `${name} is typing`), dots);
}
