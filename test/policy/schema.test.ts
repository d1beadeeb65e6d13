import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { z } from 'zod';
import { policySchema } from '../../src/policy/file/shape.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { policyFile } from './arbitraries.ts';
import { withOneChange } from './spoiled.ts';

const PUBLISHED = readFileSync(new URL('../../src/policy/policy.schema.json', import.meta.url), 'utf8');

describe('the published schema of policies', () => {
  const schema = z.fromJSONSchema(JSON.parse(PUBLISHED) as Parameters<typeof z.fromJSONSchema>[0]);

  it('is the one that the bot reads by', () => {
    const mend = 'Run: node src/policy/cli.ts schema > src/policy/policy.schema.json';
    assert.deepEqual(JSON.parse(PUBLISHED), JSON.parse(JSON.stringify(policySchema())), mend);
  });

  it('takes every policy that the bot takes', () => {
    fc.assert(
      fc.property(fc.oneof(policyFile, withOneChange(policyFile)), (file) => {
        assert.ok(!readPolicy(JSON.stringify(file)).ok || schema.safeParse(file).success);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what is plainly wrong', () => {
    const rule = { name: 'it', then: { allow: true } };
    assert.ok(schema.safeParse({ rules: [rule] }).success);
    for (const file of [{}, { rules: [{ ...rule, whn: {} }] }, { rules: [{ ...rule, then: { approvals: 1 } }] }]) {
      assert.ok(!schema.safeParse(file).success, JSON.stringify(file));
    }
  });
});
