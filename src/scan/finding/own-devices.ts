import type { Device } from '../device.ts';
import type { PersonId, Time } from '../ids.ts';
import type { Person } from '../person.ts';
import type { Clock } from '../ports.ts';
import type { Answer } from '../refusal.ts';
import { MINUTE, SECOND } from '../time.ts';
import type { DeviceLists } from './device-lists.ts';

/** So old may a list be that is searched. */
const FRESH: Time = 5 * MINUTE;
/** Whatever is typed: no more than one question to Defender in this time, for each person. */
const PAUSE: Time = 2 * SECOND;
/** Rows in memory, of all people together: at half a kilobyte each about 50 MB. */
const MOST_ROWS = 100_000;
const MOST_ADDRESSES = 100;

type Devices = Answer<readonly Device[]>;

interface Kept {
  readonly at: Time;
  readonly answer: Promise<Devices>;
}

/** What is in memory of one person. */
interface Shelf {
  list: Kept | undefined;
  /** How long the list is. */
  rows: number;
  readonly addresses: Map<string, Kept>;
  askedAt: Time;
}

export interface OwnDevicesParts {
  readonly lists: DeviceLists;
  readonly clock: Clock;
}

/** The devices that each person may see, fetched with that person's rights and never shown to anybody else. */
export class OwnDevices {
  readonly #parts: OwnDevicesParts;
  /** The least used first. */
  readonly #shelves = new Map<PersonId, Shelf>();

  constructor(parts: OwnDevicesParts) {
    this.#parts = parts;
  }

  /** All of them; the answer of the last five minutes where there is one. */
  async list(person: Person): Promise<Devices> {
    const shelf = this.#shelfOf(person.id);
    const kept = this.#good(shelf.list) ?? (await this.#fetchList(person, shelf));
    return kept.answer;
  }

  /** Those with this address, which the list does not know. */
  async at(person: Person, address: string): Promise<Devices> {
    const shelf = this.#shelfOf(person.id);
    const kept = this.#good(shelf.addresses.get(address));
    if (kept !== undefined) return kept.answer;
    await this.#turn(shelf);
    const asked = this.#ask(shelf, this.#parts.lists.devicesAt(person, address));
    if (shelf.addresses.size >= MOST_ADDRESSES) shelf.addresses.clear();
    shelf.addresses.set(address, asked);
    void asked.answer.then(
      (answer) => answer.ok || shelf.addresses.delete(address),
      () => shelf.addresses.delete(address),
    );
    return asked.answer;
  }

  /** Whoever signs out leaves nothing behind, nor does an answer that is still on its way. */
  forget(person: PersonId): void {
    this.#shelves.delete(person);
  }

  forgetAll(): void {
    this.#shelves.clear();
  }

  async #fetchList(person: Person, shelf: Shelf): Promise<Kept> {
    await this.#turn(shelf);
    const meanwhile = this.#good(shelf.list);
    if (meanwhile !== undefined) return meanwhile;
    const asked = this.#ask(shelf, this.#parts.lists.devicesOf(person));
    shelf.list = asked;
    const drop = (): void => {
      if (shelf.list === asked) shelf.list = undefined;
    };
    void asked.answer.then((answer) => {
      if (answer.ok) this.#makeRoom(person.id, answer.value.length);
      else drop();
    }, drop);
    return asked;
  }

  #ask(shelf: Shelf, answer: Promise<Devices>): Kept {
    shelf.askedAt = this.#parts.clock.now();
    return { at: shelf.askedAt, answer };
  }

  /** Waits until this person may ask again: of several that wait, each takes a turn of its own. */
  async #turn(shelf: Shelf): Promise<void> {
    const { clock } = this.#parts;
    for (let wait = shelf.askedAt + PAUSE - clock.now(); wait > 0; wait = shelf.askedAt + PAUSE - clock.now()) {
      const ms = wait;
      await new Promise<void>((resolve) => clock.after(ms, resolve));
    }
  }

  #good(kept: Kept | undefined): Kept | undefined {
    return kept !== undefined && this.#parts.clock.now() - kept.at < FRESH ? kept : undefined;
  }

  #shelfOf(person: PersonId): Shelf {
    const shelf = this.#shelves.get(person) ?? { list: undefined, rows: 0, addresses: new Map(), askedAt: -PAUSE };
    this.#shelves.delete(person);
    this.#shelves.set(person, shelf);
    return shelf;
  }

  /** The newest stays, however long it is. */
  #makeRoom(newest: PersonId, newRows: number): void {
    const shelf = this.#shelves.get(newest);
    if (shelf !== undefined) shelf.rows = newRows;
    let rows = [...this.#shelves.values()].reduce((sum, one) => sum + one.rows, 0);
    for (const [person, one] of this.#shelves) {
      if (rows <= MOST_ROWS) return;
      if (person === newest) continue;
      rows -= one.rows;
      this.#shelves.delete(person);
    }
  }
}
