import type { Time } from './ids.ts';

/** Entra or the Token Service did not give a token for the person. */
export type TokenRefusalKind =
  | 'sign-in-needed'
  | 'consent-missing'
  | 'mfa-needed'
  | 'session-revoked'
  | 'account-disabled'
  | 'guest'
  | 'entra-misconfigured'
  | 'entra-unavailable';

/** Defender answered no, or not at all. */
export type DefenderRefusalKind =
  | 'not-found'
  | 'forbidden'
  | 'feature-disabled'
  | 'not-allowed'
  | 'os-not-supported'
  | 'client-too-old'
  | 'already-running'
  | 'throttled'
  | 'unauthorized'
  | 'bad-request'
  | 'failed'
  | 'no-answer'
  | 'unreadable';

export type RefusalKind = TokenRefusalKind | DefenderRefusalKind;

export interface Refusal {
  readonly kind: RefusalKind;
  /** HTTP status and code as answered; for the person's next step and the operator. */
  readonly status?: number;
  readonly code?: string;
  /** Microsoft's `error.target`: what its support asks for. */
  readonly target?: string;
  readonly retryAt?: Time;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function answered<T>(value: T): Answer<T> {
  return { ok: true, value };
}

export function refused(kind: RefusalKind, facts: Omit<Refusal, 'kind'> = {}): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { kind, ...facts } };
}

const SIGN_IN_MENDS: ReadonlySet<RefusalKind> = new Set(['sign-in-needed', 'mfa-needed', 'session-revoked']);

/** A new sign-in by the person can mend this. */
export function signInMends(refusal: Refusal): boolean {
  return SIGN_IN_MENDS.has(refusal.kind);
}

const PASSES_BY_ITSELF: ReadonlySet<RefusalKind> = new Set([
  'throttled',
  'entra-unavailable',
  'failed',
  'no-answer',
  'unreadable',
]);

/** Trying a read again later can help. */
export function passesByItself(refusal: Refusal): boolean {
  return PASSES_BY_ITSELF.has(refusal.kind);
}

/** Not there, or not for this person: the two are told in the same words, so that nobody can probe for devices. */
export function isInvisible(refusal: Refusal): boolean {
  return refusal.kind === 'not-found' || refusal.kind === 'forbidden';
}
