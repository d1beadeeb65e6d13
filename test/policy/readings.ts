import assert from 'node:assert/strict';
import type { PolicyFacts } from '../../src/policy/facts.ts';
import type { PolicyFault } from '../../src/policy/file/fault.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { PEOPLE } from './arbitraries.ts';

export function policyOf(file: unknown): Policy {
  const reading = readPolicy(JSON.stringify(file));
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.policy;
}

export function faultsIn(file: unknown): readonly PolicyFault[] {
  const reading = readPolicy(typeof file === 'string' ? file : JSON.stringify(file));
  assert.ok(!reading.ok, 'The policy was taken.');
  return reading.faults;
}

export function faultyPaths(file: unknown): readonly string[] {
  return faultsIn(file).map(({ path }) => path);
}

interface SomeFacts extends Partial<Omit<PolicyFacts, 'device' | 'requester'>> {
  readonly device?: Partial<PolicyFacts['device']>;
  readonly requester?: Partial<PolicyFacts['requester']>;
}

/** Of a device about which everything is known. */
export function factsOf({ device, requester, ...others }: SomeFacts = {}): PolicyFacts {
  const known = {
    name: 'fin-07.contoso.com',
    tags: [],
    group: 'Laptops',
    os: 'Windows11',
    value: 'Normal',
    risk: 'Low',
  };
  return {
    type: 'Quick',
    channel: 'none',
    now: Date.UTC(2026, 10, 21, 12),
    ...others,
    device: { ...known, ...device },
    requester: { id: PEOPLE[0], groups: new Set<string>(), ...requester },
  };
}
