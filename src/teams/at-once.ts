import { LRUCache } from 'lru-cache';
import type { SingleNotice } from '../scan/notice.ts';
import type { Clock, Store } from '../scan/ports.ts';
import { speak } from '../chat/speak/speak.ts';
import { spokenActivity } from './card-activity.ts';
import type { Said } from './commands.ts';
import { lookIn } from './look.ts';
import type { LookSettings } from './look.ts';
import type { PacedSender } from './paced-sender.ts';

export interface AtOnceParts {
  readonly store: Pick<Store, 'waitsFor'>;
  readonly clock: Clock;
  readonly sender: Pick<PacedSender, 'post'>;
  readonly look: LookSettings;
}

/** Teams delivers again within minutes. */
const REMEMBERED = 10_000;

/**
 * Says within the turn what changes nothing: whoever asked for help reads it without a row being written. If the
 * process dies before it is sent, Teams has no answer to its call and delivers the question again.
 */
export class AtOnce {
  readonly #parts: AtOnceParts;
  readonly #answered = new LRUCache<string, true>({ max: REMEMBERED });

  constructor(parts: AtOnceParts) {
    this.#parts = parts;
  }

  /** False when it has to go the long way: nobody has met them yet, messages wait for that thread, or Teams takes it not. */
  async say({ person, isMet, thread, once }: Said, notice: SingleNotice): Promise<boolean> {
    if (this.#answered.has(once)) return true;
    if (!isMet || (await this.#parts.store.waitsFor(thread.id))) return false;
    // Before it is sent: the same question may come again meanwhile.
    this.#answered.set(once, true);
    const look = lookIn(thread, person, this.#parts.clock.now(), this.#parts.look);
    const spoken = speak(notice, { to: person, mention: false, look });
    const sent = await this.#parts.sender.post(thread, spokenActivity(spoken));
    if (!sent.ok) this.#answered.delete(once);
    return sent.ok;
  }
}
