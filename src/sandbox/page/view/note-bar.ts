import { el } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import type { Note } from '../state/state.ts';
import type { Page } from './page.ts';

/** What a press was answered, under the card: the red bar, a line, or the request to sign in. */
export function noteBar(page: Page, message: string, note: Note): HTMLElement {
  const picture = icon(note.kind === 'error' ? 'error' : note.kind === 'login' ? 'key' : 'info', 16);
  const bar = el(
    'div',
    { class: `note of-${note.kind}`, role: note.kind === 'error' ? 'alert' : 'status' },
    picture,
    el('span', { class: 'note-text' }, note.text, el('small', {}, 'Only you see this')),
  );
  bar.append(note.kind === 'login' ? signInButton(page, message, note) : dropButton(page, message));
  return bar;
}

function signInButton(page: Page, message: string, note: Note & { readonly kind: 'login' }): HTMLElement {
  const onclick = (): void => {
    page.session.askToSignIn({ text: note.text, of: { login: note.login }, message });
  };
  return el('button', { type: 'button', class: 'button primary small', onclick }, note.button);
}

function dropButton(page: Page, message: string): HTMLElement {
  const onclick = (): void => {
    page.session.dropNote(message);
  };
  return el(
    'button',
    { type: 'button', class: 'icon-button tiny', 'aria-label': 'Close this note', onclick },
    icon('close', 14),
  );
}
