import { globMatches, globMayGoOn } from './glob.ts';
import type { Match } from './match.ts';

/**
 * A pattern without a dot is held against the short name, one with a dot against the full name. Defender knows some
 * devices by their short name only: what their full name would be is unknown, unless no full name could match.
 */
export function matchName(pattern: string, name: string | undefined): Match {
  const whole = name?.trim().replace(/\.$/, '') ?? '';
  if (whole === '') return 'unknown';
  if (!pattern.includes('.')) return globMatches(pattern, shortName(whole)) ? 'yes' : 'no';
  if (whole.includes('.')) return globMatches(pattern, whole) ? 'yes' : 'no';
  return globMayGoOn(pattern, `${whole}.`) ? 'unknown' : 'no';
}

function shortName(whole: string): string {
  return whole.split('.', 1)[0] ?? whole;
}
