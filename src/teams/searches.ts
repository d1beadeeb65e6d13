import type { DeviceFinder, Found } from '../scan/finding/device-finder.ts';
import type { Message } from '../scan/message.ts';
import type { Clock, Store } from '../scan/ports.ts';
import { signInMends } from '../scan/refusal.ts';
import { MINUTE } from '../scan/time.ts';
import { foundRows } from '../chat/cards/find-card.ts';
import { searchedFor } from '../chat/command/selector.ts';
import type { IncomingSearch } from './activity/incoming.ts';
import { withChosenLanguage } from './chosen-language.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { searchAnswer } from './invoke-answer.ts';

/** As the card that asks for a device names what it searches. */
const DEVICES = 'devices';
/** Whoever types on without a sign-in is asked for it once in this time. */
const ASKED_AGAIN_AFTER = 10 * MINUTE;

export interface SearchParts {
  readonly finder: DeviceFinder;
  readonly store: Store;
  readonly clock: Clock;
}

/** What stands below a field while somebody types into it. */
export class Searches {
  readonly #parts: SearchParts;

  constructor(parts: SearchParts) {
    this.#parts = parts;
  }

  async answer(search: IncomingSearch): Promise<InvokeAnswer> {
    if (search.dataset !== DEVICES) return searchAnswer([]);
    const person = await withChosenLanguage(this.#parts.store, search.person);
    const found = await this.#parts.finder.suggest(person, searchedFor(search.text));
    if (needsSignIn(found)) await this.#askToSignIn({ ...search, person });
    return searchAnswer(foundRows(found, person));
  }

  async #askToSignIn({ person, thread }: IncomingSearch): Promise<void> {
    const when = Math.floor(this.#parts.clock.now() / ASKED_AGAIN_AFTER);
    const id = `sign-in:search:${thread.id}:${person.id}:${when}`;
    const message: Message = { id, thread: thread.id, to: person, content: { kind: 'sign-in' } };
    await this.#parts.store.commit({ person, thread, messages: [message] });
  }
}

function needsSignIn(found: Found): boolean {
  return found.is === 'refused' && signInMends(found.refusal);
}
