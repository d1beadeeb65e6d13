import { X509Certificate, createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { claimsIn } from '../claims.ts';
import type { EntraMoods } from './moods.ts';
import type { EntraRefusal } from './refusal-body.ts';

/** Opens nothing but the stand-in. */
export const SANDBOX_SECRET = 'sandbox-secret-that-opens-nothing-else';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange';

/** A foreign issuer whose tokens stand for the app. */
export interface FederatedIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly key: KeyObject;
}

/** How the registered app may prove itself. */
export class ClientProof {
  readonly #appId: string;
  readonly #moods: EntraMoods;
  readonly #certificates = new Map<string, X509Certificate>();
  readonly #federated: FederatedIdentity[] = [];

  constructor(appId: string, moods: EntraMoods) {
    this.#appId = appId;
    this.#moods = moods;
  }

  addCertificate(pem: string): void {
    const certificate = new X509Certificate(pem);
    this.#certificates.set(createHash('sha256').update(certificate.raw).digest('base64url'), certificate);
  }

  addFederated(identity: FederatedIdentity): void {
    this.#federated.push(identity);
  }

  /** `undefined` when the caller is the app. `endpoint` is where the assertion must be meant for. */
  async flaw(form: URLSearchParams, endpoint: string): Promise<EntraRefusal | undefined> {
    if (form.get('client_id')?.toLowerCase() !== this.#appId.toLowerCase()) return 'wrong-app';
    const secret = form.get('client_secret');
    if (secret !== null) return secret === SANDBOX_SECRET && !this.#moods.secretWrong ? undefined : 'wrong-secret';
    const assertion = form.get('client_assertion');
    if (assertion === null || form.get('client_assertion_type') !== ASSERTION_TYPE) return 'no-proof';
    return this.#assertionFlaw(assertion, endpoint);
  }

  async #assertionFlaw(assertion: string, endpoint: string): Promise<EntraRefusal | undefined> {
    const thumbprint = thumbprintIn(assertion);
    if (thumbprint === undefined) return this.#federatedFlaw(assertion);
    const certificate = this.#certificates.get(thumbprint);
    if (certificate === undefined) return 'wrong-key';
    const expected = { algorithms: ['PS256'], issuer: this.#appId, subject: this.#appId, audience: endpoint };
    // MSAL rounds the start of validity up.
    return refusedUnless(jwtVerify(assertion, certificate.publicKey, { ...expected, clockTolerance: 5 }), 'wrong-key');
  }

  async #federatedFlaw(assertion: string): Promise<EntraRefusal | undefined> {
    const { iss, sub } = claimsIn(assertion) ?? {};
    const identity = this.#federated.find(({ issuer, subject }) => issuer === iss && subject === sub);
    if (identity === undefined) return 'no-federation';
    const expected = { algorithms: ['RS256'], audience: EXCHANGE_AUDIENCE };
    return refusedUnless(jwtVerify(assertion, identity.key, expected), 'wrong-key');
  }
}

async function refusedUnless(verified: Promise<unknown>, refusal: EntraRefusal): Promise<EntraRefusal | undefined> {
  return verified.then(
    () => undefined,
    () => refusal,
  );
}

function thumbprintIn(assertion: string): string | undefined {
  try {
    const thumbprint: unknown = decodeProtectedHeader(assertion)['x5t#S256'];
    return typeof thumbprint === 'string' ? thumbprint : undefined;
  } catch {
    return undefined;
  }
}
