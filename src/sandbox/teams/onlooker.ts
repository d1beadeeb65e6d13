import { titleOf, type Card } from './card.ts';
import type { EventStream } from './event-stream.ts';
import { mentionsIn } from './mention.ts';
import type { Message } from './message.ts';
import { split, type Place } from './rooms.ts';
import type { TeamsWorld } from './teams-world.ts';

/** The thread that is meant when nobody names a place. */
const FIRST_THREAD = 'first';
const FIRST_CHANNEL = 'General';

/** Names places, and reads what stands in them. */
export class Onlooker {
  readonly #world: TeamsWorld;
  readonly #events: EventStream;

  constructor(world: TeamsWorld, events: EventStream) {
    this.#world = world;
    this.#events = events;
  }

  /** A thread of the team; it begins with the first words in it. The id of its first message names it too. */
  channelThread(thread = FIRST_THREAD, channel = FIRST_CHANNEL): Place {
    return { kind: 'channel', room: this.#world.rooms.channel(channel).id, thread };
  }

  groupChat(...handles: readonly string[]): Place {
    return { kind: 'group', room: this.#world.rooms.group(handles).id };
  }

  personalChat(handle: string): Place {
    return { kind: 'personal', room: this.#world.rooms.personal(handle).id };
  }

  /** Where a message stands: also a thread that the bot began. */
  placeOf(message: Message): Place {
    const { room: id, root } = split(message.conversation);
    const { kind } = this.#world.rooms.get(id);
    return kind === 'channel' ? { kind, room: id, thread: root ?? message.id } : { kind, room: id };
  }

  /** The conversation id of a place, with `;messageid=` for a thread. */
  conversation(place: Place): string {
    const conversation = this.#world.conversation(place);
    if (conversation === undefined) throw new Error('Nothing was said in this thread yet.');
    return conversation;
  }

  /** Oldest first, by people and by the bot; deleted ones are gone. */
  messages(place: Place = this.channelThread()): readonly Message[] {
    const conversation = this.#world.conversation(place);
    return conversation === undefined ? [] : this.#world.messages(conversation);
  }

  /** What the bot said in words, oldest first. */
  texts(place?: Place): readonly string[] {
    return this.messages(place)
      .filter((message) => message.author.kind === 'bot' && message.text !== '')
      .map((message) => message.text);
  }

  /** The cards as everybody sees them, oldest message first. */
  cards(place?: Place): readonly Card[] {
    return this.cardMessages(place)
      .map((message) => message.revisions.at(-1)?.card)
      .filter((card) => card !== undefined);
  }

  /** The messages that hold a card. */
  cardMessages(place?: Place): readonly Message[] {
    return this.messages(place).filter((message) => message.revisions.at(-1)?.card !== undefined);
  }

  latestCard(place?: Place): Card | undefined {
    return this.cards(place).at(-1);
  }

  /** A card as one person sees it: their own view if a press gave them one since the last update. */
  viewOf(handle: string, message: Message | string): Card | undefined {
    return this.#world.viewOf(handle, this.#world.get(typeof message === 'string' ? message : message.id));
  }

  /** The bot's messages that mentioned this person when they came, anywhere; an update notifies nobody. */
  mentionsOf(handle: string): readonly Message[] {
    const person = this.#world.cast.person(handle);
    return this.#world
      .messages()
      .filter((message) => message.author.kind === 'bot')
      .filter(({ revisions: [first] }) => {
        const mentions = first === undefined ? [] : mentionsIn(first);
        return mentions.some((mention) => this.#world.cast.byId(mention.id) === person);
      });
  }

  /** The heading of every state that the cards here passed through, in order; a redraw under the same heading is none. */
  titles(place: Place = this.channelThread()): readonly string[] {
    const conversation = this.#world.conversation(place);
    if (conversation === undefined) return [];
    const last = new Map<string, string>();
    return this.#world.revisions(conversation).flatMap(({ message, card }) => {
      if (card === undefined) return [];
      const title = titleOf(card);
      const isNew = last.get(message) !== title;
      last.set(message, title);
      return isNew ? [title] : [];
    });
  }

  /** Looks now and after everything that happens here, until there is something to see. */
  until<Seen>(look: () => Seen | undefined | false, what: string | (() => string), ms?: number): Promise<Seen> {
    return this.#events.until(look, what, ms);
  }
}
