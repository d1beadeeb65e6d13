import { el } from './dom/el.ts';
import { Announcer } from './dom/announcer.ts';
import { WIDE } from './dom/widths.ts';
import { bottomBar, panel } from './panel/panel.ts';
import { Client } from './state/client.ts';
import { Session } from './state/session.ts';
import { emptyState, openPlace, type State } from './state/state.ts';
import { Store } from './state/store.ts';
import { conversation } from './view/conversation.ts';
import { Drafts } from './view/drafts.ts';
import { announceNews } from './view/hearing.ts';
import type { Page } from './view/page.ts';
import { rail } from './view/rail.ts';
import { signInWindow } from './view/sign-in-window.ts';
import { ThemeSwitch } from './view/theme.ts';
import { toasts } from './view/toasts.ts';
import { topBar } from './view/top-bar.ts';

const FIRST_PERSON = 'alice';

start();

function start(): void {
  const store = new Store({ ...emptyState(personInAddress()), panelOpen: WIDE.matches });
  const page = {
    session: new Session(store, new Client()),
    theme: new ThemeSwitch(),
    announcer: new Announcer(),
    drafts: new Drafts(),
  };
  page.theme.start();
  document.body.append(...layout(page));
  announceNews(page);
  keepAddress(page);
  keepTitle(page);
  void page.session.begin();
}

function layout(page: Page): readonly HTMLElement[] {
  const skip = el('a', { class: 'skip', href: '#conversation' }, 'Skip to the conversation');
  const columns = el('div', { class: 'columns' }, rail(page), conversation(page), panel(page));
  return [skip, topBar(page), columns, bottomBar(page), toasts(page), signInWindow(page), page.announcer.element];
}

function personInAddress(): string {
  return new URLSearchParams(location.search).get('as') ?? FIRST_PERSON;
}

/** The address says who one is: it can be reloaded and handed on. */
function keepAddress({ session }: Page): void {
  session.store.watch(
    ({ me }) => me,
    (me) => {
      if (me !== personInAddress()) history.pushState(undefined, '', `?as=${encodeURIComponent(me)}`);
    },
  );
  addEventListener('popstate', () => {
    const me = personInAddress();
    if (me !== session.store.state.me) session.become(me);
  });
}

function keepTitle({ session: { store } }: Page): void {
  store.watch(titleOf, (title) => {
    document.title = title;
  });
}

function titleOf(state: State): string {
  const unread = Object.values(state.unread).reduce((sum, { count }) => sum + count, 0);
  const mark = unread === 0 ? '' : `(${unread}) `;
  const me = state.world?.people.find(({ handle }) => handle === state.me)?.name;
  return [`${mark}${openPlace(state)?.name ?? 'Scan Bot'}`, me, 'Scan Bot sandbox']
    .filter((part) => part !== undefined)
    .join(' · ');
}
