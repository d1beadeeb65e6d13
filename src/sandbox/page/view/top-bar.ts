import { el } from '../dom/el.ts';
import { botFace, icon, type IconName } from '../dom/icon.ts';
import { popover } from '../dom/popover.ts';
import { roving } from '../dom/roving.ts';
import type { Page } from './page.ts';
import { personSwitch } from './person-switch.ts';
import type { ThemeChoice } from './theme.ts';

const THEMES: Readonly<Record<ThemeChoice, readonly [string, IconName]>> = {
  system: ['Like the system', 'screen'],
  light: ['Light', 'sun'],
  dark: ['Dark', 'moon'],
  contrast: ['High contrast', 'contrast'],
};

/** The bar at the top: what this is, who one is, and the look of it. */
export function topBar(page: Page): HTMLElement {
  const mark = el('span', { class: 'product-mark', 'aria-hidden': 'true' }, botFace(22));
  const product = el(
    'div',
    { class: 'product' },
    mark,
    el('span', { class: 'product-name' }, 'Scan Bot'),
    el('span', { class: 'product-kind' }, 'Sandbox'),
  );
  return el(
    'header',
    { class: 'top-bar' },
    product,
    el('div', { class: 'top-tools' }, themeSwitch(page), personSwitch(page)),
  );
}

function themeSwitch({ theme }: Page): HTMLElement {
  const { element } = popover({
    label: 'Look of the page',
    className: 'theme-switch',
    button: [icon('contrast'), el('span', { class: 'unseen' }, 'Look of the page')],
    content: (close) => {
      const choices = Object.entries(THEMES).map(([choice, [title, picture]]) => {
        const onclick = (): void => {
          theme.choose(choice as ThemeChoice);
          close();
        };
        const isChosen = theme.choice === choice;
        const tick = isChosen && icon('check', 16);
        return el(
          'button',
          { type: 'button', class: 'choice', 'aria-pressed': String(isChosen), onclick },
          icon(picture),
          el('span', {}, title),
          tick,
        );
      });
      const box = el('div', { class: 'choices' }, ...choices);
      roving(box, '.choice');
      return box;
    },
  });
  return element;
}
