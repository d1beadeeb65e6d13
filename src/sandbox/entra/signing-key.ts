import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload, LocalJWKSet } from 'jose';
import type { Time } from '../../scan/ids.ts';

/** A real RS256 key: signs what is issued, and publishes its other half. */
export class SigningKey {
  readonly kid: string;
  readonly jwk: JWK;
  readonly #privateKey: CryptoKey;
  readonly #keySet: LocalJWKSet;

  private constructor(kid: string, jwk: JWK, privateKey: CryptoKey) {
    this.kid = kid;
    // Without `alg`, as Entra publishes its keys: the reader has to insist on RS256.
    this.jwk = { ...jwk, kid, use: 'sig' };
    this.#privateKey = privateKey;
    this.#keySet = createLocalJWKSet({ keys: [this.jwk] });
  }

  static async make(kid: string): Promise<SigningKey> {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    return new SigningKey(kid, await exportJWK(publicKey), privateKey);
  }

  /** Signs the claims as they are, however wrong. */
  sign(claims: Readonly<Record<string, unknown>>, kid = this.kid): Promise<string> {
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(this.#privateKey);
  }

  /** Throws unless this key signed it, for one of the audiences, and it is valid at that time. */
  async verify(token: string, audience: readonly string[], at: Time): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, this.#keySet, {
      algorithms: ['RS256'],
      audience: [...audience],
      currentDate: new Date(at),
    });
    return payload;
  }
}
