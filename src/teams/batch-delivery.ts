import type { Batch } from '../scan/batch/batch.ts';
import type { Outcome } from '../scan/outcome.ts';
import { again, DONE } from '../scan/outcome.ts';
import type { ThreadId } from '../scan/ids.ts';
import type { Message, MessageContent } from '../scan/message.ts';
import type { BatchNotice } from '../scan/notice.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Claim, Clock, Store } from '../scan/ports.ts';
import { ROWS_PER_MESSAGE } from '../scan/work/batch/csv-messages.ts';
import { batchCard } from '../chat/cards/batch-card.ts';
import { batchCsvCard } from '../chat/cards/batch-csv-card.ts';
import type { Look } from '../chat/cards/look.ts';
import { speakOfMany } from '../chat/speak/speak.ts';
import type { Spoken } from '../chat/speak/speak.ts';
import { cardActivity, spokenActivity } from './card-activity.ts';
import { withChosenLanguage } from './chosen-language.ts';
import { copyLook, lookIn, sharedLookIn, viewIn } from './look.ts';
import type { LookSettings } from './look.ts';
import type { PacedSender } from './paced-sender.ts';
import type { Undelivered } from './undelivered.ts';

export interface BatchDeliveryParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sender: PacedSender;
  readonly look: LookSettings;
}

export type BatchCardMessage = Message & { readonly content: Extract<MessageContent, { kind: 'batch-card' }> };
export type BatchNoticeMessage = Message & {
  readonly content: Extract<MessageContent, { kind: 'notice' }> & { readonly notice: BatchNotice };
};

/** Takes what is shown and said about requests for many to Teams. */
export class BatchDelivery {
  readonly #parts: BatchDeliveryParts;
  readonly #undelivered: Undelivered;

  constructor(parts: BatchDeliveryParts, undelivered: Undelivered) {
    this.#parts = parts;
    this.#undelivered = undelivered;
  }

  async card(claim: Claim, message: BatchCardMessage, thread: Thread): Promise<Outcome> {
    const { store, sender, clock } = this.#parts;
    const { content } = message;
    const batch = await store.batches.batch(content.batch);
    if (batch === undefined) return { is: 'dead', why: 'no request' };
    await this.#redrawCopies(batch, thread);
    const posted = await store.card(batch.id, thread.id);
    if (posted !== undefined && posted.rev >= batch.rev && content.entered === undefined) return DONE;
    const activity = cardActivity(batchCard(batch, await this.#lookOf(batch, thread, message.to), content.entered));
    const sent =
      posted === undefined
        ? await sender.post(thread, activity)
        : await sender.replace(thread, posted.activityId, activity);
    if (sent.ok) {
      if (sent.id === '') return DONE;
      return { is: 'done', card: { request: batch.id, thread: thread.id, activityId: sent.id, rev: batch.rev } };
    }
    const isOwnChat = thread.kind === 'personal' && thread.id === batch.thread;
    if (sent.why !== 'gone' || posted === undefined || !isOwnChat) {
      return this.#undelivered.outcome({ claim, message, thread }, sent);
    }
    await store.forgetCard(batch.id, thread.id);
    return again(clock.now());
  }

  async notice(claim: Claim, message: BatchNoticeMessage, thread: Thread): Promise<Outcome> {
    const { store, sender, look, clock } = this.#parts;
    const batch = await store.batches.batch(message.content.notice.batch);
    if (batch === undefined) return { is: 'dead', why: 'no request' };
    const elsewhere = await this.#placeFor(message, batch);
    if (elsewhere !== undefined) return this.#undelivered.follow(message, { thread: elsewhere });
    const to = await withChosenLanguage(store, message.to);
    const spoken = await this.#spoken(batch, message, { to, look: lookIn(thread, to, clock.now(), look) });
    const sent = await sender.post(thread, spokenActivity(spoken));
    return sent.ok ? DONE : this.#undelivered.outcome({ claim, message, thread }, sent);
  }

  /** What becomes of the scans is told where their requester wants to hear it. */
  async #placeFor({ content, to, thread }: BatchNoticeMessage, batch: Batch): Promise<ThreadId | undefined> {
    const isAnswer = content.notice.say === 'batch-approval-asked';
    if (isAnswer || batch.thread !== thread || to.id !== batch.requester.id) return undefined;
    const { tellIn } = (await this.#parts.store.person(to.id)) ?? {};
    return tellIn === thread ? undefined : tellIn;
  }

  async #spoken(batch: Batch, { content }: BatchNoticeMessage, reading: { to: Person; look: Look }): Promise<Spoken> {
    const { notice, mention } = content;
    if (notice.say !== 'batch-csv') return speakOfMany(notice, batch, { ...reading, mention });
    const { from } = notice;
    const members = new Map((await this.#parts.store.batches.members(batch.id)).map((one) => [one.id, one]));
    const planned = 'scans' in batch.stage ? batch.stage.scans.slice(from, from + ROWS_PER_MESSAGE) : [];
    const scans = planned.map((one) => ({ planned: one, request: members.get(one.id) }));
    return { kind: 'card', view: batchCsvCard({ batch, from, scans }, reading.look) };
  }

  /** A copy is for the one who got it; in a thread with others there is no view for one of them. */
  async #lookOf(batch: Batch, thread: Thread, to: Person): Promise<Look> {
    const { look, store, clock } = this.#parts;
    const now = clock.now();
    if (thread.id !== batch.thread) return copyLook(thread, await withChosenLanguage(store, to), now, look);
    const reader = await withChosenLanguage(store, batch.requester);
    if (thread.kind === 'personal') return viewIn(thread, reader, batch, { now, ...look });
    return sharedLookIn(thread, reader, now, look);
  }

  /** Wherever else the card stands, in the language of whoever has it. */
  async #redrawCopies(batch: Batch, thread: Thread): Promise<void> {
    if (thread.id !== batch.thread) return;
    const { store } = this.#parts;
    const cards = await store.cardsOf(batch.id);
    const old = cards.filter((card) => card.thread !== thread.id && card.rev < batch.rev);
    const messages: Message[] = [];
    for (const { thread: id } of old) {
      const owner = (await store.thread(id))?.owner;
      const reader = owner === undefined ? undefined : await store.person(owner);
      messages.push(batchCopy(batch, { id }, reader ?? batch.requester));
    }
    if (messages.length > 0) await store.commit({ messages });
  }
}

/** The card once more, in another thread. It is drawn from what the store holds when it goes out. */
export function batchCopy(batch: Batch, thread: Pick<Thread, 'id'>, to: Person): Message {
  const id = `card:${batch.id}:${String(batch.rev)}:${thread.id}`;
  return { id, thread: thread.id, to, content: { kind: 'batch-card', batch: batch.id } };
}

export function isAboutMany(
  message: Message & { readonly content: { kind: 'notice' } },
): message is BatchNoticeMessage {
  return 'batch' in message.content.notice;
}
