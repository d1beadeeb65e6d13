import { pathText, valueAt } from './fault.ts';
import type { PolicyFault, Step } from './fault.ts';
import { rawRules, readableRules } from './placed-rule.ts';
import type { RuleInFile, WindowInFile } from './shape.ts';
import { minuteOf } from '../time-window.ts';
import { DEFAULT_RULE } from '../verdict.ts';

/** What is wrong though each part is well written. Rules that are not are passed over: their faults are told already. */
export function senseFaults(json: unknown): readonly PolicyFault[] {
  const rules = readableRules(json);
  const hasZone = valueAt(json, ['zone']) !== undefined;
  return [
    ...nameFaults(json),
    ...rules.flatMap(({ at, rule }) => [...windowFaults(at, rule, hasZone), ...approvalFaults(at, rule)]),
  ];
}

/** Names are compared even where the rest of a rule cannot be read. */
function nameFaults(json: unknown): readonly PolicyFault[] {
  const taken = new Map<string, string>([[DEFAULT_RULE, 'what APPROVAL says']]);
  return rawRules(json).flatMap((raw, place) => {
    const name = valueAt(raw, ['name']);
    if (typeof name !== 'string') return [];
    const key = name.normalize('NFC').toLowerCase();
    const holder = taken.get(key);
    taken.set(key, holder ?? pathText(['rules', place]));
    if (holder === undefined) return [];
    const path = pathText(['rules', place, 'name']);
    return [{ path, fault: `is the name of ${holder} already`, remedy: 'Choose another name.' }];
  });
}

function windowFaults(at: readonly Step[], rule: RuleInFile, hasZone: boolean): readonly PolicyFault[] {
  return (rule.when?.time ?? []).flatMap((window, place) => {
    const path = [...at, 'when', 'time', place];
    return [...emptyWindow(path, window), ...missingZone(path, window, hasZone)];
  });
}

function emptyWindow(path: readonly Step[], { days, from, to }: WindowInFile): readonly PolicyFault[] {
  if (days === undefined && from === undefined && to === undefined) {
    return [{ path: pathText(path), fault: 'names neither days nor hours', remedy: 'Add days, from or to.' }];
  }
  if (minuteOf(from ?? '00:00') !== minuteOf(to ?? '24:00')) return [];
  const remedy = 'For whole days leave out from and to.';
  return [{ path: pathText(path), fault: 'begins and ends at the same time', remedy }];
}

function missingZone(path: readonly Step[], { zone }: WindowInFile, hasZone: boolean): readonly PolicyFault[] {
  if (zone !== undefined || hasZone) return [];
  const remedy = 'Name an IANA zone here, or one for the whole file at $.zone.';
  return [{ path: pathText([...path, 'zone']), fault: 'is missing', remedy }];
}

function approvalFaults(at: readonly Step[], { then }: RuleInFile): readonly PolicyFault[] {
  if (!('by' in then) || then.by === 'anyone' || then.approvals < 2) return [];
  const people = new Set(then.by.map((party) => party.toLowerCase()));
  if (people.size > 1 || [...people].some((party) => party.startsWith('group:'))) return [];
  const remedy = 'Name at least two people, or a group.';
  return [{ path: pathText([...at, 'then', 'by']), fault: 'names one person where two must approve', remedy }];
}
