import { LRUCache } from 'lru-cache';
import type { Person, Thread } from '../scan/person.ts';
import type { Answer, Refusal } from '../scan/refusal.ts';
import { signInMends } from '../scan/refusal.ts';
import type { Clock, Store } from '../scan/ports.ts';
import type { PersonId, Time } from '../scan/ids.ts';
import { localeOf } from '../chat/language.ts';
import { signInWords } from '../chat/speak/sign-in-words.ts';
import { signInActivity } from './card-activity.ts';
import type { SignInResource, TokenService } from './token-service.ts';
import { SECOND } from '../scan/time.ts';
import { within } from '../scan/within.ts';

/** The person's tokens, as the Entra room keeps them. */
export interface PersonTokens {
  /** A token that came from a client or from the Token Service: checked, then remembered while the process lives. */
  accept(person: Person, token: string): Promise<Answer<readonly string[]>>;
  token(person: Person, want: 'scan'): Promise<Answer<string>>;
  forget(person: Person['id']): void;
}

export interface SignInParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly tokens: PersonTokens;
  readonly tokenService: TokenService;
  readonly connection: string;
  /** Work that nobody waits for; a fault in it is logged. */
  readonly inBackground: (what: string, work: Promise<unknown>) => void;
  /** Other processes go on with what waits here. They find a sign-in at the Token Service, and nowhere else. */
  readonly isShared: boolean;
}

/** A press has three seconds in all: what it brings, or else what is kept, and then perhaps a way to sign in. */
const TOKEN_WITHIN: Time = 1.5 * SECOND;
const RESOURCE_WITHIN: Time = SECOND;
/** Other invokes may take a little longer. */
const EXCHANGE_WITHIN: Time = 3 * SECOND;
const CODE_WITHIN: Time = 5 * SECOND;

/** So long a sign-in may take to come to where other processes find it before anything goes on with it. */
const HAND_OVER_WITHIN: Time = SECOND;

/** Codes that may be wrong in a row, the last one included. */
const TRIES = 2;
const REMEMBERED = 10_000;

interface ResourceWish {
  readonly silent: boolean;
  readonly timeoutMs: Time;
}

/** A token that a client fetched silently, or the code that a finished pop-up left. */
export type Brought = { readonly token: string } | { readonly code: string };
export type SignInState = 'yes' | 'no' | 'unknown';

/** What became of it. */
export type Accepted =
  | { readonly is: 'accepted' }
  | { readonly is: 'wrong-account' }
  /** Nothing waits under this code. After too many of them only a new sign-in helps. */
  | { readonly is: 'wrong-code'; readonly again: boolean }
  | { readonly is: 'refused'; readonly refusal: Refusal }
  | { readonly is: 'no-answer' };

const ACCEPTED: Accepted = { is: 'accepted' };
const NO_ANSWER: Accepted = { is: 'no-answer' };
const OTHER_IDENTITIES: ReadonlySet<string | undefined> = new Set(['wrong-person', 'wrong-tenant']);

/** Whether people are signed in, and how they get there. */
export class SignIns {
  readonly #parts: SignInParts;
  /** Copies on their way to the Token Service: a sign-out that overtook one would leave it there. */
  readonly #exchanges = new Map<PersonId, Set<Promise<unknown>>>();
  readonly #wrongCodes = new LRUCache<PersonId, number>({ max: REMEMBERED });

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Bounded by what a press may take. No answer in time is `unknown`, never `no`. */
  async state(person: Person): Promise<SignInState> {
    const answer = await this.#inTime(TOKEN_WITHIN, this.#parts.tokens.token(person, 'scan'));
    if (answer === 'late') return 'unknown';
    if (answer.ok) return 'yes';
    return signInMends(answer.refusal) ? 'no' : 'unknown';
  }

  /** For the answer to a press: there Teams can exchange silently in channels, too. */
  async resource(person: Person, thread: Thread): Promise<SignInResource | undefined> {
    const wish = { silent: true, timeoutMs: RESOURCE_WITHIN };
    const resource = await this.#inTime(RESOURCE_WITHIN, this.#resource(person, thread, wish));
    return resource === 'late' ? undefined : resource;
  }

  /** The card that asks for the sign-in: silent in personal chats, a button everywhere else. */
  async card(person: Person, thread: Thread): Promise<object | undefined> {
    const resource = await this.#resource(person, thread, {
      silent: thread.kind === 'personal',
      timeoutMs: 5 * SECOND,
    });
    if (resource === undefined) return undefined;
    const { text, button } = signInWords(localeOf(person));
    const { signInLink: link, tokenExchangeResource: exchange } = resource;
    return signInActivity({ text, button, link, exchange, connection: this.#parts.connection });
  }

  /** What came with a press: without an answer in time the press goes on, and this behind the scenes. */
  async acceptWithPress(person: Person, brought: Brought): Promise<Accepted> {
    const accepted = await this.#inTime(TOKEN_WITHIN, this.#take(person, brought, TOKEN_WITHIN));
    return accepted === 'late' ? NO_ANSWER : accepted;
  }

  /** What a client sent by itself. */
  accept(person: Person, brought: Brought): Promise<Accepted> {
    return this.#take(person, brought, CODE_WITHIN);
  }

  /** Whether the exchanged token is good for Defender: consent or MFA may still be missing. */
  async works(person: Person): Promise<boolean> {
    const answer = await this.#inTime(EXCHANGE_WITHIN, this.#parts.tokens.token(person, 'scan'));
    return answer === 'late' || answer.ok || answer.refusal.kind === 'entra-unavailable';
  }

  /** For a copy of a sign-in that another process has taken: there it may be on its way to the Token Service. */
  async worksByNow(person: Person): Promise<boolean> {
    if (await this.works(person)) return true;
    if (!this.#parts.isShared) return false;
    await new Promise<void>((resolve) => this.#parts.clock.after(HAND_OVER_WITHIN, resolve));
    return this.works(person);
  }

  /** False when the Token Service did not answer: it then still has the sign-in. */
  async signOut(person: Person): Promise<boolean> {
    this.#parts.tokens.forget(person.id);
    await Promise.allSettled([...(this.#exchanges.get(person.id) ?? [])]);
    const answer = await this.#parts.tokenService.signOut(person.teamsId);
    // What was fetched from there meanwhile.
    this.#parts.tokens.forget(person.id);
    return answer.ok;
  }

  #take(person: Person, brought: Brought, timeoutMs: Time): Promise<Accepted> {
    if ('token' in brought) return this.#takeToken(person, brought.token);
    return this.#takeCode(person, brought.code, timeoutMs);
  }

  /** Kept at once; the Token Service gets its copy behind the scenes. */
  async #takeToken(person: Person, token: string): Promise<Accepted> {
    const answer = await this.#parts.tokens.accept(person, token);
    if (!answer.ok) return notAccepted(answer.refusal);
    const exchange = this.#handOver(person, token);
    if (this.#parts.isShared) await this.#arrives(person, exchange);
    return this.#signedIn(person);
  }

  /** Whoever looks for the sign-in before it is there waits in vain: late, it wakes them once more. */
  async #arrives(person: Person, exchange: Promise<unknown>): Promise<void> {
    if ((await within(this.#parts.clock, HAND_OVER_WITHIN, exchange)) !== 'late') return;
    this.#parts.inBackground(
      'late sign-in',
      exchange.then(() => this.#signedIn(person)),
    );
  }

  #handOver(person: Person, token: string): Promise<unknown> {
    const running = this.#exchanges.get(person.id) ?? new Set();
    this.#exchanges.set(person.id, running);
    const exchange = this.#parts.tokenService.exchange(person.teamsId, token).finally(() => {
      running.delete(exchange);
      if (running.size === 0) this.#exchanges.delete(person.id);
    });
    running.add(exchange);
    this.#parts.inBackground('token exchange', exchange);
    return exchange;
  }

  #wrongCode(person: Person): Accepted {
    const tries = (this.#wrongCodes.get(person.id) ?? 0) + 1;
    if (tries < TRIES) this.#wrongCodes.set(person.id, tries);
    else this.#wrongCodes.delete(person.id);
    return { is: 'wrong-code', again: tries < TRIES };
  }

  /** Fetches what the code stands for and checks whose it is. */
  async #takeCode(person: Person, code: string, timeoutMs: Time): Promise<Accepted> {
    const found = await this.#parts.tokenService.getToken(person.teamsId, { code, timeoutMs });
    if (!found.ok) return found.why === 'none' ? this.#wrongCode(person) : NO_ANSWER;
    const answer = await this.#parts.tokens.accept(person, found.token);
    if (answer.ok) return this.#signedIn(person);
    const accepted = notAccepted(answer.refusal);
    // Not looked at yet: it may be good.
    if (accepted.is === 'no-answer') return accepted;
    // Perhaps somebody else signed in: their token must not lie under this person's key.
    await this.#parts.tokenService.signOut(person.teamsId);
    return accepted;
  }

  async #signedIn(person: Person): Promise<Accepted> {
    this.#wrongCodes.delete(person.id);
    await this.#parts.store.commit({ person, signedIn: person.id });
    return ACCEPTED;
  }

  async #resource(person: Person, thread: Thread, how: ResourceWish): Promise<SignInResource | undefined> {
    const found = await this.#parts.tokenService.signInResource(person, thread, how);
    return found.ok ? found.resource : undefined;
  }

  /** What is late still counts when it comes, and its faults are logged. */
  async #inTime<T>(ms: Time, work: Promise<T>): Promise<T | 'late'> {
    const answer = await within(this.#parts.clock, ms, work);
    if (answer === 'late') this.#parts.inBackground('late sign-in', work);
    return answer;
  }
}

function notAccepted(refusal: Refusal): Accepted {
  if (OTHER_IDENTITIES.has(refusal.code)) return { is: 'wrong-account' };
  return refusal.kind === 'entra-unavailable' ? NO_ANSWER : { is: 'refused', refusal };
}
