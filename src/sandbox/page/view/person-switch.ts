import type { Person } from '../world.ts';
import { el } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import { popover } from '../dom/popover.ts';
import { avatar } from './avatar.ts';
import type { Page } from './page.ts';

/** Who one is here, and everybody who one could be; each also in a window of their own. */
export function personSwitch(page: Page): HTMLElement {
  const { store } = page.session;
  const face = el('span', { class: 'person-face' });
  const { element } = popover({
    label: 'Who are you?',
    className: 'person-switch',
    button: [face, icon('chevronDown', 16)],
    content: (close) => people(page, close),
  });
  store.watch(
    ({ world, me }) => world?.people.find(({ handle }) => handle === me),
    (person) => {
      if (person === undefined) return;
      const words = el(
        'span',
        { class: 'person-words', title: person.role },
        el('span', { class: 'unseen' }, 'You are '),
        el('b', {}, person.name),
        el('small', {}, person.role),
      );
      face.replaceChildren(avatar(person.initials), words);
    },
  );
  return element;
}

function people(page: Page, close: () => void): HTMLElement {
  const { world, me } = page.session.store.state;
  const rows = (world?.people ?? []).map((person) => row(page, person, { isMe: person.handle === me, close }));
  const hint = el('p', { class: 'people-hint' }, 'Two windows are two people: both see the same threads, live.');
  return el('div', { class: 'people' }, el('h2', {}, 'Who are you?'), el('ul', {}, ...rows), hint);
}

function row(
  page: Page,
  person: Person,
  { isMe, close }: { readonly isMe: boolean; readonly close: () => void },
): HTMLElement {
  const onclick = (): void => {
    close();
    if (!isMe) page.session.become(person.handle);
  };
  const words = el('span', { class: 'person-words' }, el('b', {}, person.name), el('small', {}, person.role));
  const choose = el(
    'button',
    { type: 'button', class: 'choice', 'aria-pressed': String(isMe), onclick },
    avatar(person.initials),
    words,
    isMe && icon('check', 16),
  );
  const name = `${person.name} in a window of their own`;
  const link = el(
    'a',
    {
      class: 'icon-button',
      href: `?as=${encodeURIComponent(person.handle)}`,
      target: '_blank',
      'aria-label': name,
      title: name,
    },
    icon('window', 18),
  );
  return el('li', {}, choose, link);
}
