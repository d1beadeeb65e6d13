import { isFailed } from '../state/client.ts';
import { openPlace } from '../state/state.ts';
import { isHeard, suggestionsFor, type Suggestion } from '../state/suggestions.ts';
import { el, freshId, write } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import { ComposerField } from './composer-field.ts';
import type { Page } from './page.ts';
import { SuggestionList } from './suggestion-list.ts';

interface ComposerParts {
  /** Where it writes: a thread; without one a new post begins, or the chat goes on. */
  readonly thread?: string;
  readonly label: string;
  readonly placeholder: string;
  /** Closed with nothing typed, or sent. Where it is missing the composer stays. */
  readonly onClose?: () => void;
  readonly onSent?: () => void;
}

/** Where people write. Enter sends, Shift+Enter begins a new line. */
export class Composer {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #parts: ComposerParts;
  readonly #field: ComposerField;
  readonly #suggestions: SuggestionList;
  readonly #line = el('div', { class: 'composer-line', id: freshId('composer-line') });
  readonly #send: HTMLButtonElement;
  readonly #draft: string;
  /** Over when what was sent last has arrived. */
  #sent: Promise<unknown> = Promise.resolve();

  constructor(page: Page, parts: ComposerParts) {
    this.#page = page;
    this.#parts = parts;
    const { state } = page.session.store;
    const bot = state.world?.bot.name ?? 'Scan Bot';
    this.#draft = parts.thread ?? `${state.me} ${openPlace(state)?.id ?? ''}`;
    this.#field = new ComposerField(parts.label, parts.placeholder, `@${bot}`);
    this.#field.describe(this.#line.id);
    this.#suggestions = new SuggestionList(this.#field.text, 'Suggestions', (one) => {
      this.#take(one);
    });
    this.#send = el(
      'button',
      { type: 'button', class: 'icon-button send', 'aria-label': 'Send', onclick: () => void this.#say() },
      icon('send'),
    );
    this.element = this.#assemble(bot);
    this.#listen();
    this.#field.fill(page.drafts.of(this.#draft));
    this.#showLine();
  }

  focus(): void {
    this.#field.text.focus();
  }

  /** Puts words in, selected where they are only a proposal. */
  fill(text: string, isProposal = false): void {
    this.#field.fill(text);
    this.#typed();
    this.#suggestions.close();
    this.focus();
    if (!isProposal) return;
    this.#field.text.select();
    write(this.#line, 'Press Enter to send this, or type over it');
  }

  #assemble(bot: string): HTMLElement {
    const mention = el(
      'button',
      { type: 'button', class: 'icon-button mention-button', 'aria-label': `Mention ${bot}`, title: `Mention ${bot}` },
      '@',
    );
    mention.addEventListener('click', () => {
      this.fill(`@${bot} ${this.#field.text.value}`);
      this.#suggest();
    });
    const bar = el('div', { class: 'composer-bar' }, mention, this.#line, this.#send);
    return el('div', { class: 'composer' }, this.#suggestions.element, this.#field.element, bar);
  }

  #listen(): void {
    const { text } = this.#field;
    text.addEventListener('input', () => {
      this.#typed();
      this.#suggest();
    });
    text.addEventListener('blur', () => {
      this.#suggestions.close();
    });
    text.addEventListener('keydown', (event) => {
      this.#key(event);
    });
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (this.#suggestions.takesKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void this.#say();
    }
    if (event.key === 'ArrowDown' && this.#field.text.value === '') this.#suggest();
    if (event.key === 'Escape' && this.#parts.onClose !== undefined) {
      event.stopPropagation();
      this.#parts.onClose();
    }
  }

  #typed(): void {
    this.#field.reflect();
    this.#page.drafts.keep(this.#draft, this.#field.text.value);
    this.#showLine();
  }

  #suggest(): void {
    const { state } = this.#page.session.store;
    const place = openPlace(state);
    const { value, selectionStart } = this.#field.text;
    const atEnd = selectionStart === value.length;
    const found =
      state.world === undefined || place === undefined || !atEnd ? [] : suggestionsFor(value, state.world, place);
    const isNews = found.length > 0 && !this.#suggestions.isOpen;
    this.#suggestions.show(found);
    if (isNews) this.#page.announcer.say(`${found.length} suggestions, use the arrow keys`);
  }

  #take({ text, kind }: Suggestion): void {
    this.fill(text);
    if (kind === 'mention') this.#suggest();
  }

  async #say(): Promise<void> {
    const text = this.#field.text.value.trim();
    if (text === '') return;
    // Emptied at once: what is typed while this is on its way is another message, and goes after it.
    this.#put('');
    const saying = this.#sent.then(() => this.#page.session.say(text, this.#parts.thread));
    this.#sent = saying;
    const said = await saying;
    const isEmpty = this.#field.text.value === '';
    if (isFailed(said)) {
      if (isEmpty) this.#put(text);
      this.#showLine(said.error);
      return;
    }
    this.#parts.onSent?.();
    if (isEmpty) this.#parts.onClose?.();
  }

  #put(text: string): void {
    this.#page.drafts.keep(this.#draft, text);
    this.#field.fill(text);
    this.#suggestions.close();
    this.#showLine();
  }

  /** Below the text: what went wrong, or that nobody will hear this. */
  #showLine(error?: string): void {
    const { state } = this.#page.session.store;
    const text = this.#field.text.value;
    const place = openPlace(state);
    const isUnheard =
      text.trim() !== '' && state.world !== undefined && place !== undefined && !isHeard(text, state.world, place);
    const hint = isUnheard
      ? `${state.world.bot.name} hears only what mentions it here.`
      : 'Enter sends, Shift+Enter begins a new line';
    write(this.#line, error ?? (text === '' ? '' : hint));
    this.#line.classList.toggle('is-error', error !== undefined);
    this.#send.classList.toggle('is-ready', text.trim() !== '');
  }
}
