import assert from 'node:assert/strict';
import type { Answer, RefusalKind } from '../../../src/scan/refusal.ts';
import { answered, refused } from '../../../src/scan/refusal.ts';
import { readPersonId } from '../../../src/scan/ids.ts';
import type { Person } from '../../../src/scan/person.ts';
import type { Clock } from '../../../src/scan/ports.ts';
import type { SandboxPerson } from '../../../src/sandbox/person.ts';
import { EntraStandIn } from '../../../src/sandbox/entra/entra-stand-in.ts';
import { SANDBOX_SECRET } from '../../../src/sandbox/entra/client-proof.ts';
import { createNet } from '../../../src/net/request.ts';
import type { Net } from '../../../src/net/request.ts';
import { AssertionGuard } from '../../../src/entra/assertion.ts';
import type { CredentialAuth } from '../../../src/entra/credential.ts';
import type { MsalAccess } from '../../../src/entra/msal-client.ts';
import { DefenderTokens } from '../../../src/entra/on-behalf-of.ts';

export const TENANT = '11111111-2222-4333-8444-555555555555';
export const OTHER_TENANT = '99999999-2222-4333-8444-555555555555';
export const APP = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
export const AUDIENCE = 'https://api.securitycenter.microsoft.com';
export const GRAPH = 'https://graph.microsoft.com';

export const alice = sandboxPerson('alice', '0a11ce00-0000-4000-8000-000000000001');
export const bob = sandboxPerson('bob', '0b0b0000-0000-4000-8000-000000000002');
export const guest = { ...sandboxPerson('gwen', '60e57000-0000-4000-8000-000000000003'), tenantId: OTHER_TENANT };

function sandboxPerson(handle: string, oid: string): SandboxPerson {
  return {
    handle,
    oid,
    name: handle,
    upn: `${handle}@contoso.example`,
    teamsId: `29:${handle}`,
    locale: 'en-GB',
    timeZone: 'Europe/London',
    tenantId: TENANT,
    rights: { read: true, scan: true },
  };
}

export function personOf(someone: SandboxPerson): Person {
  const id = readPersonId(someone.oid);
  assert.ok(id);
  const { name, teamsId, locale, timeZone } = someone;
  return { id, name, teamsId, locale, timeZone };
}

/** Stands where it is put. */
export class TestClock implements Clock {
  #now = Date.now();

  now(): number {
    return this.#now;
  }

  pass(ms: number): void {
    this.#now += ms;
  }

  after(): () => void {
    throw new Error('nothing here waits');
  }
}

/** Keeps every line, to look for what must not be there. */
export class TestLog {
  readonly lines: string[] = [];

  warn(facts: object, message: string): void {
    this.lines.push(`warn ${JSON.stringify(facts)} ${message}`);
  }

  error(facts: object, message: string): void {
    this.lines.push(`error ${JSON.stringify(facts)} ${message}`);
  }
}

export function startEntra(): Promise<EntraStandIn> {
  return EntraStandIn.start({ tenantId: TENANT, appId: APP, people: [alice, bob, guest] });
}

/** Entra's stand-in in good spirits and everything that asks it, as the app puts it together. */
export class EntraWorld {
  readonly entra: EntraStandIn;
  readonly net: Net;
  readonly clock: TestClock;
  readonly log = new TestLog();
  readonly app: MsalAccess['app'];
  readonly guard: AssertionGuard;
  readonly tokens: DefenderTokens;
  /** What the Token Service keeps, by person; absent means that nothing is kept. */
  readonly tokenService = new Map<string, Answer<string>>();
  tokenServiceAsked = 0;
  /** Whose sign-in was taken from the Token Service. */
  readonly signedOut: string[] = [];

  readonly #linesBefore: number;

  constructor(entra: EntraStandIn, clock = new TestClock()) {
    this.clock = clock;
    entra.moods.reset();
    this.#linesBefore = entra.wire.length;
    this.entra = entra;
    this.net = createNet({ extraCa: entra.caPem });
    this.app = { loginUrl: entra.url, tenantId: TENANT, appId: APP };
    this.guard = new AssertionGuard(this.app, this.net, this.clock);
    this.tokens = this.tokensWith({ clientSecret: SANDBOX_SECRET });
  }

  /** How often a token was asked for by this grant since this world began. */
  asked(grant: string): number {
    return this.entra.wire.slice(this.#linesBefore).filter((line) => line.grant === grant).length;
  }

  msal(credential: CredentialAuth, timeoutMs?: number): MsalAccess {
    const { net, clock, log } = this;
    return { app: this.app, credential, entra: { net, clock, log, ...(timeoutMs === undefined ? {} : { timeoutMs }) } };
  }

  tokensWith(credential: CredentialAuth, timeoutMs?: number): DefenderTokens {
    return new DefenderTokens({
      msal: this.msal(credential, timeoutMs),
      audience: AUDIENCE,
      graphAudience: GRAPH,
      guard: this.guard,
      signOut: (person) => {
        this.signedOut.push(person.id);
        return Promise.resolve();
      },
      assertionOf: (person) => {
        this.tokenServiceAsked += 1;
        return Promise.resolve(this.tokenService.get(person.id) ?? refused('sign-in-needed', { code: 'none-kept' }));
      },
    });
  }

  /** With a Token Service of the test's own making. */
  tokensFrom(assertionOf: () => Promise<Answer<string>>): DefenderTokens {
    const { guard } = this;
    const msal = this.msal({ clientSecret: SANDBOX_SECRET });
    return new DefenderTokens({
      msal,
      audience: AUDIENCE,
      graphAudience: GRAPH,
      guard,
      assertionOf,
      signOut: () => Promise.resolve(),
    });
  }

  /** A sign-in that came with a press. */
  async signsIn(someone: SandboxPerson, overrides: Record<string, unknown> = {}): Promise<string> {
    const token = await this.entra.assertionFor(someone.oid, overrides);
    valueOf(await this.tokens.accept(personOf(someone), token));
    return token;
  }

  keepsSignIn(someone: SandboxPerson, token: string): void {
    this.tokenService.set(someone.oid, answered(token));
  }
}

export function valueOf<T>(answer: Answer<T>): T {
  assert.ok(answer.ok, `refused: ${JSON.stringify(answer)}`);
  return answer.value;
}

export function refusalOf(
  answer: Answer<unknown>,
  kind: RefusalKind,
): { code?: string; retryAt?: number; status?: number } {
  assert.ok(!answer.ok, 'it was not refused');
  assert.equal(answer.refusal.kind, kind);
  return answer.refusal;
}
