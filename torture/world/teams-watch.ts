import { buttonsOf, titleOf } from '../../src/sandbox/teams/card.ts';
import { list, record, words } from '../../src/sandbox/teams/json.ts';
import type { Message } from '../../src/sandbox/teams/message.ts';
import type { TeamsStandIn } from '../../src/sandbox/teams/stand-in.ts';
import type { WireEntry } from '../../src/sandbox/teams/wire-log.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** What stands in a thread now. */
export interface ThreadState {
  /** The ids of the messages that hold a card. */
  readonly cards: Set<string>;
  readonly texts: string[];
}

const ACTIVITIES = /\/v3\/conversations\/([^/]+)\/activities(?:\/([^/?]+))?$/;

/** Reads along in Teams: writes down what the bot says, and knows what stands in each thread. */
export class TeamsWatch {
  readonly #threads = new Map<string, ThreadState>();
  readonly #teams: TeamsStandIn;
  readonly #ledger: Ledger;

  constructor(teams: TeamsStandIn, ledger: Ledger) {
    this.#teams = teams;
    this.#ledger = ledger;
    teams.on('wire', (entry) => {
      this.#note(entry);
    });
    teams.on('message', (message) => {
      this.#keep(message);
    });
    teams.on('edit', (message) => {
      this.#keep(message);
    });
  }

  thread(conversation: string): ThreadState {
    const known = this.#threads.get(conversation) ?? { cards: new Set<string>(), texts: [] };
    this.#threads.set(conversation, known);
    return known;
  }

  /** Whether a card there has this button now, as this person sees it. */
  offers(conversation: string, button: string, handle: string): boolean {
    const { world } = this.#teams;
    return [...this.thread(conversation).cards].some((id) => {
      const card = world.viewOf(handle, world.get(id));
      return card !== undefined && buttonsOf(card).some(({ title }) => title === button);
    });
  }

  #keep(message: Message): void {
    if (message.author.kind !== 'bot') return;
    const state = this.thread(message.conversation);
    const card = message.revisions.at(-1)?.card;
    if (card !== undefined) state.cards.add(message.id);
    else if (message.text !== '') state.texts.push(message.text);
  }

  #note(entry: WireEntry): void {
    const [, thread, message] = ACTIVITIES.exec(entry.path) ?? [];
    if (entry.direction !== 'in' || thread === undefined) return;
    const body = record(entry.body);
    const card = record(record(list(body['attachments'])[0])['content']);
    const isCard = Object.keys(card).length > 0;
    this.#ledger.add({
      what: 'said',
      at: entry.at,
      thread: decodeURIComponent(thread),
      how: entry.method === 'PUT' ? 'edit' : 'post',
      kind: isCard ? 'card' : 'text',
      text: isCard ? titleOf(card) : (words(body['text']) ?? ''),
      status: entry.status,
      message: message ?? words(record(entry.answer)['id']) ?? '',
    });
  }
}
