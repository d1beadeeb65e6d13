import type { Person, Thread } from '../scan/person.ts';
import { NOBODY } from '../scan/person.ts';
import type { Clock, Store } from '../scan/ports.ts';
import { HOUR, MINUTE } from '../scan/time.ts';
import { localeOf } from '../chat/language.ts';
import { slowDownAnswer } from '../chat/speak/press-answer.ts';
import type { Incoming } from './activity/incoming.ts';
import type { Commands } from './commands.ts';
import { inChosenLanguage, withChosenLanguage } from './chosen-language.ts';
import type { Extensions } from './extensions.ts';
import { FloodGate } from './flood-gate.ts';
import { dialogMessage, messageAnswer, searchAnswer } from './invoke-answer.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { noticeTo } from './notice-to.ts';
import type { Presses } from './presses.ts';
import type { Searches } from './searches.ts';
import type { SignInInvokes } from './sign-in-invokes.ts';

export interface BotParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly commands: Commands;
  readonly presses: Presses;
  readonly signIns: SignInInvokes;
  readonly searches: Searches;
  readonly extensions: Extensions;
  readonly allowed: { readonly teams: readonly string[] | undefined; readonly channels: readonly string[] | undefined };
}

type One<Kind extends Incoming['kind']> = Extract<Incoming, { kind: Kind }>;

/** One activity in, one call to the desk or a written row, at most one answer out. */
export class Bot {
  readonly #parts: BotParts;
  readonly #flood: FloodGate;

  constructor(parts: BotParts) {
    this.#parts = parts;
    this.#flood = new FloodGate(parts.clock);
  }

  /** The answer is for invokes; a message gets its answers in the thread. */
  async take(incoming: Incoming): Promise<InvokeAnswer | undefined> {
    const place = placeOf(incoming);
    if (place !== undefined && !this.#answersIn(place)) return undefined;
    switch (incoming.kind) {
      case 'message':
        return this.#message(incoming);
      case 'press':
        return this.#press(incoming);
      case 'token-exchange':
        return this.#parts.signIns.exchange(incoming);
      case 'search':
        return this.#search(incoming);
      case 'extension':
        return this.#extension(incoming);
      case 'verify-state':
        return this.#parts.signIns.verifyState(incoming);
      case 'sign-in-failure':
        return this.#parts.signIns.failure(incoming);
      case 'installed':
        return this.#welcome(incoming);
      // The door answers an invoke that nobody here knows.
      case 'unknown-invoke':
      // What still waits for a thread that the bot was removed from is refused by Teams at its turn (403), and waits
      // until the bot is added again: nothing is kept in mind here.
      case 'removed':
      case 'nothing':
        return undefined;
    }
  }

  async #message(said: One<'message'>): Promise<undefined> {
    const admission = this.#flood.admit(said.person.id, said.thread.id);
    if (admission === 'tell') await this.#slowDown(said);
    if (admission !== 'take') return undefined;
    const { thread, text, activityId } = said;
    const met = await this.#parts.store.person(said.person.id);
    const person = inChosenLanguage(said.person, met);
    await this.#parts.commands.take({
      person,
      isMet: met !== undefined,
      thread,
      text,
      once: `${thread.id}|${activityId}`,
    });
    return undefined;
  }

  async #press(press: One<'press'>): Promise<InvokeAnswer | undefined> {
    const admission = this.#flood.admit(press.person.id, press.thread.id);
    if (admission === 'take') return this.#admitted(press);
    if (press.by === 'execute') return tooFast(press);
    if (admission === 'tell') await this.#slowDown(press);
    return undefined;
  }

  async #admitted(came: One<'press'>): Promise<InvokeAnswer | undefined> {
    const press = { ...came, person: await withChosenLanguage(this.#parts.store, came.person) };
    if (press.by === 'execute') return this.#parts.presses.execute(press);
    await this.#parts.presses.submit(press);
    return undefined;
  }

  /** Too much of it is answered with nothing found: the client asks again at the next letter. */
  #search(search: One<'search'>): Promise<InvokeAnswer> | InvokeAnswer {
    const admission = this.#flood.admit(search.person.id, search.thread.id);
    return admission === 'take' ? this.#parts.searches.answer(search) : searchAnswer([]);
  }

  #extension(extension: One<'extension'>): Promise<InvokeAnswer | undefined> | InvokeAnswer {
    const { person, place } = extension;
    // Chats of others are not named: each person's count as one of their own.
    const admission = this.#flood.admit(person.id, place?.id ?? person.id);
    if (admission === 'take') return this.#parts.extensions.answer(extension);
    return dialogMessage(slowDownAnswer(localeOf(person)));
  }

  /** Said once in a while: to answer each would be a flood of our own. */
  async #slowDown({ person, thread }: { readonly person: Person; readonly thread: Thread }): Promise<void> {
    const minute = Math.floor(this.#parts.clock.now() / MINUTE);
    await this.#parts.store.commit({
      thread,
      messages: [noticeTo(person, thread, { say: 'slow-down' }, String(minute))],
    });
  }

  /** Teams tells of one installation in two activities, one of which may name nobody: one welcome. */
  async #welcome({ thread, person = NOBODY }: One<'installed'>): Promise<undefined> {
    const hour = Math.floor(this.#parts.clock.now() / HOUR);
    const messages = [noticeTo(person, thread, { say: 'welcome' }, String(hour))];
    await this.#parts.store.commit({ thread, arrived: thread, messages });
    return undefined;
  }

  #answersIn(thread: Thread): boolean {
    if (thread.kind !== 'channel') return true;
    const { teams, channels } = this.#parts.allowed;
    if (teams !== undefined && !teams.includes(thread.team ?? '')) return false;
    return channels === undefined || channels.includes(thread.channel ?? '');
  }
}

function placeOf(incoming: Incoming): Thread | undefined {
  if (incoming.kind === 'extension') return incoming.place;
  return 'thread' in incoming ? incoming.thread : undefined;
}

function tooFast(press: One<'press'>): InvokeAnswer {
  return messageAnswer(slowDownAnswer(localeOf(press.person)));
}
