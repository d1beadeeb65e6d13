import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { json, type HttpRoute } from '../http.ts';
import { present } from './json.ts';

const ISSUER = 'https://api.botframework.com';
const LIFE_SECONDS = 30 * 60;
const METADATA = '/v1/.well-known/openidconfiguration';
const KEYS = '/v1/.well-known/keys';

/**
 * With what a channel token is signed: the key that Teams uses; a published key that is not endorsed for Teams;
 * or a key that nobody published, which claims to be the first.
 */
export type KeyChoice = 'endorsed' | 'unendorsed' | 'foreign';

interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
  readonly kid: string;
}

/** The keys of the Bot Framework channel service, and what it signs with them. */
export class ChannelKeys {
  readonly #endorsed: KeyPair;
  readonly #unendorsed: KeyPair;

  private constructor(endorsed: KeyPair, unendorsed: KeyPair) {
    this.#endorsed = endorsed;
    this.#unendorsed = unendorsed;
  }

  static async generate(): Promise<ChannelKeys> {
    const [endorsed, unendorsed] = await Promise.all([keyPair(), keyPair()]);
    return new ChannelKeys(endorsed, unendorsed);
  }

  /** A token by the real time, whatever the stand-in's clock says: its reader has no other. An undefined claim is left out. */
  async sign(claims: Readonly<Record<string, unknown>>, choice: KeyChoice = 'endorsed'): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const all = present({ iss: ISSUER, nbf: now, iat: now, exp: now + LIFE_SECONDS, ...claims });
    const { privateKey, kid } = await this.#pair(choice);
    return new SignJWT(all).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, x5t: kid }).sign(privateKey);
  }

  static metadataUrl(origin: string): string {
    return `${origin}${METADATA}`;
  }

  routes(origin: () => string): readonly HttpRoute[] {
    const metadata = (): unknown => ({
      issuer: ISSUER,
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${origin()}${KEYS}`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    });
    return [
      { method: 'GET', path: METADATA, answer: () => json(200, metadata()) },
      { method: 'GET', path: KEYS, answer: () => json(200, { keys: this.#published() }) },
    ];
  }

  #published(): readonly unknown[] {
    return [
      { ...this.#endorsed.jwk, endorsements: ['msteams'] },
      { ...this.#unendorsed.jwk, endorsements: ['webchat'] },
    ];
  }

  async #pair(choice: KeyChoice): Promise<Pick<KeyPair, 'privateKey' | 'kid'>> {
    switch (choice) {
      case 'endorsed':
        return this.#endorsed;
      case 'unendorsed':
        return this.#unendorsed;
      case 'foreign':
        return { privateKey: (await keyPair()).privateKey, kid: this.#endorsed.kid };
    }
  }
}

async function keyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const bare = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(bare);
  return { privateKey, kid, jwk: { ...bare, kid, x5t: kid, use: 'sig', alg: 'RS256' } };
}
