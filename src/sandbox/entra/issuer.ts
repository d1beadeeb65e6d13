import { randomUUID } from 'node:crypto';
import type { Time } from '../../scan/ids.ts';
import { LRUCache } from 'lru-cache';
import { SECOND } from '../../scan/time.ts';
import type { SandboxPerson } from '../person.ts';
import type { SigningKey } from './signing-key.ts';

const ASSERTION_SECONDS = 3600;

export type Claims = Readonly<Record<string, unknown>>;

export interface Tenant {
  readonly url: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly connectorAudience: string;
  readonly defenderAudience: string;
  readonly graphAudience: string;
  readonly people: readonly SandboxPerson[];
  readonly now: () => Time;
}

/** Rights by their short names, at one resource. */
export interface Granted {
  readonly audience: string;
  readonly rights: readonly string[];
}

/** Writes tokens with the claims that Entra would give them. */
export class Issuer {
  readonly #tenant: Tenant;
  readonly #key: SigningKey;
  /** Claims count whole seconds: too coarse to tell what came first. */
  readonly #issued = new LRUCache<string, Time>({ max: 10_000 });

  constructor(tenant: Tenant, key: SigningKey) {
    this.#tenant = tenant;
    this.#key = key;
  }

  get name(): string {
    return `${this.#tenant.url}/${this.#tenant.tenantId}/v2.0`;
  }

  /** A claim set to `undefined` is left out. */
  assertionClaims(oid: string, overrides: Claims = {}): Claims {
    const { tenantId, appId } = this.#tenant;
    const person = this.personOf(oid);
    return {
      ...this.#lifetime(ASSERTION_SECONDS),
      ...this.#homeOf(person),
      aud: appId,
      iss: this.name,
      azp: appId,
      amr: ['pwd'],
      name: person?.name,
      oid,
      preferred_username: person?.upn,
      scp: 'access_as_user',
      sub: `sub-${oid}`,
      tid: tenantId,
      ver: '2.0',
      ...overrides,
    };
  }

  idToken(oid: string): Promise<string> {
    const claims = this.assertionClaims(oid, { scp: undefined, azp: undefined, amr: undefined });
    return this.#key.sign(claims);
  }

  /** For Defender or for Graph. The seconds are what MSAL is told, too. */
  personToken(oid: string, granted: Granted, seconds: number): Promise<string> {
    const { audience, rights } = granted;
    const person = this.personOf(oid);
    const claims = { oid, upn: person?.upn, unique_name: person?.upn, name: person?.name, scp: rights.join(' ') };
    return this.#resourceToken(audience, claims, seconds);
  }

  appToken(audience: string, roles: readonly string[], seconds: number, more: Claims = {}): Promise<string> {
    const { appId } = this.#tenant;
    return this.#resourceToken(audience, { oid: appId, idtyp: 'app', azp: appId, roles, ...more }, seconds);
  }

  personOf(oid: string): SandboxPerson | undefined {
    return this.#tenant.people.find((person) => person.oid.toLowerCase() === oid.toLowerCase());
  }

  #resourceToken(audience: string, claims: Claims, seconds: number): Promise<string> {
    const { appId, tenantId } = this.#tenant;
    const iss = `https://sts.windows.net/${tenantId}/`;
    return this.#key.sign({ ...this.#lifetime(seconds), aud: audience, iss, appid: appId, tid: tenantId, ...claims });
  }

  /** A guest's token names the tenant at home. */
  #homeOf(person: SandboxPerson | undefined): Claims {
    if (person === undefined || person.tenantId.toLowerCase() === this.#tenant.tenantId.toLowerCase())
      return { acct: 0 };
    return { acct: 1, idp: `https://sts.windows.net/${person.tenantId}/` };
  }

  /** When the token with this `uti` was issued; 0 when it is not known any more. */
  issuedAt(uti: unknown): Time {
    return typeof uti === 'string' ? (this.#issued.get(uti) ?? 0) : 0;
  }

  #lifetime(seconds: number): Claims {
    const uti = randomUUID();
    this.#issued.set(uti, this.#tenant.now());
    const now = Math.floor(this.#tenant.now() / SECOND);
    return { iat: now, nbf: now, exp: now + seconds, uti };
  }
}
