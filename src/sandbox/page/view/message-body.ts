import type { Message } from '../api.ts';
import { CardView } from '../card/card-view.ts';
import { el } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import type { Note } from '../state/state.ts';
import { noteBar } from './note-bar.ts';
import type { Page } from './page.ts';
import { richText } from './rich-text.ts';

/** What a message says: text, card or request to sign in, and below it what only this person sees. */
export class MessageBody {
  readonly element = el('div', { class: 'message-body' });
  readonly #page: Page;
  readonly #message: Message;
  readonly #text = el('div', { class: 'message-text' });
  readonly #below = el('div', { class: 'below-card' });
  readonly #ownMark = el('div', { class: 'own-mark' }, icon('eye', 14), 'Only you see this');
  #card: CardView | undefined;
  #html = '';
  #note: Note | undefined;
  #signIn = '';

  constructor(page: Page, message: Message) {
    this.#page = page;
    this.#message = message;
    this.element.append(this.#text, this.#below);
  }

  show(message: Message): void {
    const { state } = this.#page.session.store;
    this.#showText(message, state.me);
    this.#showCard(message);
    this.#showSignIn(message);
    this.#showNote(state.notes[message.id]);
    this.#ownMark.hidden = !state.ownViews.includes(message.id);
  }

  #showText({ html, text, card }: Message, me: string): void {
    const said = card === undefined ? html || text : '';
    if (said === this.#html) return;
    this.#html = said;
    this.#text.replaceChildren(html === '' ? document.createTextNode(text) : richText(html, me));
  }

  #showCard({ card, summary, text }: Message): void {
    if (card === undefined) {
      this.#card?.element.remove();
      this.#card = undefined;
      return;
    }
    if (this.#card === undefined) {
      this.#card = new CardView(this.#page, this.#message);
      this.#below.before(this.#card.element);
      this.#below.before(this.#ownMark);
    }
    this.#card.show(card, `Card: ${summary || text}`);
  }

  #showSignIn(message: Message): void {
    const shown = JSON.stringify(message.signIn);
    if (message.signIn === undefined || shown === this.#signIn) return;
    this.#signIn = shown;
    this.#text.replaceChildren(this.#signInCard(message.id, message.signIn));
  }

  #signInCard(id: string, { text, button, done }: NonNullable<Message['signIn']>): HTMLElement {
    const onclick = (): void => {
      this.#page.session.askToSignIn({ text, of: { message: id }, message: id });
    };
    const press = done
      ? el('p', { class: 'sign-in-done' }, icon('check', 16), 'Signed in')
      : el('button', { type: 'button', class: 'button primary', onclick }, button);
    return el('div', { class: 'card sign-in-card' }, el('p', {}, text), press);
  }

  #showNote(note: Note | undefined): void {
    if (note === this.#note) return;
    this.#note = note;
    this.#below.replaceChildren(...(note === undefined ? [] : [noteBar(this.#page, this.#message.id, note)]));
  }
}
