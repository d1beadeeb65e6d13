import { el, give } from '../dom/el.ts';
import { icon, type IconName } from '../dom/icon.ts';
import { roving } from '../dom/roving.ts';
import { PHONE, WIDE } from '../dom/widths.ts';
import type { PanelTab } from '../state/state.ts';
import type { Page } from '../view/page.ts';
import { drill } from './drill.ts';
import { wireLog } from './wire-log.ts';
import { worldPanel } from './world-panel.ts';

const TABS: Readonly<Record<PanelTab, readonly [string, IconName]>> = {
  drill: ['Drill', 'drill'],
  world: ['World', 'sliders'],
  wire: ['Wire', 'list'],
};

/** Beside the conversation: the drill, the world and its switches, and what goes over the wire. */
export function panel(page: Page): HTMLElement {
  const { store } = page.session;
  const contents = { drill: drill(page), world: worldPanel(page), wire: wireLog(page) };
  const tabs = tabList(page);
  const close = (): void => {
    store.change({ panelOpen: false });
  };
  const closeButton = el(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Close the panel', onclick: close },
    icon('close'),
  );
  const pages = Object.entries(contents).map(([tab, content]) =>
    el(
      'div',
      { class: 'panel-page', role: 'tabpanel', id: `panel-${tab}`, 'aria-labelledby': `tab-${tab}`, tabindex: '0' },
      content,
    ),
  );
  const aside = el(
    'aside',
    { class: 'panel', id: 'panel', 'aria-label': 'Drill, world and wire' },
    el('div', { class: 'panel-head' }, tabs, closeButton),
    ...pages,
  );
  aside.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && !WIDE.matches) close();
  });
  keepShown(page, aside, pages);
  return aside;
}

function keepShown({ session: { store } }: Page, aside: HTMLElement, pages: readonly HTMLElement[]): void {
  store.watch(
    ({ tab }) => tab,
    (tab) => {
      for (const one of pages) one.hidden = one.id !== `panel-${tab}`;
    },
  );
  const show = (): void => {
    const { panelOpen } = store.state;
    const hadFocus = aside.contains(document.activeElement);
    document.body.classList.toggle('panel-open', panelOpen);
    aside.inert = !panelOpen;
    // On a phone the panel covers the conversation, so nobody may tab into what lies below.
    document.getElementById('conversation')?.toggleAttribute('inert', panelOpen && PHONE.matches);
    if (hadFocus && !panelOpen) document.querySelector<HTMLElement>('.panel-button')?.focus();
  };
  store.watch(({ panelOpen }) => panelOpen, show);
  PHONE.addEventListener('change', show);
  WIDE.addEventListener('change', ({ matches }) => {
    store.change({ panelOpen: matches });
  });
}

function tabList({ session: { store } }: Page): HTMLElement {
  const tabs = Object.entries(TABS).map(([tab, [title, picture]]) => {
    const onclick = (): void => {
      store.change({ tab: tab as PanelTab });
    };
    const attributes = {
      type: 'button',
      role: 'tab',
      id: `tab-${tab}`,
      'aria-controls': `panel-${tab}`,
      class: 'tab',
      onclick,
    };
    return el('button', attributes, icon(picture, 18), el('span', {}, title));
  });
  const list = el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Panel' }, ...tabs);
  const settle = roving(list, '.tab');
  store.watch(
    ({ tab }) => tab,
    (tab) => {
      for (const one of tabs) give(one, 'aria-selected', String(one.id === `tab-${tab}`));
      settle();
    },
  );
  return list;
}

/** At the bottom of a phone: the conversation and the panel's tabs. */
export function bottomBar({ session: { store } }: Page): HTMLElement {
  const chat = entry('Chat', 'chat', () => {
    store.change({ panelOpen: false, railOpen: false });
  });
  const others = Object.entries(TABS).map(([tab, [title, picture]]) =>
    entry(title, picture, () => {
      store.change({ tab: tab as PanelTab, panelOpen: true, railOpen: false });
    }),
  );
  const nav = el('nav', { class: 'bottom-bar', 'aria-label': 'Parts of the page' }, chat, ...others);
  store.watch(
    ({ tab, panelOpen }) => (panelOpen ? TABS[tab][0] : 'Chat'),
    (current) => {
      for (const one of [chat, ...others]) give(one, 'aria-current', one.textContent === current ? 'true' : undefined);
    },
  );
  return nav;
}

function entry(title: string, picture: IconName, onclick: () => void): HTMLElement {
  return el('button', { type: 'button', class: 'bottom-entry', onclick }, icon(picture), el('span', {}, title));
}
