import type { Device } from '../device.ts';
import type { DeviceLists } from '../finding/device-lists.ts';
import type { PersonId, Time } from '../ids.ts';
import type { Person } from '../person.ts';
import type { Clock, Defender } from '../ports.ts';
import type { Answer } from '../refusal.ts';
import { answered } from '../refusal.ts';
import { SECOND } from '../time.ts';

export interface ListSightParts {
  readonly clock: Clock;
  readonly defender: Pick<Defender, 'visibleDevices'>;
  /** For a list of many. */
  readonly lists: Pick<DeviceLists, 'devicesOf'>;
}

/** As many ids as one call takes. For more, everything that the person sees is one call, too. */
const FEW = 20;
/** A long list may take longer than a press can wait: whoever presses again finds it there. */
const GOOD_FOR = 30 * SECOND;

interface Asked {
  readonly at: Time;
  readonly answer: Promise<Answer<readonly Device[]>>;
}

/** Whether somebody sees all devices of a list, by their own rights. */
export class ListSight {
  readonly #parts: ListSightParts;
  readonly #asked = new Map<PersonId, Asked>();

  constructor(parts: ListSightParts) {
    this.#parts = parts;
  }

  /** All of them, or none of them counts as seen. */
  async seesAll(person: Person, devices: readonly Device[]): Promise<Answer<readonly Device[]>> {
    const ids = devices.map(({ id }) => id);
    const few = ids.slice(0, FEW);
    // Some of them always now, with the token that the person has now.
    const [first, all] = await Promise.all([
      this.#parts.defender.visibleDevices(person, few),
      ids.length > FEW ? this.#everything(person) : answered([]),
    ]);
    if (!first.ok) return first;
    if (!all.ok) return all;
    const visible = new Set([...first.value, ...all.value.map(({ id }) => id)]);
    const seen = few.every((id) => first.value.has(id)) && ids.every((id) => visible.has(id));
    return answered(seen ? devices : []);
  }

  #everything(person: Person): Asked['answer'] {
    const now = this.#parts.clock.now();
    for (const [who, { at }] of this.#asked) if (now - at >= GOOD_FOR) this.#asked.delete(who);
    const known = this.#asked.get(person.id);
    if (known !== undefined) return known.answer;
    const answer = this.#parts.lists.devicesOf(person);
    const asked = { at: now, answer };
    this.#asked.set(person.id, asked);
    const drop = (): void => {
      if (this.#asked.get(person.id) === asked) this.#asked.delete(person.id);
    };
    void answer.then(({ ok }) => {
      if (!ok) drop();
    }, drop);
    return answer;
  }
}
