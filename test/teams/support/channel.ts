import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { JWK } from 'jose';
import { HttpServer, json } from '../../../src/sandbox/http.ts';
import type { HttpAnswer } from '../../../src/sandbox/http.ts';
import { APP_ID, SERVICE_URL } from './activities.ts';

export const ISSUER = 'https://api.botframework.com';

type Claims = Readonly<Record<string, unknown>>;

interface KeyPair {
  readonly privateJwk: JWK;
  readonly jwk: JWK;
}

/** The Bot Framework service as far as it signs: metadata, keys, and tokens of every sort. */
export class Channel {
  readonly #pairs: ReadonlyMap<string, KeyPair>;
  #server: HttpServer | undefined;
  /** What the keys' address answers, while a test wants something else. */
  keysAnswer: (() => HttpAnswer) | undefined;
  published: string[] = ['good', 'unendorsed', 'other-channel'];
  keyRequests = 0;

  private constructor(pairs: ReadonlyMap<string, KeyPair>) {
    this.#pairs = pairs;
  }

  static async start(): Promise<Channel> {
    const endorsements: Record<string, string[] | undefined> = {
      good: ['msteams', 'webchat'],
      next: ['msteams'],
      'other-channel': ['webchat'],
    };
    const names = ['good', 'next', 'unendorsed', 'other-channel', 'forged'];
    const pairs = await Promise.all(names.map(async (kid) => [kid, await keyPair(kid, endorsements[kid])] as const));
    const channel = new Channel(new Map(pairs));
    await channel.#listen();
    return channel;
  }

  get metadataUrl(): string {
    return `${this.#server?.url ?? ''}/metadata`;
  }

  close(): Promise<void> | undefined {
    return this.#server?.close();
  }

  /** A good token, or what the claims and the header make of it. */
  async token(claims: Claims = {}, header: Claims = {}, signer = 'good'): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: ISSUER, aud: APP_ID, serviceurl: SERVICE_URL, nbf: now, exp: now + 3600, ...claims };
    const protectedHeader = { alg: 'RS256', kid: signer, ...header };
    const key = await importJWK(this.#pairs.get(signer)?.privateJwk ?? { kty: 'none' }, protectedHeader.alg);
    return new SignJWT(payload).setProtectedHeader(protectedHeader).sign(key);
  }

  async #listen(): Promise<void> {
    const metadata = (): HttpAnswer => json(200, { issuer: ISSUER, jwks_uri: `${this.#server?.url ?? ''}/keys` });
    const keys = (): HttpAnswer => {
      this.keyRequests += 1;
      return this.keysAnswer?.() ?? json(200, { keys: this.published.map((kid) => this.#pairs.get(kid)?.jwk) });
    };
    this.#server = await HttpServer.start({
      routes: [
        { method: 'GET', path: '/metadata', answer: metadata },
        { method: 'GET', path: '/keys', answer: keys },
      ],
    });
  }
}

async function keyPair(kid: string, endorsements: string[] | undefined): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', ...(endorsements && { endorsements }) };
  return { privateJwk: await exportJWK(privateKey), jwk };
}

/** Three parts that nobody signed. */
export function unsigned(header: object, claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${Buffer.alloc(256, 7).toString('base64url')}`;
}
