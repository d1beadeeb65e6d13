import type { Message } from '../api.ts';
import { el } from '../dom/el.ts';
import { icon } from '../dom/icon.ts';
import { KeyedList } from '../dom/keyed-list.ts';
import { isBy, threadsIn } from '../state/conversation.ts';
import { placesOf, type State } from '../state/state.ts';
import { Composer } from './composer.ts';
import { firstWords, welcome } from './welcome.ts';
import type { Page } from './page.ts';
import { StickToEnd } from './stick-to-end.ts';
import { ThreadView, type ShownThread } from './thread-view.ts';

/** A channel: posts with their replies, and below them the way to begin a post. */
export class ChannelView {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #place: string;
  readonly #threads: KeyedList<ShownThread>;
  readonly #end: StickToEnd;
  readonly #welcome = welcome('channel');
  readonly #post = el('div', { class: 'post-box' });
  readonly #start: HTMLButtonElement;
  #seen = 0;

  constructor(page: Page, place: string, signal: AbortSignal) {
    this.#page = page;
    this.#place = place;
    const list = el('div', { class: 'threads' });
    const box = el('div', { class: 'scroller', tabindex: '-1' }, el('div', { class: 'scrolled' }, this.#welcome, list));
    this.#threads = new KeyedList(list, {
      key: ({ thread }) => thread.id,
      make: ({ thread }) => new ThreadView(page, thread),
    });
    this.#end = new StickToEnd(box, box.firstElementChild as HTMLElement, signal);
    this.#start = el(
      'button',
      {
        type: 'button',
        class: 'button primary start-post',
        onclick: () => {
          this.#openPost();
        },
      },
      icon('compose', 18),
      'Start a post',
    );
    this.#post.append(this.#start);
    this.element = el('div', { class: 'conversation channel' }, box, this.#end.button, this.#post);
  }

  show({ messages, typing, me }: State): void {
    const here = messages.filter(({ place }) => place === this.#place);
    this.#threads.show(threadsIn(here, this.#place).map((thread) => ({ thread, typing: typesIn(typing, thread.id) })));
    this.#welcome.hidden = here.length > 0;
    if (here.length > this.#seen) this.#end.grew(isBy(here.at(-1), me));
    this.#seen = here.length;
  }

  /** Before anybody has asked the bot for anything the composer stands open, with words to begin with. */
  start(): void {
    const { state } = this.#page.session.store;
    const channels = placesOf(state).filter(({ kind }) => kind === 'channel');
    const isBotHere = ({ author, place }: Message): boolean =>
      author.kind === 'bot' && channels.some(({ id }) => id === place);
    if (channels[0]?.id === this.#place && !state.messages.some(isBotHere)) this.#openPost(firstWords(this.#page));
  }

  #openPost(proposal = ''): void {
    const composer = new Composer(this.#page, {
      label: 'New post',
      placeholder: `Type @ to mention ${this.#page.session.store.state.world?.bot.name ?? 'Scan Bot'}`,
      onSent: () => {
        this.#end.toEnd();
      },
      onClose: () => {
        this.#closePost();
      },
    });
    this.#post.replaceChildren(composer.element);
    if (proposal === '') composer.focus();
    else composer.fill(proposal, true);
  }

  #closePost(): void {
    this.#post.replaceChildren(this.#start);
    this.#start.focus();
  }
}

function typesIn(typing: State['typing'], id: string): boolean {
  return typing.some(({ thread }) => thread === id);
}
