import type { Clock } from '../../scan/ports.ts';
import { cardIn, type Card } from './card.ts';
import type { Cast } from './cast.ts';
import type { EventStream, TeamsEvents } from './event-stream.ts';
import { isJson, record } from './json.ts';
import type { Author, Content, Message, Revision } from './message.ts';
import { conversationOf, Rooms, split, type Place, type Room } from './rooms.ts';

/** All that Teams remembers: rooms, messages with every state they passed through, and who sees a card differently. */
export class TeamsWorld {
  readonly cast: Cast;
  readonly rooms: Rooms;
  readonly #events: EventStream;
  readonly #clock: Clock;
  readonly #messages = new Map<string, Message>();
  /** The first message of each thread that a test gave a name. */
  readonly #threads = new Map<string, string>();
  readonly #views = new Map<string, Map<string, Card>>();
  #lastId = 0;
  #order = 0;

  constructor(cast: Cast, clock: Clock, events: EventStream) {
    this.cast = cast;
    this.rooms = new Rooms(cast);
    this.#clock = clock;
    this.#events = events;
  }

  on<Name extends keyof TeamsEvents>(name: Name, listener: (event: TeamsEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** Milliseconds since 1970 as Teams counts them, but never the same twice. */
  nextId(): string {
    this.#lastId = Math.max(this.#clock.now(), this.#lastId + 1);
    return String(this.#lastId);
  }

  /** The conversation id; undefined for a thread in which nothing was said yet. */
  conversation(place: Place): string | undefined {
    if (place.kind !== 'channel') return place.room;
    const root = this.#threads.get(threadKey(place)) ?? this.find(place.thread)?.id;
    return root === undefined ? undefined : conversationOf(place.room, root);
  }

  /** Says something in a place; the first words in a thread begin it. */
  say(author: Author, place: Place, content: Content): Message {
    const conversation = this.conversation(place);
    const message = this.post(author, this.rooms.get(place.room), { ...content, root: split(conversation ?? '').root });
    if (place.kind === 'channel' && conversation === undefined) this.#threads.set(threadKey(place), message.id);
    return message;
  }

  /** Without a root a message in a channel begins a thread of its own. */
  post(author: Author, room: Room, content: Content & { readonly root?: string | undefined }): Message {
    const id = this.nextId();
    const root = room.kind === 'channel' ? (content.root ?? id) : undefined;
    const message: Message = {
      ...filled(content),
      id,
      conversation: conversationOf(room.id, root),
      author,
      replyTo: root === id ? undefined : root,
      onlyFor: content.onlyFor,
      sentAt: this.#clock.now(),
      editedAt: undefined,
      deleted: false,
      revisions: [this.#revision(id, content)],
    };
    this.#messages.set(id, message);
    this.#events.tell('message', message);
    return message;
  }

  /** Shows everybody the new state: views of their own are gone. */
  edit(id: string, content: Content): Message {
    const before = this.get(id);
    const revisions = [...before.revisions, this.#revision(id, content)];
    const after: Message = { ...before, ...filled(content), editedAt: this.#clock.now(), revisions };
    this.#messages.set(id, after);
    this.#views.delete(id);
    this.#events.tell('edit', after);
    return after;
  }

  remove(id: string): void {
    const gone: Message = { ...this.get(id), deleted: true };
    this.#messages.set(id, gone);
    this.#views.delete(id);
    this.#events.tell('delete', gone);
  }

  /** The bot is about to say something; nothing stays of it. */
  types(room: Room, root: string | undefined): string {
    this.#events.tell('typing', { conversation: conversationOf(room.id, root) });
    return this.nextId();
  }

  find(id: string): Message | undefined {
    return this.#messages.get(id);
  }

  get(id: string): Message {
    const message = this.find(id);
    if (message === undefined) throw new Error(`There is no message ${id}.`);
    return message;
  }

  /** Oldest first, without what was deleted; of one conversation or of all. */
  messages(conversation?: string): readonly Message[] {
    const standing = [...this.#messages.values()].filter((message) => !message.deleted);
    return conversation === undefined ? standing : standing.filter((message) => message.conversation === conversation);
  }

  /** Every state of every message in a conversation, deleted ones too, in the order in which they came about. */
  revisions(conversation: string): readonly Revision[] {
    return [...this.#messages.values()]
      .filter((message) => message.conversation === conversation)
      .flatMap((message) => message.revisions)
      .sort((one, other) => one.order - other.order);
  }

  keepView(handle: string, id: string, card: Card): void {
    const views = this.#views.get(id) ?? new Map<string, Card>();
    this.#views.set(id, views.set(handle, card));
    this.#events.tell('view', { handle, message: id, card });
  }

  /** The card as this person sees it. */
  viewOf(handle: string, message: Message): Card | undefined {
    return this.#views.get(message.id)?.get(handle) ?? cardIn(message.attachments);
  }

  /** Whether a client that shows it to this person asks for a view of their own: not while they have one. */
  asksForView(handle: string, message: Message): boolean {
    if (this.#views.get(message.id)?.has(handle) === true) return false;
    const { action, userIds } = record(cardIn(message.attachments)?.['refresh']);
    const isMeant = !Array.isArray(userIds) || userIds.includes(this.cast.person(handle).teamsId);
    return isJson(action) && isMeant;
  }

  #revision(message: string, content: Content): Revision {
    this.#order += 1;
    const { text, entities, attachments } = filled(content);
    return {
      message,
      order: this.#order,
      at: this.#clock.now(),
      text,
      entities,
      attachments,
      card: cardIn(attachments),
    };
  }
}

function filled(content: Content): Pick<Message, 'text' | 'summary' | 'attachments' | 'entities'> {
  const { text, summary, attachments = [], entities = [] } = content;
  return { text, summary, attachments, entities };
}

function threadKey(place: { readonly room: string; readonly thread: string }): string {
  return `${place.room} ${place.thread}`;
}
