import { createHash } from 'node:crypto';
import type { Cast } from './cast.ts';

/** Where something is said, as a test or the chat page names it. */
export type Place =
  | { readonly kind: 'channel'; readonly room: string; readonly thread: string }
  | { readonly kind: 'group'; readonly room: string }
  | { readonly kind: 'personal'; readonly room: string };

/** A channel, group chat or personal chat: what has members, and an installation of the bot. */
export interface Room {
  /** The conversation id without `;messageid=`. */
  readonly id: string;
  readonly kind: Place['kind'];
  readonly name: string;
  /** Handles. */
  readonly members: readonly string[];
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly groupId: string;
}

/** The conversation id and the message that its thread hangs from. */
export function split(conversation: string): { readonly room: string; readonly root: string | undefined } {
  const [room = '', root] = conversation.split(';messageid=');
  return { room, root };
}

export function conversationOf(room: string, root: string | undefined): string {
  return root === undefined ? room : `${room};messageid=${root}`;
}

/** One team with channels, any number of chats. Ids depend on names only: the same chat has the same id every time. */
export class Rooms {
  readonly team: Team;
  readonly #cast: Cast;
  readonly #rooms = new Map<string, Room>();
  readonly #installed = new Set<string>();

  constructor(cast: Cast) {
    this.#cast = cast;
    const groupId = guid(`group ${cast.tenantId}`);
    this.team = { id: `19:${digest(`team ${cast.tenantId}`)}@thread.tacv2`, name: cast.teamName, groupId };
  }

  all(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  find(id: string): Room | undefined {
    return this.#rooms.get(id);
  }

  get(id: string): Room {
    const room = this.find(id);
    if (room === undefined) throw new Error(`There is no room ${id}.`);
    return room;
  }

  /** Everybody is in the team, and the team has the bot. The first to name a private channel says who is in it. */
  channel(name: string, handles: readonly string[] = this.#cast.people.map((person) => person.handle)): Room {
    const id = `19:${digest(`channel ${this.#cast.tenantId} ${name}`)}@thread.tacv2`;
    return this.#open({ id, kind: 'channel', name, members: handles }, true);
  }

  /** Has the bot from the start. */
  group(handles: readonly string[]): Room {
    const members = [...new Set(handles)].sort();
    members.forEach((handle) => this.#cast.person(handle));
    const id = `19:${digest(`chat ${this.#cast.tenantId} ${members.join(' ')}`)}@thread.v2`;
    return this.#open({ id, kind: 'group', name: members.join(', '), members }, true);
  }

  /** Exists for everybody, but has the bot only once that person installed it or wrote to it. */
  personal(handle: string): Room {
    const person = this.#cast.person(handle);
    const id = `a:1${digest(`${this.#cast.appId} ${person.teamsId}`)}${digest(person.oid)}`;
    return this.#open({ id, kind: 'personal', name: person.name, members: [handle] }, false);
  }

  install(room: Room): void {
    this.#installed.add(room.id);
  }

  uninstall(room: Room): void {
    this.#installed.delete(room.id);
  }

  /** As if it had never been there: a channel that was deleted. */
  remove(id: string): void {
    this.#rooms.delete(id);
  }

  hasBot(room: Room): boolean {
    return this.#installed.has(room.id);
  }

  #open(room: Room, withBot: boolean): Room {
    const known = this.find(room.id);
    if (known !== undefined) return known;
    this.#rooms.set(room.id, room);
    if (withBot) this.install(room);
    return room;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function guid(text: string): string {
  return digest(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
