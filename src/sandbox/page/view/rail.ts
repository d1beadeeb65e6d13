import type { PlaceInfo } from '../world.ts';
import { el, give, unseen } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import { onPressOutside } from '../dom/press-outside.ts';
import { roving } from '../dom/roving.ts';
import { openPlace, placesOf, type State, type Unread } from '../state/state.ts';
import type { Page } from './page.ts';
import { placePicture } from './place-header.ts';

/** The places, as Teams lists them: channels by team, then chats. */
export function rail(page: Page): HTMLElement {
  const { store } = page.session;
  const list = el('div', { class: 'rail-list' });
  const foot = el('div', { class: 'rail-foot' });
  const nav = el('nav', { class: 'rail', id: 'places', 'aria-label': 'Places' }, list, foot);
  const settle = roving(list, '.rail-item');
  store.watch(railKey, () => {
    const focused = document.activeElement?.getAttribute('data-place');
    list.replaceChildren(...sections(page, store.state));
    foot.replaceChildren(...secondWindow(store.state));
    settle();
    if (typeof focused === 'string') list.querySelector<HTMLElement>(`[data-place="${CSS.escape(focused)}"]`)?.focus();
  });
  store.watch(
    ({ railOpen }) => railOpen,
    (railOpen) => {
      nav.classList.toggle('open', railOpen);
      if (railOpen) list.querySelector<HTMLElement>('[aria-current]')?.focus();
    },
  );
  nav.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !store.state.railOpen) return;
    store.change({ railOpen: false });
    document.querySelector<HTMLElement>('.places-button')?.focus();
  });
  onPressOutside([nav], () => {
    if (store.state.railOpen) store.change({ railOpen: false });
  });
  return nav;
}

function railKey(state: State): string {
  return JSON.stringify([state.me, openPlace(state)?.id, placesOf(state), state.unread]);
}

function sections(page: Page, state: State): readonly HTMLElement[] {
  const places = placesOf(state);
  const channels = places.filter(({ kind }) => kind === 'channel');
  const chats = places.filter(({ kind }) => kind !== 'channel');
  const team = channels[0]?.team ?? 'Team';
  return [section(page, team, channels), section(page, 'Chats', chats)];
}

/** The sandbox is at its best with two people. */
function secondWindow({ world, me }: State): readonly HTMLElement[] {
  const other = world?.people.find(({ handle }) => handle !== me);
  if (other === undefined) return [];
  const link = el(
    'a',
    { href: `?as=${encodeURIComponent(other.handle)}`, target: '_blank' },
    icon('window', 16),
    `Be ${other.name}, too`,
  );
  return [el('p', {}, 'Open a second window and see the same threads live.'), link];
}

function section(page: Page, title: string, places: readonly PlaceInfo[]): HTMLElement {
  const items = places.map((place) => el('li', {}, item(page, place)));
  return el('section', { class: 'rail-section' }, el('h2', {}, title), el('ul', {}, ...items));
}

function item({ session }: Page, place: PlaceInfo): HTMLElement {
  const { state } = session.store;
  const unread = state.unread[place.id];
  const onclick = (): void => {
    session.open(place.id);
  };
  const name = el('span', { class: 'rail-name' }, place.name);
  const button = el(
    'button',
    { type: 'button', class: 'rail-item', title: place.name, 'data-place': place.id, onclick },
    placePicture(place),
    name,
  );
  give(button, 'aria-current', openPlace(state)?.id === place.id ? 'page' : undefined);
  if (unread !== undefined) button.append(dot(unread));
  return button;
}

function dot({ count, mentioned }: Unread): HTMLElement {
  const mark = el(
    'span',
    { class: mentioned ? 'unread mentioned' : 'unread' },
    mentioned ? `@${count}` : String(count),
  );
  mark.append(unseen(mentioned ? ' unread, mentions you' : ' unread'));
  return mark;
}
