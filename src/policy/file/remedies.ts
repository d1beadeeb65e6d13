import { valueAt } from './fault.ts';
import type { Step } from './fault.ts';
import { ALLOW, APPROVALS, FILE, LIMITS, NO_APPROVAL, REFUSE, RULE, WHEN, WINDOW } from './shape.ts';
import { DEVICE_VALUES, RISKS } from '../policy.ts';
import { DAYS } from '../time-window.ts';

const PARTIES = 'Write a list of Entra object ids: "<id>" for a person, "group:<id>" for a group.';
const PATTERNS = 'Write a list of patterns such as ["FIN-*"]; only * and ? are wildcards, at most 128 characters.';
const WHOLE = 'Write a whole number from 1 to 1000, or leave it out.';

/** By the key at which the fault is, or in whose list it is. */
const REMEDIES: Readonly<Record<string, string>> = {
  zone: 'Name an IANA zone, such as "Europe/Stockholm" or "UTC".',
  operators: PARTIES,
  requester: PARTIES,
  by: `${PARTIES} Or write "anyone".`,
  device: PATTERNS,
  tag: PATTERNS,
  deviceGroup: PATTERNS,
  os: PATTERNS,
  deviceValue: listOf(DEVICE_VALUES),
  risk: listOf(RISKS),
  type: listOf(['Quick', 'Full']),
  days: listOf(DAYS),
  time: 'Write a list of windows such as [{ "days": ["Sat", "Sun"], "from": "08:00", "to": "18:00" }].',
  from: 'Write a time from "00:00" to "23:59".',
  to: 'Write a time from "00:00" to "24:00".',
  channel: 'Write a list of channel ids such as ["19:…@thread.tacv2"].',
  name: 'Write one line of 1 to 80 characters.',
  refuse: 'Write the reason in one line of 1 to 300 characters.',
  allow: 'Write true, or refuse with a reason.',
  approvals: 'Write 0, 1 or 2.',
  when: 'Write an object of conditions, or leave it out.',
  then: 'Write { "allow": true }, { "refuse": "reason" } or { "approvals": 1, "by": "anyone" }.',
  rules: 'Write a list of rules, each { "name", "when", "then" }.',
  limits: `Write an object of ${Object.keys(LIMITS.shape).join(', ')}.`,
  coolDownMinutes: 'Write whole minutes from 1 to 43200, or leave it out.',
  scansPerPersonAndHour: WHOLE,
  mostDevices: WHOLE,
};

/** What each object may hold, by the keys that lead to it. */
const OBJECTS: Readonly<Record<string, { readonly shape: object }>> = {
  '': FILE,
  limits: LIMITS,
  rules: RULE,
  'rules.when': WHEN,
  'rules.when.time': WINDOW,
  'rules.then.allow': ALLOW,
  'rules.then.refuse': REFUSE,
  'rules.then.approvals': APPROVALS,
};

export function remedyFor(path: readonly Step[]): string | undefined {
  const key = path.findLast((step) => typeof step === 'string');
  return key === undefined || !Object.hasOwn(REMEDIES, key) ? undefined : REMEDIES[key];
}

export function knownKeys(json: unknown, path: readonly Step[]): readonly string[] {
  const keys = path.filter((step) => typeof step === 'string').join('.');
  return Object.keys(objectAt(keys, valueAt(json, path))?.shape ?? {});
}

function objectAt(keys: string, value: unknown): { readonly shape: object } | undefined {
  if (keys !== 'rules.then') return OBJECTS[keys];
  if (valueAt(value, ['approvals']) === 0) return NO_APPROVAL;
  const named = ['allow', 'refuse', 'approvals'].find((key) => valueAt(value, [key]) !== undefined);
  return named === undefined ? undefined : OBJECTS[`${keys}.${named}`];
}

function listOf(words: readonly string[]): string {
  return `Write a list of some of: ${words.map((word) => `"${word}"`).join(', ')}.`;
}
