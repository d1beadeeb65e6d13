import { randomInt, randomUUID } from 'node:crypto';
import { MINUTE, SECOND } from '../../scan/time.ts';
import type { Clock } from '../../scan/ports.ts';
import { claimsIn } from '../claims.ts';
import type { EventStream } from './event-stream.ts';

const AAD_PROVIDER = '30dd229c-58e3-4a48-bdfd-91ec48eb906c';
const RENEW_BEFORE = 5 * MINUTE;
const HOUR_AGO_SECONDS = 60 * 60;

/** Makes what the Token Service stores: a token of this person for the bot. Overrides are claims. */
export type AssertionFor = (oid: string, overrides?: Record<string, unknown>) => Promise<string>;

/** Whose token of which connection; the conversation plays no part. */
export interface TokenKey {
  readonly userId: string;
  readonly channelId: string;
  readonly connectionName: string;
}

interface Kept {
  readonly oid: string;
  readonly token: string;
}

export interface SignInResource {
  readonly signInLink: string;
  readonly tokenExchangeResource?: { readonly id: string; readonly uri: string; readonly providerId: string };
  readonly tokenPostResource: { readonly sasUrl: string };
}

export interface SignInsOptions {
  readonly appId: string;
  readonly connectionName: string;
  readonly assertionFor: AssertionFor;
  readonly clock: Clock;
  readonly events: EventStream;
  /** The Token Service's own address. */
  readonly origin: () => string;
}

/** What the Token Service knows: who signed in, sign-in pages that are open, and codes that wait to be redeemed. */
export class SignIns {
  readonly connectionName: string;
  readonly #options: SignInsOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #pages = new Map<string, TokenKey>();
  readonly #codes = new Map<string, { readonly key: TokenKey; readonly kept: Kept }>();

  constructor(options: SignInsOptions) {
    this.#options = options;
    this.connectionName = options.connectionName;
  }

  /** `api://botid-…`, as the app exposes itself. */
  get resourceUri(): string {
    return `api://botid-${this.#options.appId}`;
  }

  keyOf(userId: string): TokenKey {
    return { userId, channelId: 'msteams', connectionName: this.connectionName };
  }

  /** Opens a sign-in page; only who names the app can have the silent exchange. */
  open(key: TokenKey, withExchange: boolean): SignInResource {
    const signin = randomUUID().replaceAll('-', '');
    this.#pages.set(signin, key);
    const origin = this.#options.origin();
    const exchange = { id: randomUUID(), uri: this.resourceUri, providerId: AAD_PROVIDER };
    return {
      signInLink: `${origin}/api/oauth/signin?signin=${signin}`,
      ...(withExchange ? { tokenExchangeResource: exchange } : {}),
      tokenPostResource: { sasUrl: `${origin}/api/sas/postToken?state=${signin}` },
    };
  }

  page(signin: string): TokenKey | undefined {
    return this.#pages.get(signin);
  }

  /** Somebody signs in on an open page, perhaps not the one it was opened for. The answer is the six-digit code. */
  async complete(signin: string, oid: string): Promise<string> {
    const key = this.#pages.get(signin);
    if (key === undefined) throw new Error('The sign-in link leads to no open page.');
    const code = this.unusedCode();
    this.#codes.set(code, { key, kept: await this.#made(oid) });
    this.#options.events.tell('signed-in', { signin, userId: key.userId, code });
    return code;
  }

  /** Six digits that nothing waits for. */
  unusedCode(): string {
    const code = String(randomInt(100_000, 1_000_000));
    return this.#codes.has(code) ? this.unusedCode() : code;
  }

  /** Signs a person in without any page, as if they had done so earlier. */
  async keep(key: TokenKey, oid: string, overrides?: Readonly<Record<string, unknown>>): Promise<void> {
    this.#kept.set(textOf(key), await this.#made(oid, overrides));
  }

  /** The token under this key, renewed when it is about to expire. */
  async token(key: TokenKey): Promise<string | undefined> {
    const kept = this.#kept.get(textOf(key));
    if (kept === undefined) return undefined;
    if (expiryOf(kept.token) > this.#options.clock.now() + RENEW_BEFORE) return kept.token;
    await this.keep(key, kept.oid);
    return this.#kept.get(textOf(key))?.token;
  }

  /** Redeems a code once: whatever identity signed in on the page is now filed under the key. */
  redeem(key: TokenKey, code: string): string | undefined {
    const waiting = this.#codes.get(code);
    if (waiting === undefined || textOf(waiting.key) !== textOf(key)) return undefined;
    this.#codes.delete(code);
    this.#kept.set(textOf(key), waiting.kept);
    return waiting.kept.token;
  }

  /** A token as it looks an hour after its end; undefined when nobody signed in under this key. */
  async stale(key: TokenKey): Promise<string | undefined> {
    const kept = this.#kept.get(textOf(key));
    if (kept === undefined) return undefined;
    const end = Math.floor(this.#options.clock.now() / SECOND) - HOUR_AGO_SECONDS;
    return this.#options.assertionFor(kept.oid, { iat: end - HOUR_AGO_SECONDS, nbf: end - HOUR_AGO_SECONDS, exp: end });
  }

  /** Takes a token that a client got for the bot; undefined when it is not one. */
  async exchange(key: TokenKey, token: string): Promise<string | undefined> {
    const { oid, aud, exp, amr } = claimsIn(token) ?? {};
    const isOurs = aud === this.#options.appId || aud === this.resourceUri;
    const isFresh = typeof exp === 'number' && exp * SECOND > this.#options.clock.now();
    if (typeof oid !== 'string' || !isOurs || !isFresh) return undefined;
    // How somebody has proved who they are does not get better by an exchange.
    await this.keep(key, oid, amr === undefined ? {} : { amr });
    return this.token(key);
  }

  /** Without a connection: all of them. */
  signOut(userId: string, channelId: string, connectionName: string | undefined): void {
    const connections = connectionName === undefined ? [this.connectionName] : [connectionName];
    for (const name of connections) this.#kept.delete(textOf({ userId, channelId, connectionName: name }));
  }

  has(key: TokenKey): boolean {
    return this.#kept.has(textOf(key));
  }

  async #made(oid: string, overrides: Readonly<Record<string, unknown>> = {}): Promise<Kept> {
    return { oid, token: await this.#options.assertionFor(oid, overrides) };
  }
}

export function expiryOf(token: string): number {
  const { exp } = claimsIn(token) ?? {};
  return typeof exp === 'number' ? exp * SECOND : 0;
}

function textOf(key: TokenKey): string {
  return JSON.stringify([key.userId, key.channelId, key.connectionName]);
}
