import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPolicyFile } from '../../src/policy/policy-file.ts';
import { PolicyInForce } from '../../src/policy/policy-in-force.ts';

const ALLOW = { rules: [{ name: 'all', then: { allow: true } }] };

describe('a policy file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scan-bot-policy-'));
  const file = join(folder, 'policy.json');
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function faultsOf(path: string): readonly string[] {
    const reading = readPolicyFile(path);
    return reading.ok ? [] : reading.faults.map((fault) => `${fault.path} ${fault.fault}`);
  }

  it('cannot be taken when it is not there, is a folder, or is not UTF-8', () => {
    assert.deepEqual(faultsOf(join(folder, 'none.json')), ['$ cannot be read (ENOENT)']);
    assert.deepEqual(faultsOf(folder), ['$ cannot be read (EISDIR)']);
    writeFileSync(file, Buffer.from('{"rules": [{"name": "Größe", "then": {"allow": true}}]}', 'latin1'));
    assert.deepEqual(faultsOf(file), ['$ cannot be read (ERR_ENCODING_INVALID_ENCODED_DATA)']);
  });

  it('is in force until another one is read, and a broken one changes nothing', () => {
    const told: string[] = [];
    writeFileSync(file, JSON.stringify(ALLOW));
    const reading = readPolicyFile(file);
    assert.ok(reading.ok);
    const inForce = new PolicyInForce(
      { file, policy: reading.policy },
      {
        reloaded: (rules) => told.push(`${rules} rules`),
        failed: (faults) => told.push(...faults.map(({ path }) => path)),
      },
    );
    writeFileSync(file, '{"rules": [');
    inForce.reload();
    assert.equal(inForce.current(), reading.policy);
    writeFileSync(file, '{"rules": []}');
    inForce.reload();
    assert.deepEqual(inForce.current().rules, []);
    assert.deepEqual(told, ['$', '0 rules']);
  });

  it('may be left out: then nobody is an operator and no rule matches', () => {
    let told = 0;
    const count = (): number => (told += 1);
    const inForce = new PolicyInForce(undefined, { reloaded: count, failed: count });
    inForce.reload();
    assert.deepEqual(inForce.current(), { operators: [], limits: {}, rules: [] });
    assert.equal(told, 0);
  });
});
