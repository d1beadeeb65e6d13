import type { DefenderScan } from '../scan/defender-scan.ts';
import type { Time } from '../scan/ids.ts';
import type { Answer, Refusal } from '../scan/refusal.ts';

/** Reads Defender's machine actions as an application. */
export interface ActionList {
  scansSince(reader: { readonly as: 'application' }, since: Time): Promise<Answer<readonly DefenderScan[]>>;
}

const GRANT =
  'Grant the app the application permission Machine.Read.All of WindowsDefenderATP with admin consent, or give a token ' +
  'that may read machine actions with --token-file.';

/** Why there is no list, and what helps. */
export function withoutList({ kind, status, code }: Refusal): string {
  const detail = [status, code].filter((part) => part !== undefined).join(' ');
  const said = `Nothing was compared: ${reasonOf(kind)}${detail === '' ? '' : ` (${detail})`}.`;
  return kind === 'forbidden' || kind === 'unauthorized' || kind === 'consent-missing' ? `${said} ${GRANT}` : said;
}

function reasonOf(kind: Refusal['kind']): string {
  if (kind === 'forbidden') return 'Defender does not let this token read machine actions';
  if (kind === 'unauthorized') return 'Defender does not accept the token';
  if (kind === 'throttled') return 'Defender asks to wait; try again in a few minutes';
  if (kind === 'no-answer') return 'Defender does not answer';
  if (kind === 'entra-unavailable') return 'Entra does not answer';
  return kind.startsWith('entra') || kind === 'consent-missing'
    ? 'Entra gives the app no token'
    : 'Defender gives no list of machine actions';
}
