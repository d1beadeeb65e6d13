import type { z } from 'zod';
import { MINUTE } from '../scan/time.ts';
import { pathText } from './file/fault.ts';
import type { PolicyFault } from './file/fault.ts';
import { repeatedKeys } from './file/repeated-keys.ts';
import { senseFaults } from './file/sense.ts';
import { shapeFaults } from './file/shape-faults.ts';
import { FILE } from './file/shape.ts';
import type { LIMITS, PolicyFile, RuleInFile, WindowInFile } from './file/shape.ts';
import { unreachableRules } from './file/unreachable-rules.ts';
import { readParty } from '../scan/demand.ts';
import type { Party } from '../scan/demand.ts';
import type { Conditions, Policy, Rule } from './policy.ts';
import { DAYS, minuteOf } from './time-window.ts';
import type { TimeWindow } from './time-window.ts';
import type { Limits, Outcome } from './verdict.ts';

export type PolicyReading =
  | { readonly ok: true; readonly policy: Policy; readonly warnings: readonly PolicyFault[] }
  | { readonly ok: false; readonly faults: readonly PolicyFault[] };

const LONGEST_FILE = 1024 * 1024;

/** The text of a policy file as a Policy, or everything that is wrong with it: a policy is taken whole or not at all. */
export function readPolicy(text: string): PolicyReading {
  if (text.length > LONGEST_FILE) return refused('is longer than a mebibyte', 'Name groups rather than people.');
  const json = readJson(text.replace(/^\ufeff/, ''));
  if (!json.ok) return json;
  const shape = FILE.safeParse(json.value);
  const faults = [
    ...json.repeated,
    ...(shape.success ? [] : shapeFaults(json.value, shape.error.issues)),
    ...senseFaults(json.value),
  ];
  if (!shape.success || faults.length > 0) return { ok: false, faults };
  return { ok: true, policy: toPolicy(shape.data), warnings: unreachableRules(json.value) };
}

type Json =
  | { readonly ok: true; readonly value: unknown; readonly repeated: readonly PolicyFault[] }
  | Extract<PolicyReading, { readonly ok: false }>;

function readJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value, repeated: repeatedKeys(text).map(repeatedFault) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const where = /\(line \d+ column \d+\)/.exec(error.message)?.[0] ?? '';
    return refused(`is not JSON ${where}`.trimEnd(), 'JSON has no comments and no comma after the last entry.');
  }
}

function repeatedFault(path: Parameters<typeof pathText>[0]): PolicyFault {
  const remedy = 'Only the last one would count: put all entries into one.';
  return { path: pathText(path), fault: 'is there more than once', remedy };
}

function refused(fault: string, remedy: string): Extract<PolicyReading, { readonly ok: false }> {
  return { ok: false, faults: [{ path: '$', fault, remedy }] };
}

function toPolicy(file: PolicyFile): Policy {
  const limits = toLimits(file.limits ?? {});
  const rules = file.rules.map((rule): Rule => {
    const when = toConditions(rule, file.zone);
    const outcome = toOutcome(rule.then);
    return { name: rule.name, when, outcome, limits: ruleLimits(rule.then, limits) };
  });
  return { operators: toParties(file.operators ?? []), limits, rules };
}

function toConditions({ when = {} }: RuleInFile, zone: string | undefined): Conditions {
  const { time, requester, ...others } = when;
  return {
    ...others,
    ...(time === undefined ? {} : { time: time.map((window) => toWindow(window, zone)) }),
    ...(requester === undefined ? {} : { requester: toParties(requester) }),
  };
}

function toWindow({ days, from, to, zone }: WindowInFile, ofFile: string | undefined): TimeWindow {
  const named = zone ?? ofFile;
  if (named === undefined) throw new Error('A window without a zone is a fault of its file.');
  return { days: days ?? DAYS, from: minuteOf(from ?? '00:00'), to: minuteOf(to ?? '24:00'), zone: named };
}

function toOutcome(then: RuleInFile['then']): Outcome {
  if ('refuse' in then) return { kind: 'refuse', reason: then.refuse };
  if (!('by' in then)) return { kind: 'approvals', demands: [] };
  const by = then.by === 'anyone' ? then.by : toParties(then.by);
  return { kind: 'approvals', demands: [{ needed: then.approvals, by }] };
}

function ruleLimits(then: RuleInFile['then'], general: Limits): Limits {
  return 'refuse' in then ? {} : { ...general, ...toLimits(then) };
}

function toLimits(file: z.infer<typeof LIMITS>): Limits {
  const { coolDownMinutes, scansPerPersonAndHour, mostDevices } = file;
  return {
    ...(coolDownMinutes === undefined ? {} : { coolDownMs: coolDownMinutes * MINUTE }),
    ...(scansPerPersonAndHour === undefined ? {} : { scansPerPersonAndHour }),
    ...(mostDevices === undefined ? {} : { mostDevices }),
  };
}

function toParties(texts: readonly string[]): readonly Party[] {
  return texts.map((text) => {
    const party = readParty(text);
    if (party === undefined) throw new Error('What the file may hold as a party cannot be read as one.');
    return party;
  });
}
