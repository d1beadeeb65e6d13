import fc from 'fast-check';
import type { ChannelFact, PolicyFacts } from '../../src/policy/facts.ts';
import { isZone } from '../../src/scan/schedule/wall-clock.ts';
import { readPersonId } from '../../src/scan/ids.ts';
import type { PersonId } from '../../src/scan/ids.ts';

/*
 * Policies and facts over few words, so that rules do match.
 */

export const PEOPLE = ['1', '2', '3', '4'].map((digit) => personId(`${digit.repeat(8)}-0000-4000-8000-000000000000`));
export const GROUPS = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`);

export function personId(text: string): PersonId {
  const id = readPersonId(text);
  if (id === undefined) throw new Error(`${text} is no person id.`);
  return id;
}

const parties = [...PEOPLE, ...GROUPS.map((id) => `group:${id}`)];
const TIMES = ['00:00', '02:30', '08:00', '18:00', '22:00'];

function some<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  return fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
}

const window = fc
  .record(
    {
      days: some(['Mon', 'Wed', 'Sat', 'Sun']),
      from: fc.constantFrom(...TIMES),
      to: fc.constantFrom(...TIMES, '24:00'),
      zone: fc.constantFrom('UTC', 'Europe/Stockholm', 'America/New_York'),
    },
    { requiredKeys: ['zone', 'days'] },
  )
  .filter(({ from = '00:00', to = '24:00' }) => from !== to);

const when = fc.record(
  {
    device: some(['fin-*', 'dc-0?', '*', '*.contoso.com', 'dc-01.contoso.com', 'fin-07']),
    tag: some(['tier*', 'kiosk', '*0']),
    deviceGroup: some(['servers', 'k*']),
    os: some(['Windows*', 'windowsserver*', 'ubuntu']),
    deviceValue: some(['Low', 'Normal', 'High']),
    risk: some(['None', 'Medium', 'High']),
    time: fc.array(window, { minLength: 1, maxLength: 2 }),
    type: some(['Quick', 'Full']),
    requester: some(parties),
    channel: some(['19:soc', '19:it']),
  },
  { requiredKeys: [] },
);
/** At most two conditions: with more hardly any rule would match. */
const fewConditions = fc
  .tuple(when, fc.nat(9), fc.nat(9))
  .map(([all, ...kept]) => Object.fromEntries(Object.entries(all).filter((_, place) => kept.includes(place))));

const limits = fc.record(
  {
    coolDownMinutes: fc.integer({ min: 1, max: 43_200 }),
    scansPerPersonAndHour: fc.integer({ min: 1, max: 1000 }),
    mostDevices: fc.integer({ min: 1, max: 1000 }),
  },
  { requiredKeys: [] },
);

const outcome = fc.oneof(
  fc.constant({ allow: true }),
  fc.constant({ approvals: 0 }),
  fc.record({ approvals: fc.constantFrom(1, 2), by: fc.constant('anyone') }),
  fc.record({ approvals: fc.constant(1), by: some(parties) }),
  fc.record({ approvals: fc.constant(2), by: fc.constantFrom(PEOPLE, parties.slice(-1), parties.slice(2)) }),
);
const then = fc.oneof(
  { weight: 1, arbitrary: fc.record({ refuse: fc.constantFrom('Not here.', 'Ask the identity team.') }) },
  { weight: 4, arbitrary: fc.tuple(outcome, limits).map(([what, beside]) => ({ ...what, ...beside })) },
);

/** What a valid policy file holds. */
export const policyFile = fc
  .record(
    {
      zone: fc.constantFrom('UTC', 'Asia/Tokyo').filter(isZone),
      operators: fc.uniqueArray(fc.constantFrom(...parties)),
      limits,
      rules: fc.array(fc.record({ when: fewConditions, then }), { maxLength: 5 }),
    },
    { requiredKeys: ['rules'] },
  )
  .map((file) => ({ ...file, rules: file.rules.map((rule, place) => ({ name: `rule ${place}`, ...rule })) }));

/** Facts of which everything is known. */
export const knownFacts = fc.record<PolicyFacts>({
  device: fc.record({
    name: fc.constantFrom('FIN-07.contoso.com', 'dc-01.contoso.com', 'dc-01.example.org', 'Kiosk-1.example.org'),
    tags: fc.uniqueArray(fc.constantFrom('Tier0', 'kiosk', 'lab')),
    group: fc.constantFrom('Servers', 'Kiosks', 'Other'),
    os: fc.constantFrom('Windows11', 'WindowsServer2022', 'Ubuntu'),
    value: fc.constantFrom('Low', 'Normal', 'High'),
    risk: fc.constantFrom('None', 'Low', 'Medium', 'High'),
  }),
  type: fc.constantFrom('Quick', 'Full'),
  requester: fc.record({
    id: fc.constantFrom(...PEOPLE),
    groups: fc.uniqueArray(fc.constantFrom(...GROUPS)).map((groups) => new Set(groups)),
  }),
  channel: fc.constantFrom<ChannelFact[]>('none', { id: '19:soc' }, { id: '19:it' }),
  now: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) }),
});

/** Each takes one fact away. */
const FORGET: readonly ((facts: PolicyFacts) => PolicyFacts)[] = [
  (facts) => ({ ...facts, type: undefined }),
  (facts) => ({ ...facts, channel: 'unknown' }),
  (facts) => ({ ...facts, requester: { ...facts.requester, groups: 'unknown' } }),
  (facts) => ({ ...facts, requester: { ...facts.requester, id: undefined } }),
  (facts) => ({ ...facts, device: { ...facts.device, name: facts.device.name?.split('.')[0] } }),
  (facts) => ({ ...facts, device: { ...facts.device, name: undefined } }),
  (facts) => ({ ...facts, device: { ...facts.device, name: '' } }),
  (facts) => ({ ...facts, device: { ...facts.device, tags: undefined } }),
  (facts) => ({ ...facts, device: { ...facts.device, group: undefined } }),
  (facts) => ({ ...facts, device: { ...facts.device, os: ' ' } }),
  (facts) => ({ ...facts, device: { ...facts.device, value: 'Enormous' } }),
  (facts) => ({ ...facts, device: { ...facts.device, risk: undefined } }),
];

/** The same facts twice, the second time with some of them unknown, and in between with fewer of them unknown. */
export const forgotten = fc
  .tuple(knownFacts, fc.subarray([...FORGET]), fc.subarray([...FORGET]))
  .map(([known, first, then]) => {
    const less = first.reduce((facts, forget) => forget(facts), known);
    return { known, less, least: then.reduce((facts, forget) => forget(facts), less) };
  });
