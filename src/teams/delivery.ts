import type { BatchId, ThreadId } from '../scan/ids.ts';
import type { Outcome, Worker } from '../scan/outcome.ts';
import { again, DONE } from '../scan/outcome.ts';
import type { Message, MessageContent } from '../scan/message.ts';
import type { SingleNotice } from '../scan/notice.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Claim, Clock, PostedCard, Store } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { scanCard } from '../chat/cards/scan-card.ts';
import type { Look } from '../chat/cards/look.ts';
import { speak } from '../chat/speak/speak.ts';
import type { Spoken } from '../chat/speak/speak.ts';
import { cardActivity, spokenActivity } from './card-activity.ts';
import type { AskedApprovers } from './asked-approvers.ts';
import { BatchDelivery, isAboutMany } from './batch-delivery.ts';
import { copyOf } from './asked-approvers.ts';
import { withChosenLanguage } from './chosen-language.ts';
import type { PacedSender, PacedSent } from './paced-sender.ts';
import type { LookSettings } from './look.ts';
import { isLost, ToldElsewhere } from './told-elsewhere.ts';
import { Undelivered } from './undelivered.ts';
import type { Sending } from './undelivered.ts';
import { copyLook, lookIn, sharedLookIn, viewIn } from './look.ts';

/** Builds the sign-in card of a person for a thread; undefined when the Token Service does not answer. */
export type SignInCardFor = (person: Person, thread: Thread) => Promise<object | undefined>;

export interface DeliveryParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sender: PacedSender;
  readonly signInCard: SignInCardFor;
  readonly approvers: Pick<AskedApprovers, 'tell'>;
  readonly look: LookSettings;
  readonly note: (facts: Readonly<Record<string, string>>, what: string) => void;
}

/** Takes messages from the store to Teams: each drawn from what the store holds when it goes out. */
export class Delivery implements Worker {
  readonly #parts: DeliveryParts;
  readonly #undelivered: Undelivered;
  readonly #elsewhere: ToldElsewhere;
  readonly #many: BatchDelivery;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#undelivered = new Undelivered(parts);
    this.#elsewhere = new ToldElsewhere(parts.store);
    this.#many = new BatchDelivery(parts, this.#undelivered);
  }

  async work(claim: Claim): Promise<Outcome> {
    const message = await this.#parts.store.message(claim.id);
    const thread = message && (await this.#parts.store.thread(message.thread));
    if (message === undefined || thread === undefined) return { is: 'dead', why: 'no thread' };
    const { content } = message;
    switch (content.kind) {
      case 'card':
        return this.#card(claim, { ...message, content }, thread);
      case 'batch-card':
        return this.#many.card(claim, { ...message, content }, thread);
      case 'ask-approvers':
        return this.#askApprovers(claim, content, thread);
      case 'notice':
        return this.#notice(claim, { ...message, content }, thread);
      case 'sign-in':
        return this.#signIn(claim, message, thread);
    }
  }

  giveUp(_claim: Claim, reference: string): Promise<Outcome> {
    return Promise.resolve({ is: 'dead', why: `unexpected, reference ${reference}` });
  }

  async #askApprovers(claim: Claim, content: AskContent, thread: Thread): Promise<Outcome> {
    const { store } = this.#parts;
    const single = await store.request(content.request);
    const request = single ?? (await store.batches.batch(content.request as BatchId));
    if (request === undefined) return { is: 'dead', why: 'no request' };
    return this.#parts.approvers.tell(claim, { request, again: content.again }, thread);
  }

  async #card(claim: Claim, message: CardMessage, thread: Thread): Promise<Outcome> {
    const { content } = message;
    const request = await this.#parts.store.request(content.request);
    if (request === undefined) return { is: 'dead', why: 'no request' };
    await this.#redrawCopies(request, thread);
    const posted = await this.#parts.store.card(request.id, thread.id);
    if (posted !== undefined && posted.rev >= request.rev && content.entered === undefined) return DONE;
    const look = await this.#lookOf(request, thread, message.to);
    const activity = cardActivity(scanCard(request, look, content.entered));
    const sent = await this.#send(thread, activity, posted);
    if (sent.ok && thread.id !== request.thread) await this.#catchUp(request, thread);
    if (sent.ok) return stands(request, thread, sent.id);
    // In their own chat it is posted anew; elsewhere nobody wants it back where somebody took it away.
    const isOwnChat = thread.kind === 'personal' && thread.id === request.thread;
    if (sent.why !== 'gone' || posted === undefined || !isOwnChat) {
      return this.#undelivered.outcome({ claim, message, thread, request }, sent);
    }
    await this.#parts.store.forgetCard(request.id, thread.id);
    return again(this.#parts.clock.now());
  }

  /** In a thread with others the card has no view for one of them; a copy is for the one who got it. */
  async #lookOf(request: ScanRequest, thread: Thread, to: Person): Promise<Look> {
    const { look, store } = this.#parts;
    const now = this.#parts.clock.now();
    if (thread.id !== request.thread) return copyLook(thread, await withChosenLanguage(store, to), now, look);
    const reader = await withChosenLanguage(store, request.requester);
    if (thread.kind === 'personal') return viewIn(thread, reader, request, { now, ...look });
    return sharedLookIn(thread, reader, now, look);
  }

  /** Wherever else the card stands. Written before this one goes out: they change even when this one cannot. */
  async #redrawCopies(request: ScanRequest, thread: Thread): Promise<void> {
    if (thread.id !== request.thread) return;
    const cards = await this.#parts.store.cardsOf(request.id);
    const old = cards.filter((card) => card.thread !== thread.id && card.rev < request.rev);
    if (old.length === 0) return;
    const messages = await Promise.all(old.map((card) => this.#copy(request, card.thread)));
    await this.#parts.store.commit({ messages });
  }

  #send(thread: Thread, activity: object, posted: PostedCard | undefined): Promise<PacedSent> {
    if (posted === undefined) return this.#parts.sender.post(thread, activity);
    return this.#parts.sender.replace(thread, posted.activityId, activity);
  }

  /** A copy that was under way while the request moved was not there yet to be redrawn. Behind this one in its thread. */
  async #catchUp(drawn: ScanRequest, thread: Thread): Promise<void> {
    const request = await this.#parts.store.request(drawn.id);
    if (request === undefined || request.rev === drawn.rev) return;
    await this.#parts.store.commit({ messages: [await this.#copy(request, thread.id)] });
  }

  /** In the language of whoever has it. */
  async #copy(request: ScanRequest, id: ThreadId): Promise<Message> {
    const { store } = this.#parts;
    const owner = (await store.thread(id))?.owner;
    const reader = owner === undefined ? undefined : await store.person(owner);
    return copyOf(request, { id }, reader ?? request.requester);
  }

  async #notice(claim: Claim, message: NoticeMessage, thread: Thread): Promise<Outcome> {
    if (isAboutMany(message)) return this.#many.notice(claim, message, thread);
    const { mention } = message.content;
    const notice = message.content.notice as SingleNotice;
    const request = await this.#requestOf(notice);
    const elsewhere = await this.#elsewhere.placeFor(message, request);
    if (elsewhere !== undefined) return this.#undelivered.follow(message, { thread: elsewhere });
    if (request !== undefined && hasMoved(request, thread) && !(await this.#elsewhere.isPlaceOf(message))) {
      return this.#undelivered.follow(message, request);
    }
    const to = await withChosenLanguage(this.#parts.store, message.to);
    const look = lookIn(thread, to, this.#parts.clock.now(), this.#parts.look);
    const spoken = speak(notice, { to, mention, look, ...(request && { request }) });
    const { replaces } = message.content;
    if (replaces !== undefined) return this.#change({ claim, message, thread, request }, replaces, spoken);
    const sent = await this.#parts.sender.post(thread, spokenActivity(spoken));
    if (!sent.ok) return this.#notTold({ claim, message, thread, request }, sent);
    return notice.say === 'ended' && sent.id !== '' ? { ...DONE, activityId: sent.id } : DONE;
  }

  async #notTold(sending: Sending, sent: Extract<PacedSent, { ok: false }>): Promise<Outcome> {
    const { message, thread, request } = sending;
    const back = isLost(sent) ? await this.#elsewhere.takeBack(message, thread, request) : undefined;
    return back ?? this.#undelivered.outcome(sending, sent);
  }

  /** Where it is gone, or was never seen to stand, nothing is said in its place. */
  async #change(sending: Sending, replaces: string, spoken: Spoken): Promise<Outcome> {
    const { store, sender } = this.#parts;
    const stands = (await store.delivered(replaces)) ?? (await this.#elsewhere.delivered(replaces, sending.message));
    const thread = stands && (await store.thread(stands.thread));
    if (stands === undefined || thread === undefined) return DONE;
    const sent = await sender.replace(thread, stands.activityId, spokenActivity(spoken));
    if (sent.ok || sent.why === 'gone' || sent.why === 'blocked') return DONE;
    return this.#undelivered.outcome(sending, sent);
  }

  async #requestOf(notice: SingleNotice): Promise<ScanRequest | undefined> {
    return 'request' in notice ? this.#parts.store.request(notice.request) : undefined;
  }

  async #signIn(claim: Claim, message: Message, thread: Thread): Promise<Outcome> {
    const reader = await withChosenLanguage(this.#parts.store, message.to);
    const activity = await this.#parts.signInCard(reader, thread);
    if (activity === undefined) return this.#undelivered.later(claim);
    const sent = await this.#parts.sender.post(thread, activity);
    return sent.ok ? DONE : this.#undelivered.outcome({ claim, message, thread }, sent);
  }
}

/** Its thread or its card was deleted: what is still to be said is said where it goes on. Chats with others are their own. */
function hasMoved(request: ScanRequest, thread: Thread): boolean {
  return request.thread !== thread.id && thread.kind !== 'personal';
}

type CardMessage = Message & { readonly content: Extract<MessageContent, { kind: 'card' }> };
type AskContent = Extract<MessageContent, { kind: 'ask-approvers' }>;
type NoticeMessage = Message & { readonly content: Extract<MessageContent, { kind: 'notice' }> };

/** A card that Teams took without naming it cannot be replaced: the next drawing is posted anew. */
function stands(request: ScanRequest, thread: Thread, activityId: string): Outcome {
  if (activityId === '') return DONE;
  return { is: 'done', card: { request: request.id, thread: thread.id, activityId, rev: request.rev } };
}
