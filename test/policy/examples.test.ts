import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { outcomeText } from '../../src/policy/explanation.ts';
import type { PolicyFacts } from '../../src/policy/facts.ts';
import { ALLOW, APPROVALS, REFUSE, WHEN } from '../../src/policy/file/shape.ts';
import { judge } from '../../src/policy/judge.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { MINUTE } from '../../src/scan/time.ts';
import { factsOf } from './readings.ts';

const PAGE = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8');

/** The text below a heading, up to the next of its rank. */
function section(heading: string): string {
  const [, after] = PAGE.split(`\n${heading}\n`);
  assert.ok(after !== undefined, heading);
  return after.split(`\n${heading.replace(/ .*/, '')} `)[0] ?? '';
}

function policiesIn(text: string): readonly Policy[] {
  return [...text.matchAll(/```json\n([^]*?)```/g)].map(([, json = '']) => {
    const reading = readPolicy(json);
    assert.ok(reading.ok, JSON.stringify(reading));
    assert.deepEqual(reading.warnings, []);
    return reading.policy;
  });
}

function example(heading: string): (facts: PolicyFacts) => string {
  const [policy, ...more] = policiesIn(section(`### ${heading}`));
  assert.ok(policy !== undefined && more.length === 0);
  return (facts) => outcomeText(judge(policy, facts).outcome);
}

const DEFAULT = 'as APPROVAL says';
const INTERNS = 'b0000000-0000-4000-8000-000000000002';
const SOC = 'c0000000-0000-4000-8000-000000000003';

describe('the page about policies', () => {
  it('shows only policies that are well, one of them first of all', () => {
    assert.equal(policiesIn(PAGE).length, 7);
  });

  it('has every condition and every outcome in its tables, and no other', () => {
    const cells = (heading: string): readonly string[] =>
      [...section(heading).matchAll(/^\| `"?(\w+)/gm)].map(([, name = '']) => name);
    const outcomes = [ALLOW, REFUSE, APPROVALS]
      .flatMap(({ shape }) => Object.keys(shape))
      .filter((key) => key !== 'by');
    assert.deepEqual(cells('## Conditions'), Object.keys(WHEN.shape));
    assert.deepEqual(new Set(cells('## Outcomes')), new Set(outcomes));
  });

  it('asks two approvals for tier-0 servers', () => {
    const asks = example('1. Tier-0 servers: two approvals');
    assert.equal(asks(factsOf({ device: { tags: ['tier0'] } })), '2 approvals by 1 group');
    assert.equal(asks(factsOf({ device: { tags: undefined } })), '2 approvals by 1 group + as APPROVAL says');
    assert.equal(asks(factsOf({ device: { tags: ['lab'] } })), DEFAULT);
  });

  it('has no full scan of laptops in working hours', () => {
    const asks = example('2. No full scan of laptops in working hours');
    const friday = factsOf({
      type: 'Full',
      device: { name: 'FIN-LAPTOP-07' },
      now: Date.parse('2026-11-20T08:00+01:00'),
    });
    assert.match(asks(friday), /^refuse: A full scan slows a laptop down\./);
    assert.equal(asks({ ...friday, type: 'Quick' }), DEFAULT);
    assert.equal(asks({ ...friday, now: Date.parse('2026-11-20T18:00+01:00') }), DEFAULT);
    assert.equal(asks({ ...friday, now: Date.parse('2026-11-21T12:00+01:00') }), DEFAULT);
    assert.equal(asks({ ...friday, device: { ...friday.device, name: 'FIN-SRV-1' } }), DEFAULT);
  });

  it('leaves kiosks free', () => {
    const asks = example('3. Kiosks are free');
    assert.equal(asks(factsOf({ device: { group: 'Kiosks North' } })), 'allow');
    assert.equal(asks(factsOf({ device: { group: 'Kiosks', risk: 'High' } })), '1 approval by anyone else');
    assert.equal(asks(factsOf({ device: { group: 'Kiosks', risk: undefined } })), '1 approval by anyone else');
    assert.equal(asks(factsOf({ device: { group: 'Offices' } })), DEFAULT);
  });

  it('lets interns start quick scans only', () => {
    const asks = example('4. Interns only start quick scans');
    const intern = factsOf({ type: 'Full', requester: { groups: new Set([INTERNS]) } });
    assert.match(asks(intern), /^refuse: Interns start quick scans only\./);
    assert.equal(asks({ ...intern, type: 'Quick' }), DEFAULT);
    assert.equal(asks(factsOf({ type: 'Full' })), DEFAULT);
    assert.match(asks(factsOf({ type: 'Full', requester: { groups: 'unknown' } })), /^refuse/);
  });

  it('refuses domain controllers with a reason', () => {
    const asks = example('5. Domain controllers are refused');
    assert.match(asks(factsOf({ device: { name: 'DC-01.contoso.com' } })), /^refuse: .*#identity\.$/);
    assert.match(asks(factsOf({ device: { name: 'x', tags: ['domain controller'] } })), /^refuse/);
    assert.equal(asks(factsOf({ device: { name: 'DC-LAPTOP' } })), DEFAULT);
  });

  it('has a cool-down, and more for the SOC', () => {
    const [policy] = policiesIn(section('### 6. A cool-down, and more for the SOC'));
    assert.ok(policy !== undefined);
    const soc = factsOf({ requester: { groups: new Set([SOC]) }, channel: { id: '19:soc@thread.tacv2' } });
    assert.equal(outcomeText(judge(policy, soc).outcome), 'allow');
    assert.deepEqual(judge(policy, soc).limits, { coolDownMs: 10 * MINUTE, scansPerPersonAndHour: 60 });
    assert.deepEqual(judge(policy, factsOf()).limits, { coolDownMs: 240 * MINUTE, scansPerPersonAndHour: 5 });
    assert.equal(judge(policy, { ...soc, channel: 'none' }).rule, 'default');
  });
});
