import { SECOND } from '../duration.ts';
import { el } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import { KeyedList } from '../dom/keyed-list.ts';
import { placesOf, type ShownToast } from '../state/state.ts';
import { authorOf } from './avatar.ts';
import type { Page } from './page.ts';

const MARKED_FOR = 2.5 * SECOND;
const SHOWN_FOR = 9 * SECOND;

/** Notifications of mentions, in the corner. Each leads to its message. */
export function toasts(page: Page): HTMLElement {
  const box = el('div', { class: 'toasts', role: 'region', 'aria-label': 'Notifications' });
  const list = new KeyedList<ShownToast>(box, {
    key: ({ n }) => String(n),
    make: (toast) => ({ element: toastCard(page, toast), show: () => undefined }),
  });
  page.session.store.watch(
    ({ toasts: shown }) => shown,
    (shown) => {
      list.show(shown);
    },
  );
  return box;
}

function toastCard(page: Page, toast: ShownToast): HTMLElement {
  const { state } = page.session.store;
  const author = authorOf(state.world, toast.author);
  const place = placesOf(state).find(({ id }) => id === toast.place);
  const title = `${author.name} mentioned you`;
  const drop = (): void => {
    page.session.dropToast(toast.n);
  };
  const onclick = (): void => {
    drop();
    reveal(page, toast);
  };
  const words = el(
    'span',
    { class: 'toast-words' },
    el('b', {}, title),
    el('span', {}, toast.summary),
    el('small', {}, place?.name ?? ''),
  );
  const open = el('button', { type: 'button', class: 'toast-open', onclick }, author.picture, words);
  const close = el(
    'button',
    { type: 'button', class: 'icon-button tiny', 'aria-label': 'Close this notification', onclick: drop },
    icon('close', 16),
  );
  const card = el('div', { class: 'toast' }, open, close);
  page.announcer.say(`${title}: ${toast.summary}`);
  leaveLater(card, drop);
  return card;
}

/** Not while somebody points at it or stands in it. */
function leaveLater(card: HTMLElement, drop: () => void): void {
  let timer = setTimeout(drop, SHOWN_FOR);
  const hold = (): void => {
    clearTimeout(timer);
  };
  const release = (): void => {
    clearTimeout(timer);
    timer = setTimeout(drop, SHOWN_FOR);
  };
  card.addEventListener('pointerenter', hold);
  card.addEventListener('pointerleave', release);
  card.addEventListener('focusin', hold);
  card.addEventListener('focusout', release);
}

function reveal({ session }: Page, { place, message }: ShownToast): void {
  session.open(place);
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(`[data-message="${CSS.escape(message)}"]`);
    element?.scrollIntoView({ block: 'center' });
    element?.focus({ preventScroll: true });
    element?.classList.add('found');
    setTimeout(() => element?.classList.remove('found'), MARKED_FOR);
  });
}
