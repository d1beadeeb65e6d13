import { randomUUID } from 'node:crypto';
import { errors } from 'jose';
import type { JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { ClientProof } from './client-proof.ts';
import type { Granted, Issuer, Tenant } from './issuer.ts';
import type { EntraMoods } from './moods.ts';
import { refusalReply } from './refusal-body.ts';
import type { EntraRefusal, TokenReply } from './refusal-body.ts';
import type { SigningKey } from './signing-key.ts';

const RIGHTS = ['Machine.Scan', 'Machine.Read', 'Alert.Read', 'AdvancedQuery.Read'];
const GRAPH_RIGHTS = ['User.Read'];
const ROLES = ['Machine.Read.All'];
const OIDC = new Set(['openid', 'profile', 'offline_access', 'email']);

/** Whom a grant is about, and how they once signed in. */
interface Session {
  readonly oid: string;
  readonly since: number;
  readonly withMfa: boolean;
}

export interface TokenEndpointParts {
  readonly tenant: Tenant;
  readonly key: SigningKey;
  readonly issuer: Issuer;
  readonly proof: ClientProof;
  readonly moods: EntraMoods;
}

export interface TokenOutcome {
  readonly reply: TokenReply;
  readonly oid?: string;
}

/** The grants that the product uses, kept to Entra's documented rules. */
export class TokenEndpoint {
  readonly #parts: TokenEndpointParts;
  readonly #sessions = new LRUCache<string, Session>({ max: 10_000 });

  constructor(parts: TokenEndpointParts) {
    this.#parts = parts;
  }

  async answer(form: URLSearchParams, endpoint: string): Promise<TokenOutcome> {
    const { moods, proof } = this.#parts;
    if (moods.unavailable !== undefined) return busy(moods.unavailable);
    const flaw = await proof.flaw(form, endpoint);
    if (flaw !== undefined) return refusal(flaw);
    switch (form.get('grant_type') ?? '') {
      case 'client_credentials':
        return this.#forApp(form);
      case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
        return this.#onBehalfOf(form);
      case 'refresh_token':
        return this.#refreshed(form);
      default:
        return refusal('wrong-grant');
    }
  }

  async #forApp(form: URLSearchParams): Promise<TokenOutcome> {
    const { tenant, issuer, moods } = this.#parts;
    const resource = scopesIn(form)[0]?.replace(/\/\.default$/, '');
    if (resource === `api://botid-${tenant.appId}`) return this.#forOwnApi();
    if (resource !== tenant.connectorAudience && resource !== tenant.defenderAudience) return refusal('wrong-resource');
    const roles = resource === tenant.defenderAudience ? ROLES.filter((role) => !moods.consentMissing.has(role)) : [];
    const access_token = await issuer.appToken(resource, roles, moods.ttlSeconds);
    return { reply: { status: 200, body: { token_type: 'Bearer', expires_in: moods.ttlSeconds, access_token } } };
  }

  async #forOwnApi(): Promise<TokenOutcome> {
    const { tenant, issuer, moods } = this.#parts;
    if (moods.exposedApi === 'missing') return refusal('wrong-resource');
    const ver = moods.exposedApi === 'first-version' ? '1.0' : '2.0';
    const access_token = await issuer.appToken(tenant.appId, [], moods.ttlSeconds, { ver });
    return { reply: { status: 200, body: { token_type: 'Bearer', expires_in: moods.ttlSeconds, access_token } } };
  }

  async #onBehalfOf(form: URLSearchParams): Promise<TokenOutcome> {
    if (form.get('requested_token_use') !== 'on_behalf_of') return refusal('wrong-grant');
    const claims = await this.#assertion(form.get('assertion') ?? '');
    return typeof claims === 'string' ? refusal(claims) : this.#forPerson(sessionOf(claims), form);
  }

  async #refreshed(form: URLSearchParams): Promise<TokenOutcome> {
    const session = this.#sessions.get(form.get('refresh_token') ?? '');
    return session === undefined ? refusal('bad-refresh-token') : this.#forPerson(session, form);
  }

  async #assertion(token: string): Promise<JWTPayload | EntraRefusal> {
    const { appId, now } = this.#parts.tenant;
    try {
      return await this.#parts.key.verify(token, [appId, `api://${appId}`, `api://botid-${appId}`], now());
    } catch (fault) {
      if (fault instanceof errors.JWTExpired) return 'expired-assertion';
      return fault instanceof errors.JWTClaimValidationFailed ? 'wrong-audience' : 'bad-signature';
    }
  }

  async #forPerson(session: Session, form: URLSearchParams): Promise<TokenOutcome> {
    const { oid } = session;
    const { moods } = this.#parts;
    const wait = moods.throttled.get(oid);
    if (wait !== undefined) return { ...refusal('throttled', wait), oid };
    const wanted = this.#wantedIn(form);
    const flaw = wanted === undefined ? 'wrong-scope' : this.#flaw(session, wanted.rights);
    if (wanted === undefined || flaw !== undefined) return { ...refusal(flaw ?? 'wrong-scope'), oid };
    const consented = this.#known(wanted.audience).filter((right) => !moods.consentMissing.has(right));
    const given = moods.widerScopes ? { ...wanted, rights: consented } : wanted;
    return { oid, reply: { status: 200, body: await this.#tokens(session, given) } };
  }

  #flaw(session: Session, rights: readonly string[]): EntraRefusal | undefined {
    const { moods } = this.#parts;
    if (moods.disabled.has(session.oid)) return 'disabled';
    if (session.since <= (moods.revokedAt.get(session.oid) ?? 0)) return 'revoked';
    if (moods.mfaAsked.has(session.oid) && !session.withMfa) return 'mfa-asked';
    return rights.some((right) => moods.consentMissing.has(right)) ? 'no-consent' : undefined;
  }

  /** The rights asked for, all at one resource; `undefined` when anything else is among them, or nothing. */
  #wantedIn(form: URLSearchParams): Granted | undefined {
    const { defenderAudience, graphAudience } = this.#parts.tenant;
    const wanted = scopesIn(form).filter((scope) => !OIDC.has(scope));
    const audience = [defenderAudience, graphAudience].find((one) => wanted[0]?.startsWith(`${one}/`));
    if (audience === undefined || !wanted.every((scope) => scope.startsWith(`${audience}/`))) return undefined;
    const rights = wanted.map((scope) => scope.slice(audience.length + 1));
    return rights.every((right) => this.#known(audience).includes(right)) ? { audience, rights } : undefined;
  }

  #known(audience: string): readonly string[] {
    return audience === this.#parts.tenant.defenderAudience ? RIGHTS : GRAPH_RIGHTS;
  }

  async #tokens(session: Session, granted: Granted): Promise<Record<string, unknown>> {
    const { tenant, issuer, moods } = this.#parts;
    const { audience, rights } = granted;
    const identity = { uid: session.oid, utid: tenant.tenantId };
    return {
      token_type: 'Bearer',
      scope: rights.map((right) => `${audience}/${right}`).join(' '),
      expires_in: moods.ttlSeconds,
      ext_expires_in: moods.ttlSeconds,
      access_token: await issuer.personToken(session.oid, granted, moods.ttlSeconds),
      id_token: await issuer.idToken(session.oid),
      client_info: Buffer.from(JSON.stringify(identity)).toString('base64url'),
      ...(moods.withholdsRefreshTokens ? {} : { refresh_token: this.#keep(session) }),
    };
  }

  #keep(session: Session): string {
    const token = `sandbox-refresh-${randomUUID()}`;
    this.#sessions.set(token, session);
    return token;
  }
}

function sessionOf(claims: JWTPayload): Session {
  const oid = typeof claims['oid'] === 'string' ? claims['oid'].toLowerCase() : '';
  const amr: unknown = claims['amr'];
  return { oid, since: (claims.iat ?? 0) * 1000, withMfa: Array.isArray(amr) && amr.includes('mfa') };
}

function scopesIn(form: URLSearchParams): readonly string[] {
  return (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
}

function refusal(name: EntraRefusal, retryAfter?: number): TokenOutcome {
  return { reply: refusalReply(name, retryAfter) };
}

function busy(retryAfter: number | 'without-retry-after'): TokenOutcome {
  return refusal('unavailable', retryAfter === 'without-retry-after' ? undefined : retryAfter);
}
