import type { Device } from '../device.ts';
import type { DeviceId, Time } from '../ids.ts';
import type { Person } from '../person.ts';
import type { Clock, Defender, Store } from '../ports.ts';
import type { Answer, Refusal } from '../refusal.ts';
import { answered } from '../refusal.ts';
import { deviceOf } from '../scan-request.ts';
import { SECOND } from '../time.ts';
import { within } from '../within.ts';
import { isAddress } from './address.ts';
import { matchDevices } from './match-devices.ts';
import type { OwnDevices } from './own-devices.ts';

/** What Teams shows below a field at the most. */
const MOST_FOUND = 15;
/** A person who types does not wait longer; what comes later is there at the next letter. */
const ANSWER_WITHIN: Time = 1.8 * SECOND;
const FEWEST_LETTERS = 2;
/** How far back own requests are looked through. */
const LOOK_BACK = 100;

export type Found =
  | { readonly is: 'found'; readonly devices: readonly Device[] }
  | { readonly is: 'late' }
  | { readonly is: 'refused'; readonly refusal: Refusal };

export interface FinderParts {
  readonly own: OwnDevices;
  readonly defender: Pick<Defender, 'accountsOf'>;
  readonly store: Pick<Store, 'requestsOf'>;
  readonly clock: Clock;
  /** Work that nobody waits for any more; a fault in it is logged. */
  readonly inBackground: (what: string, work: Promise<unknown>) => void;
}

/** Finds devices while somebody types, among those that they may see. */
export class DeviceFinder {
  readonly #parts: FinderParts;

  constructor(parts: FinderParts) {
    this.#parts = parts;
  }

  /** With less than two letters: the devices that they asked about last. */
  async suggest(person: Person, typed: string): Promise<Found> {
    return this.#inTime(this.#search(person, typed.trim()));
  }

  /** All that the person may see, for a text in which some of them may be named. */
  async all(person: Person): Promise<Found> {
    return this.#inTime(this.#visible(person));
  }

  async #inTime(work: Promise<Answer<readonly Device[]>>): Promise<Found> {
    const { clock, inBackground } = this.#parts;
    const answer = await within(clock, ANSWER_WITHIN, work);
    if (answer === 'late') {
      inBackground('late search', work);
      return { is: 'late' };
    }
    return answer.ok ? { is: 'found', devices: answer.value } : { is: 'refused', refusal: answer.refusal };
  }

  async #search(person: Person, typed: string): Promise<Answer<readonly Device[]>> {
    const visible = await this.#visible(person);
    if (!visible.ok) return visible;
    if (typed.length < FEWEST_LETTERS) return answered(await this.#recent(person, visible.value));
    const found = matchDevices(visible.value, typed);
    if (found.length === 0 && isAddress(typed)) return firstOf(await this.#parts.own.at(person, typed));
    return answered(found.slice(0, MOST_FOUND));
  }

  /** Asked each time whether they are still signed in: somebody who is not is shown nothing that was fetched before. */
  async #visible(person: Person): Promise<Answer<readonly Device[]>> {
    const accounts = await this.#parts.defender.accountsOf(person);
    if (accounts.ok) return this.#parts.own.list(person);
    this.#parts.own.forget(person.id);
    return accounts;
  }

  /** Newest first; what they may not see any more is left out. */
  async #recent(person: Person, visible: readonly Device[]): Promise<readonly Device[]> {
    const requests = await this.#parts.store.requestsOf(person.id, LOOK_BACK);
    const ids = new Set<DeviceId>(requests.flatMap((request) => deviceOf(request)?.id ?? []));
    const byId = new Map(visible.map((device) => [device.id, device]));
    return [...ids].flatMap((id) => byId.get(id) ?? []).slice(0, MOST_FOUND);
  }
}

function firstOf(answer: Answer<readonly Device[]>): Answer<readonly Device[]> {
  return answer.ok ? answered(answer.value.slice(0, MOST_FOUND)) : answer;
}
