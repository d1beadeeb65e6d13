import { LRUCache } from 'lru-cache';
import type { PersonId } from '../scan/ids.ts';
import type { Person } from '../scan/person.ts';
import { answered, passesByItself } from '../scan/refusal.ts';
import type { Answer, Refusal } from '../scan/refusal.ts';
import { MINUTE } from '../scan/time.ts';
import type { Assertion, AssertionGuard } from './assertion.ts';
import type { MsalAccess } from './msal-client.ts';
import { PersonTokens } from './person-tokens.ts';
import type { TokenRequest } from './person-tokens.ts';
import { assertionRefusal, newerSignInMayHelp } from './refusals.ts';

const PEOPLE = 500;
const ENOUGH_LEFT = 5 * MINUTE;

/** What a token is for. Optional rights are asked alone, so that their refusal never touches a scan. */
export type TokenWant = DefenderWant | 'groups';

type DefenderWant = 'scan' | 'alerts' | 'hunting';

const RIGHTS: Readonly<Record<DefenderWant, readonly string[]>> = {
  scan: ['Machine.Scan', 'Machine.Read'],
  alerts: ['Alert.Read'],
  hunting: ['AdvancedQuery.Read'],
};
/** The least with which Graph tells people's own groups. */
const GROUP_RIGHT = 'User.Read';

export interface DefenderTokenNeeds {
  readonly msal: MsalAccess;
  readonly audience: string;
  readonly graphAudience: string;
  readonly guard: AssertionGuard;
  /** The person's sign-in as the Token Service keeps it. */
  readonly assertionOf: (person: Person) => Promise<Answer<string>>;
  /** Takes away what the Token Service keeps for the person. */
  readonly signOut: (person: Person) => Promise<void>;
}

/** Tokens for Defender (and for Graph) in a person's own name, out of their sign-in to this bot. Kept in memory only. */
export class DefenderTokens {
  readonly #needs: DefenderTokenNeeds;
  readonly #people = new LRUCache<PersonId, PersonTokens>({ max: PEOPLE });
  readonly #flights = new Map<string, Promise<Answer<string>>>();

  constructor(needs: DefenderTokenNeeds) {
    this.#needs = needs;
  }

  /** Takes a sign-in that came with a press or an exchange; answers with the person's account names. */
  async accept(person: Person, token: string): Promise<Answer<readonly string[]>> {
    const verdict = await this.#verified(person, token);
    if (!verdict.ok) return verdict;
    // What runs with the sign-in before this one is not handed to who asks from now on.
    this.#dropFlights(person.id);
    this.#of(person.id).remember(verdict.value);
    return answered(verdict.value.accounts);
  }

  /** `fresh` asks Entra for a new token even while the old one lasts. */
  token(person: Person, want: TokenWant, options: { readonly fresh?: boolean } = {}): Promise<Answer<string>> {
    const fresh = options.fresh === true;
    const key = `${person.id} ${want} ${String(fresh)}`;
    const running = this.#flights.get(key);
    if (running !== undefined) return running;
    const scopes = this.#scopesFor(want);
    const flight = this.#acquire(person, { scopes, fresh }).finally(() => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    this.#flights.set(key, flight);
    return flight;
  }

  /** As far as the last sign-in told; empty before the first. */
  accounts(person: Person): readonly string[] {
    return this.#people.get(person.id)?.assertion?.accounts ?? [];
  }

  forget(person: PersonId): void {
    this.#people.delete(person);
    this.#dropFlights(person);
  }

  forgetAll(): void {
    this.#people.clear();
    this.#flights.clear();
  }

  #scopesFor(want: TokenWant): readonly string[] {
    const { audience, graphAudience } = this.#needs;
    if (want === 'groups') return [`${graphAudience}/${GROUP_RIGHT}`];
    return RIGHTS[want].map((right) => `${audience}/${right}`);
  }

  #dropFlights(person: PersonId): void {
    for (const key of this.#flights.keys()) if (key.startsWith(`${person} `)) this.#flights.delete(key);
  }

  async #acquire(person: Person, request: TokenRequest): Promise<Answer<string>> {
    const tokens = this.#of(person.id);
    const answer = await this.#byMemory(person, tokens, request);
    if (answer.ok) return answer;
    this.#tell(person, request, answer.refusal);
    if (answer.refusal.kind === 'session-revoked') tokens.drop();
    return answer;
  }

  async #byMemory(person: Person, tokens: PersonTokens, request: TokenRequest): Promise<Answer<string>> {
    const silent = await tokens.silent(request);
    if (silent !== undefined && isFinal(silent)) return silent;
    const known = tokens.assertion;
    if (known === undefined || !this.#lasts(known)) return this.#byTokenService(person, tokens, request, silent);
    const answer = await tokens.onBehalfOf(known, request);
    return isFinal(answer) ? answer : this.#byTokenService(person, tokens, request, answer);
  }

  async #byTokenService(
    person: Person,
    tokens: PersonTokens,
    request: TokenRequest,
    before: Answer<string> | undefined,
  ): Promise<Answer<string>> {
    const kept = await this.#needs.assertionOf(person);
    if (!kept.ok) return before === undefined || passesByItself(kept.refusal) ? kept : before;
    if (before !== undefined && kept.value === tokens.assertion?.token && this.#lasts(tokens.assertion)) return before;
    const verdict = await this.#verified(person, kept.value);
    if (!verdict.ok && isForeign(verdict.refusal)) await this.#needs.signOut(person);
    if (!verdict.ok) return before !== undefined && verdict.refusal.code === 'expired' ? before : verdict;
    tokens.remember(verdict.value);
    return tokens.onBehalfOf(verdict.value, request);
  }

  async #verified(person: Person, token: string): Promise<Answer<Assertion>> {
    const verdict = await this.#needs.guard.verify(token, person.id);
    if (verdict.ok) return answered(verdict.assertion);
    this.#needs.msal.entra.log.warn({ person: person.id, why: verdict.why }, 'A sign-in is not used');
    return assertionRefusal(verdict.why);
  }

  #of(person: PersonId): PersonTokens {
    const known = this.#people.get(person) ?? new PersonTokens(this.#needs.msal);
    this.#people.set(person, known);
    return known;
  }

  #lasts(assertion: Assertion): boolean {
    return assertion.expiresAt - ENOUGH_LEFT > this.#needs.msal.entra.clock.now();
  }

  #tell(person: Person, request: TokenRequest, refusal: Refusal): void {
    const { log } = this.#needs.msal.entra;
    const facts = { person: person.id, scopes: request.scopes, ...refusal };
    if (refusal.kind === 'entra-misconfigured') log.error(facts, 'Entra refuses the app: check its registration');
    else if (!newerSignInMayHelp(refusal)) log.warn(facts, 'Entra gave no token for a person');
  }
}

/** Another identity's sign-in under this person's key. */
function isForeign({ code }: Refusal): boolean {
  return code === 'wrong-person' || code === 'wrong-tenant';
}

/** Nothing that a newer sign-in could change. */
function isFinal(answer: Answer<string>): boolean {
  return answer.ok || !newerSignInMayHelp(answer.refusal);
}
