import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { runPolicy, UnreadableFile } from '../../src/policy/cli/run.ts';
import type { Ending } from '../../src/policy/cli/run.ts';
import { GROUPS, PEOPLE } from './arbitraries.ts';

const CLI = new URL('../../src/policy/cli.ts', import.meta.url).pathname;

const POLICY = {
  zone: 'Europe/Stockholm',
  limits: { mostDevices: 10 },
  rules: [
    {
      name: 'Tier 0',
      when: { tag: ['Tier0'] },
      then: { approvals: 2, by: [`group:${GROUPS[0]!}`], coolDownMinutes: 60 },
    },
    {
      name: 'Night only',
      when: { type: ['Full'], time: [{ from: '08:00', to: '18:00' }] },
      then: { refuse: 'Not before 18:00.' },
    },
    { name: 'Everybody else', when: { requester: [PEOPLE[0]], channel: ['19:soc'] }, then: { allow: true } },
  ],
};

const FILES: Readonly<Record<string, string>> = {
  'policy.json': JSON.stringify(POLICY),
  'faulty.json': JSON.stringify({ rules: [{ name: 'it', whn: {}, then: { refuse: '' } }] }),
  'warned.json': JSON.stringify({
    rules: [
      { name: 'all', then: { allow: true } },
      { name: 'one', then: { allow: true } },
    ],
  }),
  'devices.csv':
    'name,tags,os\nfin-07,,Windows11\ndc-01,Tier0,WindowsServer2022\na-device-with-a-name-that-is-much-too-long,,\n',
  'names.csv': 'name\nfin-07\n',
  'broken.csv': 'name,tags\n"fin-07,\n',
};

const NOON = '2026-11-20T12:00+01:00';

function run(...args: readonly string[]): Ending {
  const read = (path: string): string => {
    const text = FILES[path];
    if (text === undefined) throw new UnreadableFile(`${path} cannot be read.`);
    return text;
  };
  return runPolicy(args, { read, now: Date.parse(NOON) });
}

function printedBy(...args: readonly string[]): string {
  const { code, out, err } = run(...args);
  assert.deepEqual({ code, err }, { code: 0, err: '' });
  return out;
}

describe('npm run policy -- check', () => {
  it('says that a policy is well', () => {
    assert.equal(printedBy('check', 'policy.json'), 'policy.json is well: 3 rules.\n');
  });

  it('prints every fault with its path, and ends with 1', () => {
    const { code, out, err } = run('check', 'faulty.json');
    assert.deepEqual({ code, out }, { code: 1, out: '' });
    assert.match(
      err,
      /2 faults:\n {2}\$\.rules\[0\]\.then\.refuse .+\n {4}.+\n {2}\$\.rules\[0\]\.whn .+\n {4}Known here: name/,
    );
  });

  it('prints warnings, and ends with 0', () => {
    assert.match(printedBy('check', 'warned.json'), /Warnings:\n {2}\$\.rules\[1\] never decides/);
  });

  it('ends with 1 when there is no such file', () => {
    assert.deepEqual(run('check', 'none.json'), { code: 1, out: '', err: 'none.json cannot be read.\n' });
  });
});

describe('npm run policy -- explain', () => {
  it('tells the rule, what it asks for, its limits, and why', () => {
    const told = printedBy(
      'explain',
      'policy.json',
      '--device',
      'name=dc-01,tag=Tier0,os=WindowsServer2022',
      '--type',
      'Full',
    );
    assert.equal(
      told,
      [
        'Rule        Tier 0',
        'Asks for    2 approvals by 1 group',
        'Limits      60 min between scans of the device, 10 devices per request',
        'Because     tag Tier0',
        '',
      ].join('\n'),
    );
  });

  it('tells what is unknown, and which rules count besides', () => {
    const given = ['--channel', '19:soc', '--person', PEOPLE[0]!, '--groups', 'none', '--type', 'Quick'];
    assert.equal(
      printedBy('explain', 'policy.json', ...given),
      [
        'Rule        Tier 0',
        'Asks for    2 approvals by 1 group',
        'Limits      60 min between scans of the device, 10 devices per request',
        'Unknown     tag',
        '',
      ].join('\n'),
    );
  });

  it('takes the time that is given, and now otherwise', () => {
    const full = ['explain', 'policy.json', '--device', 'tag=', '--type', 'Full', '--channel', 'none'];
    assert.match(printedBy(...full), /Night only\nAsks for {4}refuse: Not before 18:00\./);
    assert.match(printedBy(...full, '--at', '2026-11-20T18:00+01:00'), /none matches: what APPROVAL says holds/);
  });

  it('takes the person and the channel', () => {
    const given = ['--device', 'tag=', '--type', 'Quick', '--person', PEOPLE[0]!, '--channel', '19:soc'];
    assert.match(printedBy('explain', 'policy.json', ...given), /Rule {8}Everybody else\nAsks for {4}allow/);
  });

  it('is refused with the usage when an option cannot be', () => {
    for (const wrong of [
      ['--type', 'full'],
      ['--person', 'alice'],
      ['--groups', 'admins'],
      ['--at', '2026-11-20T18:00'],
      ['--at', 'soon'],
      ['--device', 'fin-07'],
      ['--device', 'nam=fin-07'],
      ['--devices', 'name=fin-07'],
      ['more.json'],
    ]) {
      const { code, out, err } = run('explain', 'policy.json', ...wrong);
      assert.deepEqual({ code, out }, { code: 2, out: '' }, wrong.join(' '));
      assert.match(err, /Usage:/);
    }
  });

  it('does not go on with a faulty policy', () => {
    assert.equal(run('explain', 'faulty.json').code, 1);
    assert.equal(run('table', 'faulty.json', 'devices.csv').code, 1);
  });
});

describe('npm run policy -- table', () => {
  it('tells both scans of every device, in 120 columns', () => {
    const out = printedBy('table', 'policy.json', 'devices.csv', '--channel', 'none');
    const [heading = '', first = '', second = '', third = ''] = out.split('\n');
    assert.match(heading, /^Device +Quick +Full +Rule$/);
    assert.match(first, /^fin-07 +as APPROVAL says +refuse: Not before 18:00\. +default \/ Night only$/);
    assert.match(second, /^dc-01 +2 approvals by 1 group +2 approvals by 1 group +Tier 0$/);
    assert.match(third, /^a-device-with-a-name-that-is-… /);
    assert.ok(out.split('\n').every((line) => line.length <= 120));
    assert.doesNotMatch(out, /cannot be known/);
  });

  it('marks what counts only because something cannot be known', () => {
    const out = printedBy('table', 'policy.json', 'names.csv', '--channel', 'none');
    assert.match(out, /^fin-07 +\? 2 approvals by 1 group/m);
    assert.match(out, /cannot be known/);
  });

  it('ends with 1 when the list cannot be read', () => {
    const { code, err } = run('table', 'policy.json', 'broken.csv');
    assert.equal(code, 1);
    assert.match(err, /broken\.csv: line 2 /);
  });

  it('keeps names of devices from steering a terminal', () => {
    const out = runPolicy(['table', 'p', 'd'], {
      read: (path) => (path === 'p' ? '{"rules":[]}' : 'name\n\u001b[2Jx\u202e'),
      now: 0,
    }).out;
    assert.match(out, /^\?\[2Jx\? /m);
  });
});

describe('npm run policy', () => {
  it('prints the usage when no command is given', () => {
    for (const args of [[], ['check'], ['table', 'policy.json'], ['guess', 'policy.json'], ['schema', 'x']]) {
      assert.equal(run(...args).code, 2, args.join(' '));
    }
  });

  it('runs from a shell', () => {
    const schema = JSON.parse(execFileSync(process.execPath, [CLI, 'schema'], { encoding: 'utf8' })) as object;
    assert.ok('$schema' in schema);
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'check', '/no/such.json'], { encoding: 'utf8' });
    assert.deepEqual({ status, stderr }, { status: 1, stderr: '/no/such.json cannot be read.\n' });
  });
});
