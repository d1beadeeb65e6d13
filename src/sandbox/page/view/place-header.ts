import type { PlaceInfo } from '../world.ts';
import { el, write } from '../dom/el.ts';
import { icon, type IconName } from '../dom/icon.ts';
import { botAvatar } from './avatar.ts';
import type { Page } from './page.ts';

const PICTURES: Readonly<Record<PlaceInfo['kind'], IconName>> = {
  channel: 'channel',
  group: 'people',
  personal: 'chat',
};

/** Where one is, and who else. On a phone the name leads to the other places. */
export function placeHeader(page: Page, place: PlaceInfo, signal: AbortSignal): HTMLElement {
  const { store } = page.session;
  const onclick = (): void => {
    store.change({ railOpen: !store.state.railOpen });
  };
  const places = el(
    'button',
    { type: 'button', class: 'icon-button places-button', 'aria-label': 'Places', onclick },
    icon('menu'),
  );
  const title = el('div', { class: 'place-title' }, el('h1', {}, place.name), el('p', {}, about(page, place)));
  return el(
    'header',
    { class: 'place-header' },
    places,
    placePicture(place),
    title,
    offline(page, signal),
    panelButton(page, signal),
  );
}

export function placePicture({ kind }: PlaceInfo): HTMLElement {
  if (kind === 'personal') return botAvatar();
  return el('span', { class: 'place-picture', 'aria-hidden': 'true' }, icon(PICTURES[kind]));
}

function about({ session }: Page, { kind, team, members }: PlaceInfo): string {
  const people = session.store.state.world?.people ?? [];
  const names = people.filter(({ handle }) => members.includes(handle)).map(({ name }) => name);
  if (kind === 'personal') return 'Personal chat';
  return kind === 'channel' ? `${team ?? 'Team'} · ${names.length} members` : names.join(', ');
}

/** Stands here only while the panel is closed: open, it has a button of its own. */
function panelButton({ session: { store } }: Page, signal: AbortSignal): HTMLElement {
  const label = el('span');
  const onclick = (): void => {
    store.change({ panelOpen: true });
    document.querySelector<HTMLElement>('.tab[aria-selected="true"]')?.focus();
  };
  const button = el('button', { type: 'button', class: 'button panel-button', onclick }, icon('panel', 18), label);
  store.watch(
    ({ world }) => ticked(world?.drill),
    (count) => {
      write(label, `Drill ${count}`);
    },
    signal,
  );
  return button;
}

function ticked(drill: readonly { readonly done: boolean }[] = []): string {
  return `${drill.filter(({ done }) => done).length}/${drill.length}`;
}

function offline({ session: { store } }: Page, signal: AbortSignal): HTMLElement {
  const mark = el('span', { class: 'offline', role: 'status' });
  store.watch(
    ({ online }) => online,
    (online) => {
      write(mark, online ? '' : 'Connecting…');
    },
    signal,
  );
  return mark;
}
