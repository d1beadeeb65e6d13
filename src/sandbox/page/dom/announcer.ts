import { el } from './el.ts';

const LINES_KEPT = 3;

/** Says to screen readers what others see appear. */
export class Announcer {
  readonly element = el('div', { class: 'unseen', role: 'log', 'aria-live': 'polite', 'aria-label': 'Announcements' });

  say(text: string): void {
    if (text === '') return;
    this.element.append(el('p', {}, text));
    while (this.element.childElementCount > LINES_KEPT) this.element.firstElementChild?.remove();
  }
}
