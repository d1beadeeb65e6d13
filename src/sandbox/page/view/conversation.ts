import type { PlaceInfo } from '../world.ts';
import { el } from '../dom/el.ts';
import { openPlace, type State } from '../state/state.ts';
import { ChannelView } from './channel-view.ts';
import { ChatView } from './chat-view.ts';
import type { Page } from './page.ts';
import { placeHeader } from './place-header.ts';

/** The middle of the page: the open place. */
export function conversation(page: Page): HTMLElement {
  const { store } = page.session;
  const main = el('main', { id: 'conversation', class: 'main', tabindex: '-1' });
  let leave = new AbortController();
  const enter = (): void => {
    leave.abort();
    leave = new AbortController();
    const place = openPlace(store.state);
    main.replaceChildren(
      ...(place === undefined || !store.state.loaded ? [skeleton()] : inside(page, place, leave.signal)),
    );
  };
  store.watch(openKey, enter);
  return main;
}

/** A new view for each place and person, and again when everything began anew. */
function openKey(state: State): string {
  const place = openPlace(state);
  return place === undefined || !state.loaded ? '' : `${state.me} ${place.id}`;
}

function inside(page: Page, place: PlaceInfo, signal: AbortSignal): readonly Node[] {
  const view = place.kind === 'channel' ? new ChannelView(page, place.id, signal) : new ChatView(page, place, signal);
  const { store } = page.session;
  const isShown = (state: State): boolean => openPlace(state)?.id === place.id;
  const show = (): void => {
    if (isShown(store.state)) view.show(store.state);
  };
  store.watch(({ messages }) => messages, show, signal);
  store.watch(({ typing }) => typing, show, signal);
  store.watch(({ notes }) => notes, show, signal);
  store.watch(({ ownViews }) => ownViews, show, signal);
  page.theme.onChange(show, signal);
  queueMicrotask(() => {
    view.start();
  });
  return [placeHeader(page, place, signal), view.element];
}

function skeleton(): HTMLElement {
  const bars = Array.from({ length: 3 }, () => el('div', { class: 'skeleton' }, el('i'), el('i'), el('i')));
  return el('div', { class: 'skeletons', role: 'status', 'aria-label': 'Loading' }, ...bars);
}
