/** The value below which a share of all lies; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The middle, with the least and the most in brackets. */
export function spread(values: readonly number[], digits = 0): string {
  if (values.length === 0) return '–';
  const [least, middle, most] = [0, 0.5, 1].map((share) => quantile(values, share).toFixed(digits));
  return values.length === 1 ? (middle ?? '') : `${middle} (${least}–${most})`;
}

/** The middle of what each pair of the same round comes to: noise that both had falls out. */
export function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.flatMap((value, round) => (theirs[round] === undefined ? [] : [value / theirs[round]])));
}
