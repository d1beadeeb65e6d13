import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judge } from '../../src/policy/judge.ts';
import { partyText } from '../../src/scan/demand.ts';
import type { Rule } from '../../src/policy/policy.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { windowText } from '../../src/policy/time-window.ts';
import { MINUTE } from '../../src/scan/time.ts';
import { GROUPS, PEOPLE, policyFile } from './arbitraries.ts';
import { factsOf, faultsIn, faultyPaths, policyOf } from './readings.ts';
import { withOneChange } from './spoiled.ts';

const THEN = { allow: true };
const RULE = { name: 'it', then: THEN };

function ruleFaults(rule: object): readonly string[] {
  return faultyPaths({ rules: [{ ...RULE, ...rule }] });
}

function whenFaults(when: object): readonly string[] {
  return ruleFaults({ when });
}

/** A rule as its file says it, read from what was made of it. */
function asInFile({ name, when, outcome, limits }: Rule): object {
  const demand = outcome.kind === 'approvals' ? outcome.demands[0] : undefined;
  const by = demand === undefined || demand.by === 'default' || demand.by === 'anyone' ? demand?.by : undefined;
  const named = demand !== undefined && typeof demand.by !== 'string' ? demand.by.map(partyText) : by;
  return {
    name,
    when: {
      ...when,
      ...(when.time && { time: when.time.map(windowText) }),
      ...(when.requester && { requester: when.requester.map(partyText) }),
    },
    refuse: outcome.kind === 'refuse' ? outcome.reason : undefined,
    approvals: outcome.kind === 'refuse' ? undefined : demand !== undefined && 'needed' in demand ? demand.needed : 0,
    by: named,
    limits,
  };
}

describe('a policy file', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(policyFile, (file) => {
        const policy = policyOf(file);
        assert.deepEqual(policy.operators.map(partyText), file.operators ?? []);
        assert.deepEqual(
          policy.rules.map(asInFile),
          file.rules.map((rule) => expected(rule as WrittenRule, file.limits)),
        );
      }),
    );
  });

  it('never makes reading throw, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          withOneChange(policyFile).map((file) => JSON.stringify(file)),
        ),
        (text) => {
          const reading = readPolicy(text);
          if (reading.ok) judge(reading.policy, factsOf());
          else
            assert.ok(
              reading.faults.length > 0 &&
                reading.faults.every(({ path, fault }) => path.startsWith('$') && fault !== ''),
            );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('may begin with a byte order mark', () => {
    assert.ok(readPolicy('\ufeff{"rules":[]}').ok);
  });

  it('is refused when it is not JSON, with the place', () => {
    assert.deepEqual(faultsIn('{"rules": [],}')[0]?.fault, 'is not JSON (line 1 column 14)');
    assert.equal(faultsIn('')[0]?.path, '$');
  });

  it('is refused when it is no object, too long, or nested without end', () => {
    for (const text of ['null', '[]', '5', '"x"']) assert.deepEqual(faultyPaths(text), ['$'], text);
    assert.deepEqual(faultyPaths(`{"rules":[]}${' '.repeat(2 ** 20)}`), ['$']);
    assert.ok(faultsIn('['.repeat(400_000) + ']'.repeat(400_000)).length > 0);
  });

  it('is refused for a key that is not known, wherever it is', () => {
    assert.deepEqual(faultyPaths({ rules: [], operator: [] }), ['$.operator']);
    assert.deepEqual(faultyPaths({ rules: [], limits: { mostdevices: 1 } }), ['$.limits.mostdevices']);
    assert.deepEqual(ruleFaults({ whn: {} }), ['$.rules[0].whn']);
    assert.deepEqual(whenFaults({ tags: ['a'] }), ['$.rules[0].when.tags']);
    assert.deepEqual(ruleFaults({ then: { allow: true, cooldown: 5 } }), ['$.rules[0].then.cooldown']);
    const window = { days: ['Mon'], until: '08:00', zone: 'UTC' };
    assert.deepEqual(whenFaults({ time: [window] }), ['$.rules[0].when.time[0].until']);
    assert.deepEqual(faultyPaths('{"rules":[{"name":"it","when":{"__proto__":["x"]},"then":{"allow":true}}]}'), [
      '$.rules[0].when.__proto__',
    ]);
    assert.match(faultsIn({ rules: [], operator: [] })[0]?.remedy ?? '', /operators/);
  });

  it('is refused for a key that is there twice, since JSON would forget the first', () => {
    assert.deepEqual(faultyPaths('{"rules":[],"rules":[]}'), ['$.rules']);
    const text =
      '{"rules":[{"name":"a","then":{"allow":true}},{"name":"b","when":{"tag":["x"],"os":["y"],"t\\u0061g":["z"]},"then":{"allow":true}}]}';
    assert.deepEqual(faultyPaths(text), ['$.rules[1].when.tag']);
    const sameElsewhere =
      '{"limits":{"mostDevices":1},"rules":[{"name":"\\"name\\":{","then":{"allow":true,"mostDevices":1}}]}';
    assert.ok(readPolicy(sameElsewhere).ok);
  });

  it('is refused for an empty condition: it must never come to mean everything', () => {
    for (const condition of [
      'device',
      'tag',
      'deviceGroup',
      'os',
      'deviceValue',
      'risk',
      'time',
      'type',
      'requester',
      'channel',
    ]) {
      assert.deepEqual(whenFaults({ [condition]: [] }), [`$.rules[0].when.${condition}`]);
      assert.deepEqual(whenFaults({ [condition]: null }), [`$.rules[0].when.${condition}`]);
      assert.deepEqual(whenFaults({ [condition]: 'x' }), [`$.rules[0].when.${condition}`]);
      assert.ok(whenFaults({ [condition]: [''] }).length > 0, condition);
      assert.ok(whenFaults({ [condition]: [5] }).length > 0, condition);
    }
  });

  it('is refused for a pattern that is written in another language', () => {
    for (const pattern of [
      '^FIN',
      'FIN$',
      'FIN-[0-9]',
      'a|b',
      '{a,b}',
      '\\w',
      ' FIN',
      'FIN ',
      'a\nb',
      'x'.repeat(129),
    ]) {
      assert.deepEqual(whenFaults({ device: ['ok', pattern] }), ['$.rules[0].when.device[1]'], pattern);
    }
    assert.ok(policyOf({ rules: [{ ...RULE, when: { deviceGroup: ['Servers (EU) #1'] } }] }));
  });

  it('is refused for words, ids and channels that cannot be', () => {
    assert.deepEqual(whenFaults({ risk: ['Severe'] }), ['$.rules[0].when.risk[0]']);
    assert.deepEqual(whenFaults({ type: ['full'] }), ['$.rules[0].when.type[0]']);
    assert.deepEqual(whenFaults({ requester: ['alice@contoso.com'] }), ['$.rules[0].when.requester[0]']);
    assert.deepEqual(whenFaults({ requester: [`Group:${GROUPS[0]!}`] }), ['$.rules[0].when.requester[0]']);
    assert.deepEqual(whenFaults({ channel: ['19:a b'] }), ['$.rules[0].when.channel[0]']);
    assert.deepEqual(faultyPaths({ rules: [], operators: ['everybody'] }), ['$.operators[0]']);
  });

  it('is refused for a window of time that never is, always is, or has no zone', () => {
    const at = '$.rules[0].when.time[0]';
    const zone = 'UTC';
    assert.deepEqual(whenFaults({ time: [{ zone }] }), [at]);
    assert.deepEqual(whenFaults({ time: [{ zone, from: '08:00', to: '08:00' }] }), [at]);
    assert.deepEqual(whenFaults({ time: [{ zone, to: '00:00' }] }), [at]);
    assert.deepEqual(whenFaults({ time: [{ from: '08:00' }] }), [`${at}.zone`]);
    for (const from of ['8:00', '24:00', '08:60', '08:00:00', 'noon']) {
      assert.deepEqual(whenFaults({ time: [{ zone, from }] }), [`${at}.from`], from);
    }
    for (const wrong of ['Europe/Stockholmm', '+01:00', '']) {
      const [path] = whenFaults({ time: [{ zone: wrong, from: '08:00' }] });
      assert.equal(path, `${at}.zone`, wrong);
      assert.equal(faultyPaths({ zone: wrong, rules: [] })[0], '$.zone', wrong);
    }
    assert.deepEqual(whenFaults({ time: [{ zone, days: ['Monday'] }] }), [`${at}.days[0]`]);
  });

  it('is refused for an outcome that is none, or more than one', () => {
    const at = '$.rules[0].then';
    for (const then of [
      {},
      { mostDevices: 1 },
      { allow: true, refuse: 'No.' },
      { approvals: 0, allow: true },
      'allow',
      null,
      [],
    ]) {
      assert.deepEqual(ruleFaults({ then }), [at], JSON.stringify(then));
    }
    assert.deepEqual(ruleFaults({ then: undefined }), [at]);
    assert.deepEqual(ruleFaults({ then: { allow: false } }), [`${at}.allow`]);
    assert.deepEqual(ruleFaults({ then: { refuse: '' } }), [`${at}.refuse`]);
    assert.deepEqual(ruleFaults({ then: { refuse: 'No.', mostDevices: 1 } }), [`${at}.mostDevices`]);
    assert.deepEqual(ruleFaults({ then: { approvals: 3, by: 'anyone' } }), [`${at}.approvals`]);
    assert.deepEqual(ruleFaults({ then: { approvals: 0, by: 'anyone' } }), [`${at}.by`]);
    assert.deepEqual(ruleFaults({ then: { allow: true, mostDevices: 0 } }), [`${at}.mostDevices`]);
    assert.deepEqual(ruleFaults({ then: { allow: true, coolDownMinutes: 1.5 } }), [`${at}.coolDownMinutes`]);
  });

  it('is refused for approvers who cannot be enough', () => {
    const at = '$.rules[0].then.by';
    assert.deepEqual(ruleFaults({ then: { approvals: 1 } }), [at]);
    assert.deepEqual(ruleFaults({ then: { approvals: 1, by: [] } }), [at]);
    assert.deepEqual(ruleFaults({ then: { approvals: 1, by: 'everybody' } }), [at]);
    assert.deepEqual(ruleFaults({ then: { approvals: 1, by: ['x'] } }), [`${at}[0]`]);
    assert.deepEqual(ruleFaults({ then: { approvals: 2, by: [PEOPLE[0], PEOPLE[0]] } }), [at]);
  });

  it('is refused for a name that is taken, even by a rule that cannot be read', () => {
    const rules = [
      { name: 'A', then: {} },
      { ...RULE, name: 'a' },
      { ...RULE, name: 'Default' },
    ];
    assert.deepEqual(faultyPaths({ rules }), ['$.rules[0].then', '$.rules[1].name', '$.rules[2].name']);
  });

  it('tells all faults at once', () => {
    const rules = [
      { name: '', when: { tag: [], oss: [] }, then: { refuse: 5 } },
      { ...RULE, when: { time: [{ from: '08:00' }] } },
    ];
    assert.deepEqual(faultyPaths({ zone: undefined, rules }), [
      '$.rules[0].name',
      '$.rules[0].when.tag',
      '$.rules[0].when.oss',
      '$.rules[0].then.refuse',
      '$.rules[1].when.time[0].zone',
    ]);
  });

  it('keeps odd keys from steering a terminal', () => {
    const [path = ''] = faultyPaths({ rules: [], 'a\u001b[31m\u202e b': 1 });
    assert.match(path, /^[\x20-\x7e]+$/);
  });
});

describe('a rule that never decides', () => {
  function warnings(...rules: readonly object[]): readonly string[] {
    const reading = readPolicy(
      JSON.stringify({ rules: rules.map((rule, place) => ({ name: `r${place}`, then: THEN, ...rule })) }),
    );
    assert.ok(reading.ok, JSON.stringify(reading));
    return reading.warnings.map(({ path }) => path);
  }

  it('is warned about after one without conditions', () => {
    assert.deepEqual(warnings({}, { when: { tag: ['a'] } }, { when: {} }), ['$.rules[1]', '$.rules[2]']);
  });

  it('is warned about after one that asks for less', () => {
    assert.deepEqual(warnings({ when: { tag: ['a', 'b'] } }, { when: { tag: ['b'], os: ['x'] } }), ['$.rules[1]']);
  });

  it('is not seen in rules that differ', () => {
    assert.deepEqual(
      warnings({ when: { tag: ['a'] } }, { when: { tag: ['a', 'b'] } }, { when: { os: ['x'] } }, {}),
      [],
    );
  });
});

interface WrittenRule {
  readonly name: string;
  readonly when: { readonly time?: readonly Readonly<Record<string, unknown>>[] };
  readonly then: Readonly<Record<string, unknown>>;
}

function expected({ name, when, then }: WrittenRule, general: object = {}): object {
  const { allow, refuse, approvals = allow === true ? 0 : undefined, by, ...own } = then;
  const { coolDownMinutes, ...others } = { ...general, ...own } as { readonly coolDownMinutes?: number };
  const limits = coolDownMinutes === undefined ? others : { coolDownMs: coolDownMinutes * MINUTE, ...others };
  const time = when.time?.map(
    ({ days, from = '00:00', to = '24:00', zone }) =>
      `${(days as string[]).join(' ')} ${String(from)}-${String(to)} ${String(zone)}`,
  );
  return {
    name,
    when: { ...when, ...(time && { time }) },
    refuse,
    approvals,
    by,
    limits: refuse === undefined ? limits : {},
  };
}
