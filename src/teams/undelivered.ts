import type { Time } from '../scan/ids.ts';
import type { Outcome } from '../scan/outcome.ts';
import { again, DONE } from '../scan/outcome.ts';
import type { Message } from '../scan/message.ts';
import { askedAnew } from '../scan/approving.ts';
import { isIn, relocate } from '../scan/moves.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Claim, Clock, Store, Write } from '../scan/ports.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { DAY, MINUTE, SECOND } from '../scan/time.ts';
import type { PacedSender, PacedSent } from './paced-sender.ts';

export interface UndeliveredParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly sender: Pick<PacedSender, 'personalThread'>;
  readonly note: (facts: Readonly<Record<string, string>>, what: string) => void;
}

/** A message on its way, and what it is about, as far as it is about a request. */
export interface Sending {
  readonly claim: Claim;
  readonly message: Message;
  readonly thread: Thread;
  readonly request?: ScanRequest | undefined;
}

type NotSent = Extract<PacedSent, { ok: false }>;

/** After this a message is of no use to anybody. */
const LONGEST_TRY = 4 * DAY;
/** Until the bot is added again, which wakes what waits there; and for the case that nobody tells us. */
const UNTIL_ADDED = 30 * DAY;
/** The bot was removed, or blocked in a person's own chat: everything there waits. */
const REMOVED: ReadonlySet<string> = new Set(['BotNotInConversationRoster', 'ConversationBlockedByUser']);

/** What becomes of a message that Teams did not take. */
export class Undelivered {
  readonly #parts: UndeliveredParts;

  constructor(parts: UndeliveredParts) {
    this.#parts = parts;
  }

  async outcome(sending: Sending, sent: NotSent): Promise<Outcome> {
    if (sent.why === 'wait') return again(sent.at);
    const { claim } = sending;
    this.#parts.note({ message: claim.id, why: sent.why, code: sent.code }, 'a message did not reach Teams');
    switch (sent.why) {
      case 'retry':
        return this.later(claim, sent.at);
      case 'unknown':
        return this.later(claim);
      case 'blocked':
        return REMOVED.has(sent.code) ? again(this.#now + UNTIL_ADDED) : this.#personally(sending, sent);
      case 'gone':
        return this.#personally(sending, sent);
      case 'impossible':
        return dead(sent);
    }
  }

  /** The request goes on elsewhere by now. */
  async follow(message: Message, { thread }: Pick<ScanRequest, 'thread'>): Promise<Outcome> {
    await this.#parts.store.commit({ messages: [readdressed(message, { id: thread })] });
    return DONE;
  }

  later(claim: Claim, at: Time = 0): Outcome {
    const backoff = Math.min(MINUTE, SECOND * 2 ** Math.min(claim.fails, 6));
    if (claim.fails * MINUTE > LONGEST_TRY) return { is: 'dead', why: 'tried for days' };
    return { is: 'again', at: Math.max(at, this.#now + backoff), failed: true };
  }

  /** The thread or the card was deleted, or nobody may write there any more: whoever asked hears it in their own chat. */
  async #personally(sending: Sending, sent: Exclude<NotSent, { why: 'wait' }>): Promise<Outcome> {
    const { message, thread, request, claim } = sending;
    const { store } = this.#parts;
    const copied = message.content.kind === 'card' && request?.thread !== thread.id ? request : undefined;
    if (copied !== undefined) await store.forgetCard(copied.id, thread.id);
    if (copied !== undefined || thread.kind === 'personal' || message.to.teamsId === '') return dead(sent);
    const chat = await this.#chatOf(request?.requester ?? message.to, thread);
    if (!chat.ok) return chat.why === 'retry' || chat.why === 'unknown' ? this.later(claim) : dead(sent);
    return request?.thread === thread.id
      ? this.#relocated(request, message, chat.thread)
      : this.#said(readdressed(message, chat.thread), chat.thread);
  }

  /** What it is about has moved already, or was never more than a word. */
  async #said(message: Message, chat: Thread): Promise<Outcome> {
    await this.#parts.store.commit({ thread: chat, messages: [message] });
    return DONE;
  }

  async #relocated(request: ScanRequest, message: Message, chat: Thread): Promise<Outcome> {
    const { store } = this.#parts;
    const moved = relocate(request, chat.id, this.#now);
    const own = message.content.kind === 'card' ? [] : [readdressed(message, chat)];
    const messages = [...(moved.messages ?? []), ...own, ...askingAnew(moved)];
    // Moved by somebody else meanwhile: the next turn draws what it is now.
    if (!(await store.commit({ ...moved, thread: chat, messages }))) return again(this.#now);
    await store.forgetCard(request.id, message.thread);
    return DONE;
  }

  async #chatOf(person: Person, near: Thread): ReturnType<PacedSender['personalThread']> {
    const chat = await this.#parts.sender.personalThread(person, near);
    return chat.ok ? { ok: true, thread: { ...chat.thread, owner: person.id } } : chat;
  }

  get #now(): Time {
    return this.#parts.clock.now();
  }
}

function askingAnew({ move }: Write): readonly Message[] {
  return move !== undefined && isIn(move.after, 'awaiting') ? [askedAnew(move.after)] : [];
}

function dead(sent: { readonly why: string; readonly code: string }): Outcome {
  return { is: 'dead', why: `${sent.why} ${sent.code}` };
}

function readdressed(message: Message, thread: Pick<Thread, 'id'>): Message {
  return { ...message, id: `${message.id}:${thread.id}`, thread: thread.id };
}
