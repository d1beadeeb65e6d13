import type { Message } from '../page/api.ts';
import type { Handle } from '../page/world.ts';
import type { Message as Kept } from '../teams/message.ts';
import type { TeamsStandIn } from '../teams/stand-in.ts';
import type { TeamsWorld } from '../teams/teams-world.ts';
import { mentionedPeople, messageView, placeOf, readersOf } from './message-view.ts';
import type { PageLines } from './page-lines.ts';

/** Tells the pages what happens in the places that their people see. */
export class Announcer {
  readonly #teams: TeamsStandIn;
  readonly #lines: PageLines;
  readonly #signedIn = new Set<string>();

  constructor(teams: TeamsStandIn, lines: PageLines) {
    this.#teams = teams;
    this.#lines = lines;
  }

  get #world(): TeamsWorld {
    return this.#teams.world;
  }

  /** From now on. */
  listen(): void {
    const teams = this.#teams;
    teams.on('message', (message) => {
      this.#tell('message', message);
      this.#toast(message);
    });
    teams.on('edit', (message) => {
      this.#tell('edit', message);
    });
    teams.on('view', ({ handle, message }) => {
      this.#tell('edit', this.#world.get(message), [handle]);
    });
    teams.on('delete', (message) => {
      const { place } = placeOf(message);
      this.#lines.tellEach('delete', readersOf(this.#world, message), () => ({ id: message.id, place }));
    });
    teams.on('typing', ({ conversation }) => {
      const spot = placeOf({ conversation });
      const { members } = this.#world.rooms.get(spot.place);
      this.#lines.tell('typing', spot, (handle) => members.includes(handle));
    });
  }

  /** All that one person sees, oldest first. */
  messages(handle: Handle): readonly Message[] {
    const seen = this.#world.messages().filter((message) => readersOf(this.#world, message).includes(handle));
    return seen.map((message) => this.#view(message, handle));
  }

  /** Somebody has signed in by this message: the button in it has done its work for them. */
  signedIn(message: string, handle: Handle): void {
    this.#signedIn.add(`${handle} ${message}`);
    this.#tell('edit', this.#world.get(message), [handle]);
  }

  #view(message: Kept, handle: Handle): Message {
    return messageView(this.#world, message, handle, this.#signedIn.has(`${handle} ${message.id}`));
  }

  #tell(name: 'message' | 'edit', message: Kept, to = readersOf(this.#world, message)): void {
    this.#lines.tellEach(name, to, (handle) => this.#view(message, handle));
  }

  #toast(message: Kept): void {
    const { author } = message;
    const called = mentionedPeople(this.#world, message);
    const readers = readersOf(this.#world, message).filter((handle) => called.includes(handle));
    this.#lines.tellEach('toast', readers, (handle) => {
      const { summary } = this.#view(message, handle);
      return { summary, message: message.id, author, ...placeOf(message) };
    });
  }
}
