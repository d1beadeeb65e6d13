import type { ActionAnswer, Message } from '../api.ts';
import { hostConfig } from '../card/host-config.ts';
import { languageOf, parsedCard, typedInto } from '../card/renderer.ts';
import type { RenderedCard } from '../card/renderer.ts';
import { el } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import type { Page } from './page.ts';

/** “Scan device” in the menu of a message, and the dialog that it opens. */
export function actionButton(page: Page, message: Message): HTMLElement {
  const onclick = (): void => {
    void new ActionDialog(page, message.id).open();
  };
  return el(
    'button',
    { type: 'button', class: 'message-action', title: 'Scan device', 'aria-label': 'Scan device', onclick },
    icon('shield', 16),
  );
}

class ActionDialog {
  readonly #page: Page;
  readonly #message: string;
  readonly #dialog = el('dialog', { class: 'action-dialog', 'aria-label': 'Scan device' });

  constructor(page: Page, message: string) {
    this.#page = page;
    this.#message = message;
    this.#dialog.addEventListener('close', () => {
      this.#dialog.remove();
    });
  }

  async open(): Promise<void> {
    const answer = await this.#page.session.action({ message: this.#message, does: 'open' });
    document.body.append(this.#dialog);
    this.#show(answer);
    this.#dialog.showModal();
  }

  #show(answer: ActionAnswer): void {
    this.#dialog.replaceChildren(this.#bar(), ...this.#content(answer));
  }

  #bar(): HTMLElement {
    const onclick = (): void => {
      this.#dialog.close();
    };
    const close = el(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': 'Close', onclick },
      icon('close', 16),
    );
    return el('div', { class: 'window-bar' }, icon('shield', 16), el('span', {}, 'Scan device'), close);
  }

  #content(answer: ActionAnswer): readonly HTMLElement[] {
    switch (answer.kind) {
      case 'card':
        return [this.#card(answer.card)];
      case 'words':
        return [el('p', { class: 'action-words', role: 'status' }, answer.text)];
      case 'sign-in':
        return [this.#signIn(answer.button)];
    }
  }

  #card(json: object): HTMLElement {
    const card = parsedCard(json, hostConfig(this.#page.theme.now), { onAction: () => void this.#submit(card) });
    return el('div', { lang: languageOf(json) }, card.render() ?? 'This card cannot be drawn.');
  }

  async #submit(card: RenderedCard): Promise<void> {
    const inputs = typedInto(card);
    this.#show(await this.#page.session.action({ message: this.#message, does: 'submit', inputs }));
  }

  #signIn(button: string): HTMLElement {
    const onclick = async (): Promise<void> => {
      this.#show(await this.#page.session.action({ message: this.#message, does: 'sign-in' }));
    };
    return el(
      'p',
      { class: 'action-words' },
      el('button', { type: 'button', class: 'button primary', onclick: () => void onclick() }, button),
    );
  }
}
