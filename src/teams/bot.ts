import type { PersonId } from '../scan/ids.ts';
import type { Message, Notice } from '../scan/message.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Clock, Store } from '../scan/ports.ts';
import { DAY, MINUTE } from '../scan/time.ts';
import type { Incoming } from './activity/incoming.ts';
import type { Commands } from './commands.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { tokenExchanged, tokenNotExchanged } from './invoke-answer.ts';
import type { Presses } from './presses.ts';
import type { SignIns } from './sign-ins.ts';

export interface BotParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly commands: Commands;
  readonly presses: Presses;
  readonly signIns: SignIns;
  readonly allowed: { readonly teams: readonly string[] | undefined; readonly channels: readonly string[] | undefined };
}

type One<Kind extends Incoming['kind']> = Extract<Incoming, { kind: Kind }>;

/** One activity in, one call to the desk or a written row, at most one answer out. */
export class Bot {
  readonly #parts: BotParts;

  constructor(parts: BotParts) {
    this.#parts = parts;
  }

  /** The answer is for invokes; a message gets its answers in the thread. */
  async take(incoming: Incoming): Promise<InvokeAnswer | undefined> {
    switch (incoming.kind) {
      case 'message':
        return this.#message(incoming);
      case 'press':
        return this.#press(incoming);
      case 'token-exchange':
        return this.#tokenExchange(incoming);
      case 'verify-state':
        return this.#verifyState(incoming);
      case 'sign-in-failure':
        return this.#signInFailure(incoming);
      case 'installed':
        return this.#welcome(incoming);
      // The door answers an invoke that nobody here knows.
      case 'unknown-invoke':
      case 'removed':
      case 'nothing':
        return undefined;
    }
  }

  async #message(said: One<'message'>): Promise<undefined> {
    if (!this.#answersIn(said.thread)) return undefined;
    const { person, thread, text, activityId } = said;
    await this.#parts.commands.take({ person, thread, text, once: `${thread.id}|${activityId}` });
    return undefined;
  }

  async #press(press: One<'press'>): Promise<InvokeAnswer | undefined> {
    if (press.by === 'execute') {
      return this.#answersIn(press.thread) ? this.#parts.presses.execute(press) : undefined;
    }
    if (this.#answersIn(press.thread)) await this.#parts.presses.submit(press);
    return undefined;
  }

  /** Every open client of the person sends a copy: the first one counts, all of them hear the same. */
  async #tokenExchange(exchange: One<'token-exchange'>): Promise<InvokeAnswer> {
    const { person, thread, id, connectionName, token } = exchange;
    const first = await this.#parts.store.commit({ once: `exchange|${person.id}|${id}`, person, thread });
    if (!first) return tokenExchanged(id, connectionName);
    const accepted = await this.#parts.signIns.acceptToken(person, token);
    const works = accepted === 'accepted' && (await this.#parts.signIns.works(person));
    return works ? tokenExchanged(id, connectionName) : tokenNotExchanged(id, connectionName, NOT_EXCHANGED);
  }

  async #verifyState(verify: One<'verify-state'>): Promise<InvokeAnswer> {
    const { person, thread, state } = verify;
    const mark = this.#minute();
    if (!/^\d{4,10}$/.test(state)) {
      await this.#say(thread, person, { say: 'sign-in-failed', code: 'cancelled' }, mark);
      return { status: 200 };
    }
    const accepted = await this.#parts.signIns.acceptCode(person, state);
    if (accepted === 'accepted') {
      await this.#say(thread, person, { say: 'signed-in' }, mark);
      return { status: 200 };
    }
    if (accepted === 'wrong-account') await this.#say(thread, person, { say: 'wrong-account' }, mark);
    return { status: accepted === 'refused' ? 404 : 200 };
  }

  /** Told once: Teams sends one of these per open client. */
  async #signInFailure(failure: One<'sign-in-failure'>): Promise<InvokeAnswer> {
    const { person, thread, code } = failure;
    await this.#say(thread, person, { say: 'sign-in-failed', code }, `${code}:${this.#minute()}`);
    return { status: 200 };
  }

  /** Teams tells of one installation in two activities: one welcome. */
  async #welcome(installed: One<'installed'>): Promise<undefined> {
    const { thread } = installed;
    if (!this.#answersIn(thread)) return undefined;
    const day = Math.floor(this.#parts.clock.now() / DAY);
    await this.#say(thread, installed.person ?? SOMEBODY, { say: 'welcome' }, `${day}`);
    return undefined;
  }

  async #say(thread: Thread, person: Person, notice: Notice, mark: string): Promise<void> {
    const id = `${notice.say}:${thread.id}:${person.id}:${mark}`;
    const message: Message = { id, thread: thread.id, to: person, content: { kind: 'notice', notice, mention: false } };
    await this.#parts.store.commit({ thread, messages: [message] });
  }

  #minute(): string {
    return String(Math.floor(this.#parts.clock.now() / MINUTE));
  }

  #answersIn(thread: Thread): boolean {
    if (thread.kind !== 'channel') return true;
    const { teams, channels } = this.#parts.allowed;
    if (teams !== undefined && !teams.includes(thread.team ?? '')) return false;
    return channels === undefined || channels.includes(thread.channel ?? '');
  }
}

/** Read by Teams, never shown. */
const NOT_EXCHANGED = 'The token cannot be exchanged; sign in with the button.';

/** Whoever installed it where Teams does not say who. */
const SOMEBODY: Person = { id: '' as PersonId, name: '', teamsId: '', locale: 'en', timeZone: 'UTC' };
