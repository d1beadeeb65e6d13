import fc from 'fast-check';

/** A value in which something, anywhere, is something else. */
export function withOneChange(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const strange = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('', 0, -1, 1e9, null, [], {}, '*', 'anyone', '25:00'),
  );
  return fc.tuple(values, strange, fc.nat()).map(([value, other, at]) => change(value, other, at));
}

function change(value: unknown, other: unknown, at: number): unknown {
  if (typeof value !== 'object' || value === null || at % 7 === 0) return other;
  const entries = Object.entries(value);
  const place = at % Math.max(1, entries.length);
  const changed = entries.map(([key, inner], which) => [
    key,
    which === place ? change(inner, other, Math.floor(at / 2)) : (inner as unknown),
  ]);
  if (Array.isArray(value)) return changed.map(([, inner]) => inner);
  return Object.fromEntries(changed) as unknown;
}
