import type { Person, Thread } from '../scan/person.ts';
import type { Answer } from '../scan/refusal.ts';
import { signInMends } from '../scan/refusal.ts';
import type { Clock, Store } from '../scan/ports.ts';
import type { Time } from '../scan/ids.ts';
import { signInWords } from '../chat/speak/sign-in-words.ts';
import { signInActivity } from './card-activity.ts';
import type { SignInResource, TokenService } from './token-service.ts';
import { SECOND } from '../scan/time.ts';

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
}

/** Inside an invoke there are three seconds in all. */
const TOKEN_WITHIN: Time = 1.5 * SECOND;
const RESOURCE_WITHIN: Time = SECOND;
const EXCHANGE_WITHIN: Time = 3 * SECOND;

interface ResourceWish {
  readonly silent: boolean;
  readonly timeoutMs: Time;
}

export type SignInState = 'yes' | 'no' | 'unknown';
export type Accepted = 'accepted' | 'wrong-account' | 'refused' | 'no-answer';

/** Whether people are signed in, and how they get there. */
export class SignIns {
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Bounded by what a press may take. No answer in time is `unknown`, never `no`. */
  async state(person: Person): Promise<SignInState> {
    const late = new Promise<'late'>((resolve) =>
      this.#parts.clock.after(TOKEN_WITHIN, () => {
        resolve('late');
      }),
    );
    const answer = await Promise.race([this.#parts.tokens.token(person, 'scan'), late]);
    if (answer === 'late') return 'unknown';
    if (answer.ok) return 'yes';
    return signInMends(answer.refusal) ? 'no' : 'unknown';
  }

  /** For the answer to a press: there Teams can exchange silently in channels, too. */
  resource(person: Person, thread: Thread): Promise<SignInResource | undefined> {
    return this.#resource(person, thread, { silent: true, timeoutMs: RESOURCE_WITHIN });
  }

  /** The card that asks for the sign-in: silent in personal chats, a button everywhere else. */
  async card(person: Person, thread: Thread): Promise<object | undefined> {
    const resource = await this.#resource(person, thread, {
      silent: thread.kind === 'personal',
      timeoutMs: 5 * SECOND,
    });
    if (resource === undefined) return undefined;
    const { text, button } = signInWords(person.locale);
    const { signInLink: link, tokenExchangeResource: exchange } = resource;
    return signInActivity({ text, button, link, exchange, connection: this.#parts.connection });
  }

  /** A token that a client sent along. Kept at once; the Token Service gets its copy behind the scenes. */
  async acceptToken(person: Person, token: string): Promise<Accepted> {
    const answer = await this.#parts.tokens.accept(person, token);
    if (!answer.ok) return answer.refusal.code === 'wrong-person' ? 'wrong-account' : 'refused';
    this.#parts.inBackground('token exchange', this.#parts.tokenService.exchange(person.teamsId, token));
    await this.#signedIn(person);
    return 'accepted';
  }

  /** The code that a finished pop-up sent: fetches what it stands for and checks whose it is. */
  async acceptCode(person: Person, code: string): Promise<Accepted> {
    const found = await this.#parts.tokenService.getToken(person.teamsId, { code, timeoutMs: TOKEN_WITHIN });
    if (!found.ok) return found.why === 'no-answer' ? 'no-answer' : 'refused';
    const answer = await this.#parts.tokens.accept(person, found.token);
    if (answer.ok) return this.#signedIn(person);
    // Somebody else signed in: their token must not lie under this person's key.
    await this.#parts.tokenService.signOut(person.teamsId);
    return answer.refusal.code === 'wrong-person' ? 'wrong-account' : 'refused';
  }

  /** Whether the exchanged token is good for Defender: consent or MFA may still be missing. */
  async works(person: Person): Promise<boolean> {
    const late = new Promise<'late'>((resolve) =>
      this.#parts.clock.after(EXCHANGE_WITHIN, () => {
        resolve('late');
      }),
    );
    const answer = await Promise.race([this.#parts.tokens.token(person, 'scan'), late]);
    return answer === 'late' || answer.ok || answer.refusal.kind === 'entra-unavailable';
  }

  async signOut(person: Person): Promise<void> {
    this.#parts.tokens.forget(person.id);
    await this.#parts.tokenService.signOut(person.teamsId);
  }

  async #signedIn(person: Person): Promise<'accepted'> {
    await this.#parts.store.commit({ person, signedIn: person.id });
    return 'accepted';
  }

  async #resource(person: Person, thread: Thread, how: ResourceWish): Promise<SignInResource | undefined> {
    const found = await this.#parts.tokenService.signInResource(person, thread, how);
    return found.ok ? found.resource : undefined;
  }
}
