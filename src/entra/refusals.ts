import { AuthError, InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import type { AuthenticationResult } from '@azure/msal-node';
import type { Time } from '../scan/ids.ts';
import { answered, refused } from '../scan/refusal.ts';
import type { Answer, Refusal, TokenRefusalKind } from '../scan/refusal.ts';
import type { AssertionFlaw } from './assertion.ts';
import { CredentialFault } from './credential-fault.ts';

type Refused = ReturnType<typeof refused>;

/** What MSAL tells apart; its message quotes Entra and is never read. */
interface EntraError {
  readonly error: string;
  readonly suberror: string;
  /** Entra's own number, which Microsoft may change: it only refines what the words leave open. */
  readonly number: string;
  readonly wantsPerson: boolean;
  readonly wantsMore: boolean;
}

const UNREACHED: ReadonlySet<string> = new Set([
  'network_error',
  'endpoints_resolution_error',
  'openid_config_error',
  'token_parsing_error',
  'request_timeout',
]);
const BUSY: ReadonlySet<string> = new Set(['temporarily_unavailable', 'server_error', 'service_unavailable']);
const MFA_SUBERRORS: ReadonlySet<string> = new Set(['basic_action', 'additional_action']);

/** No permission, or the person is not assigned to the app: an administrator has to act. */
const CONSENT_NUMBERS: ReadonlySet<string> = new Set(['65001', '65004', '90094', '90095', '50105']);
const MFA_NUMBERS: ReadonlySet<string> = new Set([
  '50074',
  '50076',
  '50079',
  '50158',
  '53000',
  '53001',
  '53002',
  '53003',
]);
const REVOKED_NUMBERS: ReadonlySet<string> = new Set(['50173', '70043', '700082']);
const DISABLED_NUMBERS: ReadonlySet<string> = new Set(['50057']);

export function tokenIn(result: AuthenticationResult | null): Answer<string> {
  const token = result?.accessToken ?? '';
  return token === '' ? refused('entra-unavailable', { code: 'no-token' }) : answered(token);
}

/** Throws on whatever is neither Entra's no nor its silence. */
export function tokenRefusal(fault: unknown, retryAt: Time | undefined): Refused {
  if (fault instanceof CredentialFault) return credentialRefusal(fault);
  if (!(fault instanceof AuthError)) throw fault;
  const kind = kindOf(fault);
  const later = kind === 'entra-unavailable' && retryAt !== undefined ? { retryAt } : {};
  const status = statusOf(fault);
  return refused(kind, { ...(status === undefined ? {} : { status }), ...codeOf(read(fault)), ...later });
}

/** Why a sign-in that reached us is not used. */
export function assertionRefusal(flaw: AssertionFlaw): Refused {
  switch (flaw) {
    case 'keys-unavailable':
      return refused('entra-unavailable', { code: flaw });
    case 'guest':
      return refused('guest', { code: flaw });
    case 'wrong-person':
    case 'wrong-tenant':
    case 'invalid':
    case 'expired':
      return refused('sign-in-needed', { code: flaw });
  }
}

/** A newer sign-in of the same person may be answered otherwise. */
export function newerSignInMayHelp(refusal: Refusal): boolean {
  return refusal.kind === 'sign-in-needed' || refusal.kind === 'mfa-needed' || refusal.kind === 'session-revoked';
}

function credentialRefusal(fault: CredentialFault): Refused {
  return refused(fault.why === 'unavailable' ? 'entra-unavailable' : 'entra-misconfigured', { code: fault.code });
}

function kindOf(fault: AuthError): TokenRefusalKind {
  const said = read(fault);
  if (isPassing(said, fault)) return 'entra-unavailable';
  if (said.suberror === 'consent_required' || said.error === 'consent_required') return 'consent-missing';
  if (said.suberror === 'bad_token') return 'session-revoked';
  if (said.error === 'interaction_required' || said.wantsMore || MFA_SUBERRORS.has(said.suberror))
    return interaction(said);
  if (said.error === 'invalid_grant' || said.wantsPerson) return grant(said);
  return 'entra-misconfigured';
}

/** MSAL replays a throttled answer without its name: the error is then the bare numbers, or nothing. */
function isPassing(said: EntraError, fault: AuthError): boolean {
  if (UNREACHED.has(said.error) || BUSY.has(said.error)) return true;
  const status = statusOf(fault) ?? 0;
  return status === 429 || status >= 500 || (fault instanceof ServerError && /^[\d ]*$/.test(said.error));
}

/** The network client puts it where MSAL looks for it. */
function statusOf(fault: AuthError): number | undefined {
  return fault instanceof ServerError && fault.status !== undefined ? fault.status : undefined;
}

function interaction(said: EntraError): TokenRefusalKind {
  return CONSENT_NUMBERS.has(said.number) ? 'consent-missing' : 'mfa-needed';
}

function grant(said: EntraError): TokenRefusalKind {
  if (DISABLED_NUMBERS.has(said.number)) return 'account-disabled';
  if (REVOKED_NUMBERS.has(said.number)) return 'session-revoked';
  if (CONSENT_NUMBERS.has(said.number)) return 'consent-missing';
  return MFA_NUMBERS.has(said.number) ? 'mfa-needed' : 'sign-in-needed';
}

function read(fault: AuthError): EntraError {
  const wantsPerson = fault instanceof InteractionRequiredAuthError;
  return {
    error: fault.errorCode,
    suberror: fault.subError,
    number: numberOf(fault),
    wantsPerson,
    wantsMore: wantsPerson && fault.claims !== '',
  };
}

/** Typed as text, a number when it comes. */
function numberOf(fault: AuthError): string {
  const number: unknown = 'errorNo' in fault ? fault.errorNo : undefined;
  const text = typeof number === 'number' || typeof number === 'string' ? String(number) : '';
  return /^\d{1,9}$/.test(text) ? text : '';
}

/** Words and numbers only: whatever else stands there is not repeated. */
function codeOf(said: EntraError): { readonly code?: string } {
  const words = [said.error, said.suberror].filter((word) => /^[\w .-]{1,64}$/.test(word));
  const number = said.number === '' ? [] : [`AADSTS${said.number}`];
  const code = [...words, ...number].join('/');
  return code === '' ? {} : { code };
}
