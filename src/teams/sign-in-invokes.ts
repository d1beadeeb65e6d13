import type { Message } from '../scan/message.ts';
import type { Notice } from '../scan/notice.ts';
import type { Clock, Store } from '../scan/ports.ts';
import { MINUTE } from '../scan/time.ts';
import type { Incoming } from './activity/incoming.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { tokenExchanged, tokenNotExchanged } from './invoke-answer.ts';
import { noticeTo } from './notice-to.ts';
import type { Accepted, SignIns } from './sign-ins.ts';

export interface SignInInvokeParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly signIns: SignIns;
}

type One<Kind extends Incoming['kind']> = Extract<Incoming, { kind: Kind }>;
type OfSomebody = One<'token-exchange' | 'verify-state' | 'sign-in-failure'>;

const CODE = /^\d{4,10}$/;

/** What Teams sends while somebody signs in by a card. */
export class SignInInvokes {
  readonly #parts: SignInInvokeParts;
  readonly #exchanges = new Map<string, Promise<boolean>>();

  constructor(parts: SignInInvokeParts) {
    this.#parts = parts;
  }

  /** Every open client of the person sends a copy: the first one counts, all of them hear the same. */
  async exchange(exchange: One<'token-exchange'>): Promise<InvokeAnswer> {
    const { person, id, connectionName } = exchange;
    const mark = `exchange|${person.id}|${id}`;
    const running = this.#exchanges.get(mark) ?? this.#exchanged(exchange, mark);
    this.#exchanges.set(mark, running);
    try {
      if (await running) return tokenExchanged(id, connectionName);
      return tokenNotExchanged(id, connectionName, NOT_EXCHANGED);
    } finally {
      this.#exchanges.delete(mark);
    }
  }

  async verifyState(verify: One<'verify-state'>): Promise<InvokeAnswer> {
    if (!CODE.test(verify.state)) {
      await this.#say(verify, { say: 'sign-in-failed', code: 'cancelled' });
      return { status: 200 };
    }
    const accepted = await this.#parts.signIns.accept(verify.person, { code: verify.state });
    if (accepted.is === 'wrong-code') return this.#wrongCode(verify, accepted.again);
    await this.#say(verify, codeNotice(accepted));
    return { status: 200 };
  }

  /** At 404 Teams asks for the code once more. */
  async #wrongCode({ person, thread }: One<'verify-state'>, again: boolean): Promise<InvokeAnswer> {
    if (again) return { status: 404 };
    const id = `sign-in:${person.id}:${this.#parts.clock.now()}`;
    const message: Message = { id, thread: thread.id, to: person, content: { kind: 'sign-in' } };
    await this.#parts.store.commit({ thread, messages: [message] });
    return { status: 200 };
  }

  /** Told once: Teams sends one of these per open client. */
  async failure(failure: One<'sign-in-failure'>): Promise<InvokeAnswer> {
    await this.#say(failure, { say: 'sign-in-failed', code: failure.code });
    return { status: 200 };
  }

  /** A copy that comes late hears how things stand by then. */
  async #exchanged({ person, thread, token }: One<'token-exchange'>, once: string): Promise<boolean> {
    const { store, signIns } = this.#parts;
    const first = await store.commit({ once, person, thread });
    if (!first) return signIns.worksByNow(person);
    return (await signIns.accept(person, { token })).is === 'accepted' && signIns.works(person);
  }

  /** The same thing once a minute: copies of one event come together. */
  async #say({ thread, person }: OfSomebody, notice: Notice): Promise<void> {
    const code = notice.say === 'sign-in-failed' ? `${notice.code}:` : '';
    const minute = Math.floor(this.#parts.clock.now() / MINUTE);
    const message = noticeTo(person, thread, notice, `${person.id}:${code}${minute}`);
    await this.#parts.store.commit({ thread, messages: [message] });
  }
}

function codeNotice(accepted: Exclude<Accepted, { is: 'wrong-code' }>): Notice {
  switch (accepted.is) {
    case 'accepted':
      return { say: 'signed-in' };
    case 'wrong-account':
      return { say: 'wrong-account' };
    case 'refused':
      return { say: 'refused', refusal: accepted.refusal };
    case 'no-answer':
      return { say: 'sign-in-failed', code: 'no-answer' };
  }
}

/** Read by Teams, never shown. */
const NOT_EXCHANGED = 'The token cannot be exchanged; sign in with the button.';
