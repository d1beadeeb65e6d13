import type { ClosedWhy } from '../../scan/stage.ts';
import type { ScanResult } from '../../scan/defender-scan.ts';
import type { TokenRefusalKind } from '../../scan/refusal.ts';
import { WORK_KINDS } from '../../scan/work-kind.ts';
import type { Incoming } from '../../teams/activity/incoming.ts';

/*
 * The words that labels are made of. What is counted begins at nought, so that the first one of a kind is seen as an
 * increase; hence every word is known beforehand.
 */

/** Whom the bot calls. */
export type Service = 'defender' | 'entra' | 'graph' | 'token-service' | 'keys' | 'teams';

export const TURNS = wordsOf<Incoming['kind']>({
  message: 1,
  press: 1,
  search: 1,
  extension: 1,
  'token-exchange': 1,
  'verify-state': 1,
  'sign-in-failure': 1,
  installed: 1,
  removed: 1,
  'unknown-invoke': 1,
  nothing: 1,
});

export const ENDINGS = wordsOf<ScanResult | ClosedWhy>({
  Succeeded: 1,
  Failed: 1,
  TimeOut: 1,
  Cancelled: 1,
  dismissed: 1,
  'signed-out': 1,
  withdrawn: 1,
  declined: 1,
  'not-approved': 1,
  'nobody-to-approve': 1,
  'not-allowed': 1,
  expired: 1,
  'sign-in-expired': 1,
  'not-found': 1,
  'nothing-to-follow': 1,
  refused: 1,
  unclear: 1,
  'lost-sight': 1,
  'schedule-stopped': 1,
  'schedule-over': 1,
  'schedule-missed': 1,
  unexpected: 1,
});

export const SIGN_IN_FAILURES = wordsOf<TokenRefusalKind>({
  'sign-in-needed': 1,
  'consent-missing': 1,
  'mfa-needed': 1,
  'session-revoked': 1,
  'account-disabled': 1,
  guest: 1,
  'entra-misconfigured': 1,
  'entra-unavailable': 1,
});

/** Why somebody is turned away at the door. */
export const TURNED_AWAY = [
  'no-bearer',
  'not-teams',
  'service-url',
  'service-url-claim',
  'audience',
  'token',
  'no-type',
  'tenant',
  'no-person',
];

export const FAULTS = ['turn', 'http', 'engine', ...WORK_KINDS, 'sweep', 'audit'];

function wordsOf<Word extends string>(words: Readonly<Record<Word, 1>>): readonly string[] {
  return Object.keys(words);
}
