import type { SignIn } from '../api.ts';
import type { Person } from '../world.ts';
import { el } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import type { SignInWindow } from '../state/state.ts';
import { avatar } from './avatar.ts';
import type { Page } from './page.ts';

/** The window that Microsoft Entra would open: sign in as oneself, as somebody else, or not at all. */
export function signInWindow(page: Page): HTMLElement {
  const { store } = page.session;
  const dialog = el('dialog', { class: 'sign-in', 'aria-labelledby': 'sign-in-title' });
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    choose(page, dialog, { choice: 'cancel' });
  });
  store.watch(
    ({ signIn }) => signIn,
    (signIn) => {
      if (signIn === undefined) {
        close(dialog);
        return;
      }
      dialog.dataset['for'] = signIn.message;
      dialog.replaceChildren(...content(page, dialog, signIn));
      if (!dialog.open) dialog.showModal();
    },
  );
  return dialog;
}

/** The button that opened it may be gone by then; the message that it was in is not. */
function close(dialog: HTMLDialogElement): void {
  if (!dialog.open) return;
  dialog.close();
  const message = `[data-message="${CSS.escape(dialog.dataset['for'] ?? '')}"]`;
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>(message)?.focus();
  });
}

function content(page: Page, dialog: HTMLDialogElement, { text }: SignInWindow): readonly HTMLElement[] {
  const { world, me } = page.session.store.state;
  const mine = world?.people.find(({ handle }) => handle === me);
  const others = (world?.people ?? []).filter(({ handle }) => handle !== me);
  const cancel = (): void => {
    choose(page, dialog, { choice: 'cancel' });
  };
  const closeButton = el(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Cancel the sign-in', onclick: cancel },
    icon('close', 16),
  );
  const bar = el('div', { class: 'window-bar' }, icon('key', 16), el('span', {}, 'Sign-in window'), closeButton);
  const own = mine === undefined ? undefined : account(page, dialog, { person: mine, choice: { choice: 'ok' } });
  const strangers = others.map((person) =>
    account(page, dialog, { person, choice: { choice: 'other-account', other: person.handle } }),
  );
  const more = el(
    'details',
    {},
    el('summary', {}, icon('chevronRight', 16), 'Use another account'),
    el('div', { class: 'accounts' }, ...strangers),
  );
  const body = el(
    'div',
    { class: 'window-body' },
    el('h2', { id: 'sign-in-title' }, 'Pick an account'),
    el('p', {}, text),
    el('div', { class: 'accounts' }, own, more),
    el('button', { type: 'button', class: 'button', onclick: cancel }, 'Cancel'),
  );
  return [
    bar,
    body,
    el('p', { class: 'window-foot' }, 'Stands in for Microsoft Entra. No password, nothing leaves this machine.'),
  ];
}

interface Account {
  readonly person: Person;
  readonly choice: Pick<SignIn, 'choice' | 'other'>;
}

function account(page: Page, dialog: HTMLDialogElement, { person, choice }: Account): HTMLElement {
  const onclick = (): void => {
    choose(page, dialog, choice);
  };
  const words = el(
    'span',
    { class: 'person-words' },
    el('b', {}, person.name),
    el('small', {}, choice.choice === 'ok' ? 'Your Teams account' : person.role),
  );
  return el(
    'button',
    { type: 'button', class: 'choice', autofocus: choice.choice === 'ok', onclick },
    avatar(person.initials),
    words,
  );
}

function choose({ session }: Page, dialog: HTMLDialogElement, choice: Account['choice']): void {
  dialog.classList.add('busy');
  void session.signIn(choice).finally(() => {
    dialog.classList.remove('busy');
  });
}
