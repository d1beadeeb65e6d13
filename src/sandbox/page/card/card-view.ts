import type { Card, Message, Press } from '../api.ts';
import { el, give } from '../dom/el.ts';
import type { Page } from '../view/page.ts';
import { hostConfig } from './host-config.ts';
import { focusIn, keepTyped, markFields, restoreFocus } from './kept-inputs.ts';
import { markMentions } from './mentions.ts';
import { languageOf, openLink, OpenUrlAction, parsedCard, searchingInputs, typedInto } from './renderer.ts';
import type { CardAction, RenderedCard } from './renderer.ts';
import { Typeahead } from './typeahead.ts';

/** The card of one message. A new state is drawn beside the old one and takes its place at once. */
export class CardView {
  readonly element = el('div', { class: 'card', tabindex: '-1' });
  readonly #page: Page;
  readonly #message: string;
  #shown = '';
  #drawing: HTMLElement | undefined;
  /** The button whose press is under way. */
  #busy: string | undefined;

  constructor(page: Page, { id }: Message) {
    this.#page = page;
    this.#message = id;
  }

  show(card: Card, label: string): void {
    give(this.element, 'aria-label', label);
    give(this.element, 'role', 'group');
    give(this.element, 'lang', languageOf(card));
    const theme = this.#page.theme.now;
    const shown = theme + JSON.stringify(card);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const focused = focusIn(this.element);
    const drawing = this.#draw(card);
    if (this.#drawing !== undefined) keepTyped(this.#drawing, drawing);
    this.element.replaceChildren(drawing);
    this.#drawing = drawing;
    this.#showBusy();
    if (focused !== undefined) restoreFocus(this.element, focused);
  }

  #draw(json: Card): HTMLElement {
    const card = parsedCard(json, hostConfig(this.#page.theme.now), {
      onAction: (action) => void this.#act(card, action),
    });
    const drawing = card.render() ?? el('div', {}, 'This card cannot be drawn.');
    markFields(drawing, card.getAllInputs(), this.#message);
    for (const input of searchingInputs(card))
      Typeahead.on(input, (text) => this.#page.session.search(this.#message, text));
    markButtons(drawing);
    markMentions(drawing, json);
    return drawing;
  }

  async #act(card: RenderedCard, action: CardAction): Promise<void> {
    if (action instanceof OpenUrlAction) {
      openLink(action.url);
      return;
    }
    if (this.#busy !== undefined) return;
    this.#busy = action.title ?? '';
    this.#showBusy();
    const press = { action: action.toJSON() as Press['action'], inputs: typedInto(card) };
    await this.#page.session.press(this.#message, press);
    this.#busy = undefined;
    this.#showBusy();
  }

  #showBusy(): void {
    for (const button of this.element.querySelectorAll<HTMLElement>('[data-action]')) {
      give(button, 'aria-disabled', this.#busy === undefined ? undefined : 'true');
      give(button, 'aria-busy', button.dataset['action'] === this.#busy ? 'true' : undefined);
    }
  }
}

function markButtons(drawing: HTMLElement): void {
  for (const button of drawing.querySelectorAll<HTMLElement>('.ac-pushButton')) {
    button.dataset['action'] = button.textContent;
  }
}
