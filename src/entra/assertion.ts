import { errors, jwtVerify } from 'jose';
import type { RemoteJWKSet } from 'jose';
import { z } from 'zod';
import { NetFault } from '../net/request.ts';
import type { Net } from '../net/request.ts';
import { readPersonId } from '../scan/ids.ts';
import type { PersonId, Time } from '../scan/ids.ts';
import type { Clock } from '../scan/ports.ts';
import { SECOND } from '../scan/time.ts';
import { audiencesOf, issuersOf } from './authority.ts';
import type { AppRegistration } from './authority.ts';
import { signingKeys } from './signing-keys.ts';

const TOLERANCE_SECONDS = 60;
const SCOPE = 'access_as_user';
const GUEST = 1;

/** A person's sign-in to this bot, verified: with it Entra gives tokens in their name. */
export interface Assertion {
  readonly token: string;
  /** The names under which Defender may know the person. */
  readonly accounts: readonly string[];
  readonly expiresAt: Time;
}

export type AssertionFlaw = 'wrong-person' | 'wrong-tenant' | 'guest' | 'invalid' | 'expired' | 'keys-unavailable';

export type AssertionVerdict =
  { readonly ok: true; readonly assertion: Assertion } | { readonly ok: false; readonly why: AssertionFlaw };

const name = z.string().min(1).optional().catch(undefined);
const claims = z.object({
  iss: z.string(),
  tid: z.string(),
  oid: z.string(),
  exp: z.number(),
  scp: z.string().catch(''),
  idtyp: z.string().optional(),
  /** 1 for a guest; only when the app registration asks for the claim. */
  acct: z.coerce.number().optional().catch(undefined),
  /** Who signed the person in, when that was not this tenant. */
  idp: name,
  upn: name,
  preferred_username: name,
  unique_name: name,
  email: name,
});
type Claims = z.infer<typeof claims>;

/** Lets through what this tenant issued to this bot for exactly this person. */
export class AssertionGuard {
  readonly #app: AppRegistration;
  readonly #clock: Clock;
  readonly #keys: RemoteJWKSet;

  constructor(app: AppRegistration, net: Net, clock: Clock) {
    this.#app = app;
    this.#clock = clock;
    this.#keys = signingKeys(app, net);
  }

  async verify(token: string, person: PersonId): Promise<AssertionVerdict> {
    const payload = await this.#signed(token);
    if (typeof payload === 'string') return { ok: false, why: payload };
    const read = claims.safeParse(payload);
    if (!read.success) return { ok: false, why: 'invalid' };
    const why = this.#flaw(read.data, person);
    if (why !== undefined) return { ok: false, why };
    return { ok: true, assertion: { token, accounts: accountsOf(read.data), expiresAt: read.data.exp * SECOND } };
  }

  async #signed(token: string): Promise<object | AssertionFlaw> {
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        algorithms: ['RS256'],
        audience: [...audiencesOf(this.#app)],
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(this.#clock.now()),
      });
      return payload;
    } catch (fault) {
      return flawIn(fault);
    }
  }

  #flaw(token: Claims, person: PersonId): AssertionFlaw | undefined {
    const oid = readPersonId(token.oid);
    if (!this.#isOurs(token)) return oid === person ? 'guest' : 'wrong-tenant';
    if (token.idtyp === 'app' || !token.scp.split(' ').includes(SCOPE)) return 'invalid';
    if (oid === undefined) return 'invalid';
    if (oid !== person) return 'wrong-person';
    return this.#isGuest(token) ? 'guest' : undefined;
  }

  #isOurs(token: Claims): boolean {
    const tenant = this.#app.tenantId.toLowerCase();
    return issuersOf(this.#app).includes(token.iss.toLowerCase()) && token.tid.toLowerCase() === tenant;
  }

  #isGuest(token: Claims): boolean {
    if (token.acct === GUEST) return true;
    return token.idp !== undefined && !token.idp.toLowerCase().split('/').includes(this.#app.tenantId.toLowerCase());
  }
}

function accountsOf(token: Claims): readonly string[] {
  const names = [token.upn, token.preferred_username, token.unique_name, token.email];
  return [...new Set(names.filter((account) => account !== undefined))];
}

function flawIn(fault: unknown): AssertionFlaw {
  if (fault instanceof errors.JWTExpired) return 'expired';
  if (fault instanceof NetFault || isAboutKeys(fault)) return 'keys-unavailable';
  if (fault instanceof errors.JOSEError) return 'invalid';
  throw fault;
}

/** jose has no class of its own for a key set that was answered with an error or could not be read. */
function isAboutKeys(fault: unknown): boolean {
  if (fault instanceof errors.JWKSTimeout || fault instanceof errors.JWKSInvalid) return true;
  return fault instanceof errors.JOSEError && fault.code === errors.JOSEError.code;
}
