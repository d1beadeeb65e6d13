import { failure } from './wire-words.ts';
import type { HttpAnswer, HttpCall } from '../http.ts';
import type { SandboxPerson } from '../person.ts';
import type { StandInDevice } from './stand-in-device.ts';

export interface VerifiedToken {
  readonly kind: 'person' | 'app';
  readonly oid: string | undefined;
  readonly upn: string | undefined;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

/** Rejects a token that is no good; the fault has `claim: 'aud'` when it is good, but for somebody else. */
export type VerifyToken = (token: string) => Promise<VerifiedToken>;

/** What a call needs: of the token, and of the person. */
export interface Need {
  readonly scopes: readonly string[];
  readonly right: 'read' | 'scan';
}

export const NEEDS = {
  read: { scopes: ['Machine.Read', 'Machine.ReadWrite'], right: 'read' },
  scan: { scopes: ['Machine.Scan'], right: 'scan' },
  alerts: { scopes: ['Alert.Read', 'Alert.ReadWrite'], right: 'read' },
  hunting: { scopes: ['AdvancedQuery.Read'], right: 'read' },
} as const satisfies Readonly<Record<string, Need>>;

/** Who calls, once let in. */
export interface Caller {
  /** As Defender names the requester of what they start. */
  readonly requestor: string;
  readonly sees: (device: StandInDevice) => boolean;
}

export type Admission =
  { readonly ok: true; readonly caller: Caller } | { readonly ok: false; readonly answer: HttpAnswer };

export class Door {
  readonly #verify: VerifyToken;
  readonly #people: readonly SandboxPerson[];

  constructor(verify: VerifyToken, people: readonly SandboxPerson[]) {
    this.#verify = verify;
    this.#people = people;
  }

  async admit(call: HttpCall, need: Need): Promise<Admission> {
    const token = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1];
    if (token === undefined) return turnedAway(401, 'Unauthorized', 'No bearer token.');
    try {
      return this.#weigh(await this.#verify(token), need);
    } catch (fault) {
      if (isWrongAudience(fault)) return turnedAway(403, 'Forbidden', 'The token is not for this API.');
      return turnedAway(401, 'Unauthorized', 'Unauthorized request - reason of failure: invalid token');
    }
  }

  #weigh(token: VerifiedToken, need: Need): Admission {
    return token.kind === 'app' ? weighApp(token, need) : this.#weighPerson(token, need);
  }

  #weighPerson(token: VerifiedToken, need: Need): Admission {
    if (!need.scopes.some((scope) => token.scopes.includes(scope))) return missing(need.scopes, token.scopes);
    const person = this.#people.find(({ oid }) => oid === token.oid);
    if (person?.rights[need.right] !== true) return turnedAway(403, 'Forbidden', 'The user lacks the required role.');
    const groups = person.deviceGroups;
    const sees = ({ group }: StandInDevice): boolean => groups === undefined || groups.includes(group?.name ?? '');
    return { ok: true, caller: { requestor: token.upn ?? person.upn, sees } };
  }
}

function weighApp(token: VerifiedToken, need: Need): Admission {
  const roles = need.scopes.map((scope) => (scope === 'Machine.Scan' ? scope : `${scope}.All`));
  if (!roles.some((role) => token.roles.includes(role))) return missing(roles, token.roles);
  return { ok: true, caller: { requestor: token.oid ?? 'application', sees: () => true } };
}

function missing(required: readonly string[], given: readonly string[]): Admission {
  const roles = `API required roles: ${required.join(',')}, application roles: ${given.join(',')}.`;
  return turnedAway(403, 'Forbidden', `Missing application roles. ${roles}`);
}

function turnedAway(status: number, code: string, message: string): Admission {
  return { ok: false, answer: failure(status, code, message) };
}

function isWrongAudience(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && 'claim' in fault && fault.claim === 'aud';
}
