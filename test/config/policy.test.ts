import assert from 'node:assert/strict';
import { readConfig } from '../../src/config.ts';
import { PolicyFile } from '../support/policy-file.ts';
import { faultsOf, READY } from './readings.ts';

describe('the policy file of a configuration', () => {
  const file = new PolicyFile();
  after(() => {
    file.remove();
  });

  it('is read with the rest', () => {
    file.write({ rules: [{ name: 'all', then: { allow: true } }] });
    const reading = readConfig({ ...READY, POLICY_FILE: file.path });
    assert.ok(reading.ok);
    assert.deepEqual(
      reading.config.policy?.policy.rules.map(({ name }) => name),
      ['all'],
    );
    assert.equal(reading.config.policy.file, file.path);
  });

  it('stops the start with each of its faults, by its path in the file', () => {
    file.write({
      rules: [
        { name: 'a', when: { tag: [] }, then: { allow: true } },
        { name: 'a', then: {} },
      ],
    });
    const faults = faultsOf({ ...READY, POLICY_FILE: file.path, PORT: 'x' });
    assert.deepEqual(
      faults.map(({ variable }) => variable),
      ['PORT', ...Array<string>(3).fill('POLICY_FILE')],
    );
    const told = faults.map(({ fault }) => fault).join('\n');
    for (const path of ['$.rules[0].when.tag is an empty list', '$.rules[1].name is', '$.rules[1].then does']) {
      assert.ok(told.includes(path), path);
    }
  });

  it('stops the start when it cannot be read', () => {
    const [fault] = faultsOf({ ...READY, POLICY_FILE: `${file.path}.old` });
    assert.equal(fault?.fault, '$ cannot be read (ENOENT)');
  });

  it('warns of a rule that never decides', () => {
    const rule = { then: { allow: true } };
    file.write({
      rules: [
        { name: 'a', ...rule },
        { name: 'b', ...rule },
      ],
    });
    const reading = readConfig({ ...READY, POLICY_FILE: file.path });
    assert.match((reading.ok && reading.warnings.join()) || '', /POLICY_FILE \$\.rules\[1\] never decides/);
  });
});
