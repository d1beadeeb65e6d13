import type { Time } from '../scan/ids.ts';
import type { Outcome, Worker } from '../scan/engine.ts';
import { again, DONE } from '../scan/engine.ts';
import type { Message, MessageContent, Notice } from '../scan/message.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Claim, Clock, PostedCard, Store } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { DAY, MINUTE, SECOND } from '../scan/time.ts';
import { scanCard } from '../chat/cards/scan-card.ts';
import { speak } from '../chat/speak/speak.ts';
import { cardActivity, spokenActivity } from './card-activity.ts';
import { withChosenLanguage } from './chosen-language.ts';
import type { Sent } from './connector.ts';
import type { LookSettings } from './look.ts';
import { lookIn, sharedLookIn } from './look.ts';

/** Where activities go out. */
export interface Sender {
  post(thread: Thread, activity: object): Promise<Sent>;
  replace(thread: Thread, activityId: string, activity: object): Promise<Sent>;
}

/** Builds the sign-in card of a person for a thread; undefined when the Token Service does not answer. */
export type SignInCardFor = (person: Person, thread: Thread) => Promise<object | undefined>;

export interface DeliveryParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sender: Sender;
  readonly signInCard: SignInCardFor;
  readonly look: LookSettings;
  readonly note: (facts: Readonly<Record<string, string>>, what: string) => void;
}

/** After this a message is of no use to anybody. */
const LONGEST_TRY = 4 * DAY;

/** Takes messages from the store to Teams: each drawn from what the store holds when it goes out. */
export class Delivery implements Worker {
  readonly #parts: DeliveryParts;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  async work(claim: Claim): Promise<Outcome> {
    const message = await this.#parts.store.message(claim.id);
    const thread = message && (await this.#parts.store.thread(message.thread));
    if (message === undefined || thread === undefined) return { is: 'dead', why: 'no thread' };
    const { content } = message;
    switch (content.kind) {
      case 'card':
        return this.#card(claim, content, thread);
      case 'notice':
        return this.#notice(claim, { ...message, content }, thread);
      case 'sign-in':
        return this.#signIn(claim, message.to, thread);
    }
  }

  giveUp(claim: Claim, reference: string): Promise<Outcome> {
    return Promise.resolve({ is: 'dead', why: `unexpected, reference ${reference}`, kind: claim.kind });
  }

  async #card(claim: Claim, content: CardContent, thread: Thread): Promise<Outcome> {
    const request = await this.#parts.store.request(content.request);
    if (request === undefined) return { is: 'dead', why: 'no request' };
    const posted = await this.#parts.store.card(request.id, thread.id);
    if (posted !== undefined && posted.rev >= request.rev && content.entered === undefined) return DONE;
    const requester = await withChosenLanguage(this.#parts.store, request.requester);
    const look = sharedLookIn(thread, requester, this.#parts.clock.now(), this.#parts.look);
    const activity = cardActivity(scanCard(request, look, content.entered));
    const sent = await this.#send(thread, activity, posted);
    if (sent.ok) return stands(request, thread, sent.id);
    if (sent.why !== 'gone' || posted === undefined) return this.#notSent(claim, sent);
    await this.#parts.store.forgetCard(request.id, thread.id);
    return again(this.#parts.clock.now());
  }

  #send(thread: Thread, activity: object, posted: PostedCard | undefined): Promise<Sent> {
    if (posted === undefined) return this.#parts.sender.post(thread, activity);
    return this.#parts.sender.replace(thread, posted.activityId, activity);
  }

  async #notice(claim: Claim, message: NoticeMessage, thread: Thread): Promise<Outcome> {
    const { notice, mention } = message.content;
    const request = await this.#requestOf(notice);
    const to = await withChosenLanguage(this.#parts.store, message.to);
    const look = lookIn(thread, to, this.#parts.clock.now(), this.#parts.look);
    const spoken = speak(notice, { to, mention, look, ...(request && { request }) });
    const sent = await this.#parts.sender.post(thread, spokenActivity(spoken));
    return sent.ok ? DONE : this.#notSent(claim, sent);
  }

  async #requestOf(notice: Notice): Promise<ScanRequest | undefined> {
    return 'request' in notice ? this.#parts.store.request(notice.request) : undefined;
  }

  async #signIn(claim: Claim, person: Person, thread: Thread): Promise<Outcome> {
    const reader = await withChosenLanguage(this.#parts.store, person);
    const activity = await this.#parts.signInCard(reader, thread);
    if (activity === undefined) return this.#later(claim);
    const sent = await this.#parts.sender.post(thread, activity);
    return sent.ok ? DONE : this.#notSent(claim, sent);
  }

  #notSent(claim: Claim, sent: Extract<Sent, { ok: false }>): Outcome {
    this.#parts.note({ message: claim.id, why: sent.why, code: sent.code }, 'a message did not reach Teams');
    switch (sent.why) {
      case 'retry':
        return this.#later(claim, sent.at);
      case 'unknown':
        return this.#later(claim);
      case 'gone':
      case 'blocked':
      case 'impossible':
        return { is: 'dead', why: `${sent.why} ${sent.code}` };
    }
  }

  #later(claim: Claim, at: Time = 0): Outcome {
    const backoff = Math.min(MINUTE, SECOND * 2 ** Math.min(claim.fails, 6));
    if (claim.fails * MINUTE > LONGEST_TRY) return { is: 'dead', why: 'tried for days' };
    return { is: 'again', at: Math.max(at, this.#parts.clock.now() + backoff), failed: true };
  }
}

type CardContent = Extract<MessageContent, { kind: 'card' }>;
type NoticeMessage = Message & { readonly content: Extract<MessageContent, { kind: 'notice' }> };

/** A card that Teams took without naming it cannot be replaced: the next drawing is posted anew. */
function stands(request: ScanRequest, thread: Thread, activityId: string): Outcome {
  if (activityId === '') return DONE;
  return { is: 'done', card: { request: request.id, thread: thread.id, activityId, rev: request.rev } };
}
