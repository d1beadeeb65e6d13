import { SECOND } from '../duration.ts';
import type { ActionAnswer, ActOnMessage, Answer, FoundRow, Message } from '../api.ts';
import type { Handle } from '../world.ts';
import type { Press, SayAnswer, SignIn } from '../api.ts';
import { isFailed, type Client } from './client.ts';
import { arrived, called, deleted, edited, LINES_KEPT, toasted, typed, TYPING_LASTS, without } from './happenings.ts';
import { Live, type Listeners } from './live.ts';
import { openPlace, type Note, type SignInWindow, type State } from './state.ts';
import { withMention } from './suggestions.ts';
import type { Store } from './store.ts';

/** An own view is marked only when no shared one has followed by then. */
const OWN_VIEW_SHOWS_AFTER = 1.5 * SECOND;

const NOTHING_YET = { messages: [], unread: {}, typing: [], notes: {}, ownViews: [], toasts: [] } as const;

/** Somebody at this page: hears what happens and does what they do. */
export class Session {
  readonly store: Store;
  readonly client: Client;
  #live: Live | undefined;
  /** What happens while everything is being fetched waits for that. */
  #waiting: (() => void)[] | undefined;
  #fetches = 0;
  readonly #looked = new Set<string>();

  constructor(store: Store, client: Client) {
    this.store = store;
    this.client = client;
  }

  /** Begins as whom the address names, else as the first person there is. */
  async begin(): Promise<void> {
    const world = await this.client.world();
    const { me } = this.store.state;
    const people = isFailed(world) ? [] : world.people;
    const known = people.find(({ handle }) => handle === me) ?? people[0];
    this.become(known?.handle ?? me);
  }

  /** Goes on as somebody. */
  become(me: Handle): void {
    this.#live?.close();
    this.store.change({ ...NOTHING_YET, me, loaded: false, signIn: undefined });
    this.#live = new Live(me, this.#listeners(), (isUp) => {
      this.store.change({ online: isUp });
      if (isUp) void this.#fetchAll();
    });
  }

  open(place: string): void {
    this.store.change({ place, unread: without(this.store.state.unread, place), railOpen: false });
  }

  say(text: string, thread: string | undefined): Promise<SayAnswer> {
    const { state } = this.store;
    const place = openPlace(state)?.id ?? '';
    const said = state.world === undefined ? text : withMention(text, state.world);
    return this.client.say({ as: state.me, place, text: said, ...(thread !== undefined && { thread }) });
  }

  async press(message: string, press: Pick<Press, 'action' | 'inputs'>): Promise<void> {
    this.#note(message, undefined);
    const sent = await this.client.press({ as: this.store.state.me, message, ...press });
    this.#answered(message, isFailed(sent) ? { kind: 'error', text: sent.error } : sent.answer);
  }

  /** Once for each state of a card: what is asked again and again may never be answered. */
  async look({ id, card }: Message): Promise<void> {
    const state = `${this.store.state.me} ${id} ${JSON.stringify(card)}`;
    if (this.#looked.has(state)) return;
    this.#looked.add(state);
    await this.client.look({ as: this.store.state.me, message: id });
  }

  /** What the bot finds for a field of a card; nothing where it does not answer. */
  async search(message: string, text: string): Promise<readonly FoundRow[]> {
    const found = await this.client.search({ as: this.store.state.me, message, text });
    return isFailed(found) ? [] : found.rows;
  }

  async action(action: Omit<ActOnMessage, 'as'>): Promise<ActionAnswer> {
    const answer = await this.client.action({ as: this.store.state.me, ...action });
    return isFailed(answer) ? { kind: 'words', text: answer.error } : answer;
  }

  /** Opens the sign-in window, or closes it. */
  askToSignIn(signIn: SignInWindow | undefined): void {
    this.store.change({ signIn });
  }

  async signIn(choice: Pick<SignIn, 'choice' | 'other'>): Promise<void> {
    const { signIn, me } = this.store.state;
    if (signIn === undefined) return;
    const sent = await this.client.signIn({ as: me, ...signIn.of, ...choice });
    this.store.change({ signIn: undefined });
    this.#note(signIn.message, undefined);
    this.#answered(signIn.message, isFailed(sent) ? { kind: 'error', text: sent.error } : sent.answer);
  }

  dropNote(message: string): void {
    this.#note(message, undefined);
  }

  dropToast(n: number): void {
    this.store.change({ toasts: this.store.state.toasts.filter((toast) => toast.n !== n) });
  }

  #answered(message: string, answer: Answer): void {
    switch (answer.kind) {
      case 'card':
        this.#showOwnView(message, answer.card);
        return;
      case 'message':
      case 'error':
      case 'login':
        this.#note(message, answer);
        return;
      case 'none':
        return;
    }
  }

  #showOwnView(message: string, card: NonNullable<Message['card']>): void {
    const own = this.store.state.messages.find(({ id }) => id === message);
    if (own === undefined) return;
    this.#change((state) => edited(state, { ...own, card }));
    setTimeout(() => {
      const now = this.store.state.messages.find(({ id }) => id === message);
      const isShared = now?.edited === true && (!own.edited || JSON.stringify(now.card) !== JSON.stringify(card));
      if (now === undefined || isShared) return;
      this.store.change({ ownViews: [...this.store.state.ownViews.filter((id) => id !== message), message] });
    }, OWN_VIEW_SHOWS_AFTER);
  }

  #note(message: string, note: Note | undefined): void {
    const others = without(this.store.state.notes, message);
    this.store.change({ notes: note === undefined ? others : { ...others, [message]: note } });
  }

  #listeners(): Listeners {
    return {
      message: (message) => {
        this.#happens((state) => arrived(state, message));
      },
      edit: (message) => {
        this.#happens((state) => edited(state, message));
      },
      delete: (gone) => {
        this.#happens((state) => deleted(state, gone));
      },
      wire: (line) => {
        this.#happens((state) => called(state, line));
      },
      world: (world) => {
        this.#happens(() => ({ world }));
      },
      drill: (drill) => {
        this.#happens(({ world }) => (world === undefined ? {} : { world: { ...world, drill } }));
      },
      toast: (toast) => {
        this.#happens((state) => toasted(state, toast));
      },
      typing: (where) => {
        this.#happens((state) => typed(state, where, Date.now()));
        setTimeout(() => {
          this.#endTyping();
        }, TYPING_LASTS + 50);
      },
      reset: () => {
        this.store.change({ ...NOTHING_YET, loaded: false, wire: [] });
        void this.#fetchAll();
      },
    };
  }

  #endTyping(): void {
    const typing = this.store.state.typing.filter(({ until }) => until > Date.now());
    if (typing.length < this.store.state.typing.length) this.store.change({ typing });
  }

  #happens(change: (state: State) => Partial<State>): void {
    if (this.#waiting === undefined) this.#change(change);
    else
      this.#waiting.push(() => {
        this.#change(change);
      });
  }

  #change(change: (state: State) => Partial<State>): void {
    this.store.change(change(this.store.state));
  }

  async #fetchAll(): Promise<void> {
    this.#fetches += 1;
    const turn = this.#fetches;
    this.#waiting = [];
    const { me } = this.store.state;
    const fetched = [this.client.world(), this.client.messages(me), this.client.wire(0)] as const;
    const [world, messages, wire] = await Promise.all(fetched);
    if (turn !== this.#fetches) return;
    const held = this.#waiting;
    this.#waiting = undefined;
    this.store.change({
      loaded: true,
      ...(!isFailed(world) && { world }),
      ...(!isFailed(messages) && { messages }),
      ...(!isFailed(wire) && { wire: wire.slice(-LINES_KEPT) }),
    });
    for (const happen of held) happen();
  }
}
