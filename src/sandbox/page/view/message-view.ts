import type { Message } from '../api.ts';
import { el, give, unseen, write } from '../dom/el.ts';
import type { ItemView } from '../dom/keyed-list.ts';
import { inFull, when } from '../dom/times.ts';
import { isBy } from '../state/conversation.ts';
import { actionButton } from './action-dialog.ts';
import { authorOf } from './avatar.ts';
import { MessageBody } from './message-body.ts';
import type { Page } from './page.ts';

export interface ShownMessage {
  readonly message: Message;
  /** Goes on what the one before began: no picture, no name. */
  readonly continues: boolean;
}

/** One message with its author, time and marks. */
export class MessageView implements ItemView<ShownMessage> {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #body: MessageBody;
  readonly #edited = el('span', { class: 'edited', hidden: true }, 'Edited');

  constructor(page: Page, message: Message) {
    this.#page = page;
    this.#body = new MessageBody(page, message);
    const author = authorOf(page.session.store.state.world, message.author);
    const time = el(
      'time',
      { datetime: new Date(message.at).toISOString(), title: inFull(message.at) },
      when(message.at),
    );
    const head = el(
      'header',
      { class: 'message-head' },
      el('span', { class: 'author' }, author.name),
      author.isBot && el('span', { class: 'app-badge' }, 'App'),
      time,
      this.#edited,
    );
    head.append(actionButton(page, message));
    const column = el('div', { class: 'message-column' }, head, this.#body.element);
    this.element = el(
      'article',
      { class: 'message', tabindex: '-1', 'data-message': message.id },
      author.picture,
      column,
    );
    if (author.isBot) this.element.classList.add('by-bot');
    if (isBy(message, page.session.store.state.me)) this.element.classList.add('mine');
    give(this.element, 'aria-label', `${author.name}, ${when(message.at)}`);
    this.#markMention(message, head);
  }

  show({ message, continues }: ShownMessage): void {
    this.element.classList.toggle('continued', continues);
    this.#edited.hidden = !message.edited;
    write(this.#edited, 'Edited');
    this.#body.show(message);
    if (message.asksForView === true) void this.#page.session.look(message);
  }

  #markMention({ mentions }: Message, head: HTMLElement): void {
    if (!mentions.includes(this.#page.session.store.state.me)) return;
    this.element.classList.add('mentions-me');
    head.append(el('span', { class: 'mention-badge', title: 'Mentions you' }, '@', unseen('mentions you')));
  }
}
