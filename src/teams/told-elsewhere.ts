import type { Outcome } from '../scan/outcome.ts';
import { DONE } from '../scan/outcome.ts';
import type { ThreadId } from '../scan/ids.ts';
import type { Message } from '../scan/message.ts';
import type { Notice } from '../scan/notice.ts';
import type { Thread } from '../scan/person.ts';
import type { Store } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import type { PacedSent } from './paced-sender.ts';

type AboutRequest = Extract<Notice, { readonly request: unknown }>['say'];

/** What becomes of a scan is told where its requester wants to hear it. What answers somebody stays with the question. */
const MOVES: Readonly<Record<AboutRequest, boolean>> = {
  accepted: true,
  started: true,
  ended: true,
  confirmed: true,
  'found-later': true,
  'queue-over': true,
  'sign-in-to-follow': true,
  'schedule-over': true,
  'schedule-missed': true,
  'schedule-sign-in': true,
  'schedule-signed-in': true,
  'schedule-stopped': false,
  'approval-given': true,
  'approval-asked': false,
  'asked-already': false,
  'moved-here': false,
};

/** Notices for people who want to be told in one place, wherever they asked. */
export class ToldElsewhere {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Where this notice goes instead; `undefined` when it is where it belongs. */
  async placeFor({ content, to, thread }: Message, request: ScanRequest | undefined): Promise<ThreadId | undefined> {
    if (content.kind !== 'notice' || request?.thread !== thread) return undefined;
    const { notice, replaces } = content;
    // A change goes where the notice stands that it changes.
    if (!('request' in notice) || !MOVES[notice.say] || replaces !== undefined) return undefined;
    if (to.id !== request.requester.id) return undefined;
    const { tellIn } = (await this.#store.person(to.id)) ?? {};
    return tellIn === thread ? undefined : tellIn;
  }

  /** Whether this is where its reader wants to be told. */
  async isPlaceOf({ thread, to }: Message): Promise<boolean> {
    return (await this.#store.person(to.id))?.tellIn === thread;
  }

  /** Where the notice with this id stands, if it went to where its reader is told. */
  async delivered(id: string, { to }: Message): ReturnType<Store['delivered']> {
    const { tellIn } = (await this.#store.person(to.id)) ?? {};
    return tellIn === undefined ? undefined : this.#store.delivered(`${id}:${tellIn}`);
  }

  /** Nothing arrives there any more: this notice and all later ones go where the scan was asked for. */
  async takeBack(message: Message, thread: Thread, request: ScanRequest | undefined): Promise<Outcome | undefined> {
    const person = await this.#store.person(message.to.id);
    if (request === undefined || person?.tellIn !== thread.id || request.thread === thread.id) return undefined;
    const back: Message = { ...message, id: `${message.id}:back`, thread: request.thread };
    await this.#store.commit({ person, tellIn: { thread: undefined }, messages: [back] });
    return DONE;
  }
}

export function isLost(sent: Extract<PacedSent, { ok: false }>): boolean {
  return sent.why === 'gone' || sent.why === 'blocked' || sent.why === 'impossible';
}
