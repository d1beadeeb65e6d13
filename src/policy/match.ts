/** Whether a condition holds: `unknown` when the fact that it asks for cannot be known. */
export type Match = 'yes' | 'no' | 'unknown';

/** One of several is enough. */
export function anyOf(matches: readonly Match[]): Match {
  if (matches.includes('yes')) return 'yes';
  return matches.includes('unknown') ? 'unknown' : 'no';
}

/** All are needed; of none, all hold. */
export function allOf(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no';
  return matches.includes('unknown') ? 'unknown' : 'yes';
}
