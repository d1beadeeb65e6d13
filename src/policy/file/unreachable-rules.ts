import { pathText } from './fault.ts';
import type { PolicyFault } from './fault.ts';
import { readableRules } from './placed-rule.ts';
import type { PlacedRule } from './placed-rule.ts';

type Entries = ReadonlyMap<string, ReadonlySet<string>>;

/** Rules that never decide, since an earlier one matches whenever they do. */
export function unreachableRules(json: unknown): readonly PolicyFault[] {
  const rules = readableRules(json).map((placed) => ({ ...placed, entries: entriesOf(placed) }));
  return rules.flatMap(({ at, entries }, place) => {
    const before = rules.slice(0, place).find((earlier) => covers(earlier.entries, entries));
    if (before === undefined) return [];
    const fault = `never decides: "${before.rule.name}" at ${pathText(before.at)} matches first whenever this rule does`;
    return [{ path: pathText(at), fault, remedy: 'Move it up, narrow the earlier rule, or remove it.' }];
  });
}

/** Every condition of the earlier rule is one of the later rule too, there with no more entries. */
function covers(earlier: Entries, later: Entries): boolean {
  return [...earlier].every(([name, wide]) => {
    const narrow = later.get(name);
    return narrow !== undefined && [...narrow].every((entry) => wide.has(entry));
  });
}

function entriesOf({ rule }: PlacedRule): Entries {
  const lists = Object.entries(rule.when ?? {});
  return new Map(lists.map(([name, list = []]) => [name, new Set(list.map((entry) => JSON.stringify(entry)))]));
}
