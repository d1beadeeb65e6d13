import type { Message } from '../api.ts';
import { el, give } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import { KeyedList, type ItemView } from '../dom/keyed-list.ts';
import type { Thread } from '../state/conversation.ts';
import { Composer } from './composer.ts';
import { MessageView, type ShownMessage } from './message-view.ts';
import type { Page } from './page.ts';
import { typingMark } from './typing-mark.ts';

export interface ShownThread {
  readonly thread: Thread;
  readonly typing: boolean;
}

/** A post with its replies and the box to reply in. */
export class ThreadView implements ItemView<ShownThread> {
  readonly element = el('section', { class: 'thread' });
  readonly #messages: KeyedList<ShownMessage>;
  readonly #typing: HTMLElement;

  constructor(page: Page, { id }: Thread) {
    const list = el('div', { class: 'thread-messages' });
    this.#messages = messageList(page, list);
    this.#typing = typingMark(page.session.store.state.world?.bot.name ?? 'Scan Bot');
    this.element.append(list, this.#typing, replyBox(page, id));
  }

  show({ thread, typing }: ShownThread): void {
    const all = thread.root === undefined ? thread.replies : [thread.root, ...thread.replies];
    this.#messages.show(all.map((message) => ({ message, continues: false })));
    this.element.firstElementChild?.firstElementChild?.classList.toggle('root', thread.root !== undefined);
    this.#typing.hidden = !typing;
    const replies = thread.replies.length === 1 ? '1 reply' : `${thread.replies.length} replies`;
    give(this.element, 'aria-label', `Post: ${opening(thread.root)}, ${replies}`);
  }
}

export function messageList(page: Page, box: HTMLElement): KeyedList<ShownMessage> {
  return new KeyedList(box, {
    key: ({ message }) => message.id,
    make: ({ message }) => new MessageView(page, message),
  });
}

function opening(root: Message | undefined): string {
  const text = root?.text ?? 'deleted message';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** A button that becomes a composer. */
function replyBox(page: Page, thread: string): HTMLElement {
  const box = el('div', { class: 'reply-box' });
  const button = el('button', { type: 'button', class: 'reply-button' }, icon('reply', 16), 'Reply');
  const composer = new Composer(page, { thread, label: 'Reply in this thread', placeholder: 'Reply', onClose: close });
  const open = (): void => {
    box.replaceChildren(composer.element);
    composer.focus();
  };
  function close(): void {
    box.replaceChildren(button);
    button.focus();
  }
  button.addEventListener('click', open);
  box.append(page.drafts.of(thread) === '' ? button : composer.element);
  return box;
}
