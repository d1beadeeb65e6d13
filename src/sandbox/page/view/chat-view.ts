import { el } from '../dom/el.ts';
import type { KeyedList } from '../dom/keyed-list.ts';
import type { PlaceInfo } from '../world.ts';
import { continues, isBy } from '../state/conversation.ts';
import type { State } from '../state/state.ts';
import { Composer } from './composer.ts';
import type { ShownMessage } from './message-view.ts';
import type { Page } from './page.ts';
import { StickToEnd } from './stick-to-end.ts';
import { messageList } from './thread-view.ts';
import { typingMark } from './typing-mark.ts';
import { welcome } from './welcome.ts';

/** A personal or group chat: bubbles, own ones on the right. */
export class ChatView {
  readonly element: HTMLElement;
  readonly #place: string;
  readonly #messages: KeyedList<ShownMessage>;
  readonly #typing: HTMLElement;
  readonly #end: StickToEnd;
  readonly #welcome: HTMLElement;
  readonly #composer: Composer;
  #seen = 0;

  constructor(page: Page, { id, kind }: PlaceInfo, signal: AbortSignal) {
    this.#place = id;
    const bot = page.session.store.state.world?.bot.name ?? 'Scan Bot';
    this.#welcome = welcome(kind);
    this.#typing = typingMark(bot);
    const list = el('div', { class: 'bubbles' });
    const box = el(
      'div',
      { class: 'scroller', tabindex: '-1' },
      el('div', { class: 'scrolled' }, this.#welcome, list, this.#typing),
    );
    this.#messages = messageList(page, list);
    this.#end = new StickToEnd(box, box.firstElementChild as HTMLElement, signal);
    const placeholder = kind === 'personal' ? 'Type a message, for example: help' : `Type @ to mention ${bot}`;
    this.#composer = new Composer(page, {
      label: 'New message',
      placeholder,
      onSent: () => {
        this.#end.toEnd();
      },
    });
    this.element = el(
      'div',
      { class: 'conversation chat' },
      box,
      this.#end.button,
      el('div', { class: 'post-box' }, this.#composer.element),
    );
  }

  show({ messages, typing, me }: State): void {
    const here = messages.filter(({ place }) => place === this.#place);
    this.#messages.show(here.map((message, index) => ({ message, continues: continues(message, here[index - 1]) })));
    this.#typing.hidden = !typing.some(({ place }) => place === this.#place);
    this.#welcome.hidden = here.length > 0;
    if (here.length > this.#seen) this.#end.grew(isBy(here.at(-1), me));
    this.#seen = here.length;
  }

  /** With a keyboard at hand one can write at once; on a phone it would cover half of the page. */
  start(): void {
    if (matchMedia('(pointer: fine)').matches) this.#composer.focus();
  }
}
