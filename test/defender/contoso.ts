import { MemoryCallBudget } from './memory-call-budget.ts';
import { DefenderInPersonsName } from '../../src/defender/in-persons-name.ts';
import type { DefenderTokens } from '../../src/defender/in-persons-name.ts';
import { createNet } from '../../src/net/request.ts';
import type { Net, NetAnswer, NetRequest } from '../../src/net/request.ts';
import type { SandboxPerson } from '../../src/sandbox/person.ts';
import type { VerifiedToken } from '../../src/sandbox/defender/bearer.ts';
import { standInDevice } from '../../src/sandbox/defender/default-devices.ts';
import { DefenderStandIn } from '../../src/sandbox/defender/stand-in.ts';
import type { StandInOptions } from '../../src/sandbox/defender/stand-in.ts';
import type { StandInDevice } from '../../src/sandbox/defender/stand-in-device.ts';
import type { DeviceId, PersonId, Time } from '../../src/scan/ids.ts';
import type { Person } from '../../src/scan/person.ts';
import type { Clock } from '../../src/scan/ports.ts';
import { answered } from '../../src/scan/refusal.ts';
import type { Answer } from '../../src/scan/refusal.ts';
import { FakeClock } from '../support/fake-clock.ts';

export const NOON = Date.UTC(2026, 10, 20, 12);

export const alice: Person = {
  id: '11111111-aaaa-4aaa-8aaa-111111111111' as PersonId,
  name: 'Alice',
  teamsId: '29:alice',
  locale: 'en-GB',
  timeZone: 'Europe/London',
};

function sandboxPerson(facts: Partial<SandboxPerson> & Pick<SandboxPerson, 'handle' | 'oid'>): SandboxPerson {
  return {
    name: facts.handle,
    upn: `${facts.handle}@contoso.com`,
    teamsId: `29:${facts.handle}`,
    locale: 'en-GB',
    timeZone: 'Europe/London',
    tenantId: '99999999-9999-4999-8999-999999999999',
    rights: { read: true, scan: true },
    ...facts,
  };
}

export const PEOPLE: readonly SandboxPerson[] = [
  sandboxPerson({ handle: 'alice', oid: alice.id }),
  sandboxPerson({ handle: 'reader', oid: 'reader-oid', rights: { read: true, scan: false } }),
  sandboxPerson({ handle: 'clerk', oid: 'clerk-oid', deviceGroups: ['Workstations'] }),
];

/** The token is the handle; `alice+Alert.Read` has one more scope, `app` and `foreign` are what they say. */
export function verifyToken(token: string): Promise<VerifiedToken> {
  const [handle = '', ...more] = token.split('+');
  const scopes = ['Machine.Read', 'Machine.Scan', ...more];
  const person = PEOPLE.find((candidate) => candidate.handle === handle);
  if (person !== undefined)
    return Promise.resolve({ kind: 'person', oid: person.oid, upn: person.upn, scopes, roles: [] });
  const roles = ['Machine.Read.All'];
  if (handle === 'app') return Promise.resolve({ kind: 'app', oid: 'app-oid', upn: undefined, scopes: [], roles });
  const unscoped = { kind: 'person', oid: alice.id, upn: 'alice@contoso.com', scopes: [], roles: [] } as const;
  if (handle === 'unscoped') return Promise.resolve(unscoped);
  return Promise.reject(Object.assign(new Error('no good'), handle === 'foreign' ? { claim: 'aud' } : {}));
}

/** Pauses are over at once, and remembered. */
export class HurriedClock implements Clock {
  readonly pauses: number[] = [];
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  now(): Time {
    return this.#clock.now();
  }

  after(ms: number, call: () => void): () => void {
    this.pauses.push(ms);
    const soon = setImmediate(call);
    return () => {
      clearImmediate(soon);
    };
  }
}

export class TestTokens implements DefenderTokens {
  readonly asked: string[] = [];
  first: Answer<string> = answered('alice');
  fresh: Answer<string> = answered('alice');
  forApplication: Answer<string> = answered('app');
  freshForApplication: Answer<string> = answered('app');
  /** How long a fresh one takes. */
  freshTakes: () => void = () => undefined;

  token(person: Person, want: 'scan', options?: { readonly fresh?: boolean }): Promise<Answer<string>> {
    const fresh = options?.fresh === true;
    this.asked.push(`${person.name} ${want}${fresh ? ' fresh' : ''}`);
    if (fresh) this.freshTakes();
    return Promise.resolve(fresh ? this.fresh : this.first);
  }

  accounts(person: Person): readonly string[] {
    return [`${person.name.toLowerCase()}@contoso.com`];
  }

  application(options?: { readonly fresh?: boolean }): Promise<Answer<string>> {
    const fresh = options?.fresh === true;
    this.asked.push(`application${fresh ? ' fresh' : ''}`);
    return Promise.resolve(fresh ? this.freshForApplication : this.forApplication);
  }
}

/** The real way out, with a count of what was sent. */
export class CountingNet implements Net {
  readonly sent: NetRequest[] = [];
  readonly fetch: Net['fetch'];
  readonly #net = createNet();

  constructor() {
    this.fetch = (url, options) => this.#net.fetch(url, options);
  }

  request(request: NetRequest): Promise<NetAnswer> {
    this.sent.push(request);
    return this.#net.request(request);
  }

  posts(): number {
    return this.sent.filter(({ method }) => method === 'POST').length;
  }
}

export interface Contoso {
  readonly clock: FakeClock;
  readonly hurried: HurriedClock;
  readonly standIn: DefenderStandIn;
  readonly net: CountingNet;
  readonly tokens: TestTokens;
  readonly budget: MemoryCallBudget;
  readonly defender: DefenderInPersonsName;
  readonly laptop: StandInDevice;
  /** The laptop's id as the product knows it. */
  readonly device: DeviceId;
}

type Options = Partial<Omit<StandInOptions, 'clock'>> & { readonly timeoutMs?: number };

/** Defender with one laptop, unless told of other devices, and Alice's way to it. */
export async function contoso({ timeoutMs = 5000, ...options }: Options = {}): Promise<Contoso> {
  const clock = new FakeClock(NOON);
  const laptop = standInDevice({ name: 'fin-laptop-07.contoso.com', ip: '10.20.4.17' }, NOON);
  const standIn = await DefenderStandIn.start({ verifyToken, people: PEOPLE, clock, devices: [laptop], ...options });
  const [hurried, net, tokens, budget] = [
    new HurriedClock(clock),
    new CountingNet(),
    new TestTokens(),
    new MemoryCallBudget(),
  ];
  const settings = { baseUrl: standIn.url, clock: hurried, net, tokens, budget, timeoutMs };
  const defender = new DefenderInPersonsName(settings);
  return { clock, hurried, standIn, net, tokens, budget, defender, laptop, device: laptop.id as DeviceId };
}
