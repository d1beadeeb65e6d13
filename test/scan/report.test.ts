import assert from 'node:assert/strict';
import type { PersonId, RequestId } from '../../src/scan/ids.ts';
import type { Errand } from '../../src/scan/errand.ts';
import type { Outcome, ReportRow } from '../../src/scan/report.ts';
import { reportOf, tallyOf } from '../../src/scan/report.ts';
import type { RuleBook } from '../../src/scan/rule-book.ts';
import { answered, refused } from '../../src/scan/refusal.ts';
import { DAY, HOUR, MINUTE } from '../../src/scan/time.ts';
import type { ErrandParts } from '../../src/scan/work/parts.ts';
import { report } from '../../src/scan/work/report.ts';
import { alice, laptop, NOON, requestIn, scanOf } from '../support/requests.ts';
import { Bench } from './bench.ts';

function row(facts: Partial<ReportRow> = {}): ReportRow {
  return {
    request: 'r' as RequestId,
    person: 'alice' as PersonId,
    askedAt: NOON,
    approvedAt: undefined,
    outcome: 'completed',
    type: 'Full',
    device: 'laptop',
    startedAt: NOON,
    took: undefined,
    found: undefined,
    ...facts,
  };
}

const frame = {
  span: '7d',
  since: NOON - DAY,
  until: NOON,
  of: 'own',
  cut: false,
  nameOf: (id: string) => id,
} as const;

describe('a report', () => {
  it('counts by outcome, type, person and device, the most first', () => {
    const rows = [row(), row({ outcome: 'expired', type: undefined, device: 'b' }), row({ person: 'bob' as PersonId })];
    const { count, outcomes, types, people, devices } = reportOf(rows, frame);
    assert.equal(count, 3);
    assert.deepEqual(outcomes, [
      { key: 'completed', count: 2 },
      { key: 'expired', count: 1 },
    ]);
    assert.deepEqual(types, [
      { key: 'Full', count: 2 },
      { key: 'any', count: 1 },
    ]);
    assert.deepEqual(people, [
      { key: 'alice', count: 2 },
      { key: 'bob', count: 1 },
    ]);
    assert.deepEqual(devices, [
      { key: 'laptop', count: 2 },
      { key: 'b', count: 1 },
    ]);
  });

  it('tells the middle and the longest of times, and of what was found only where somebody could look', () => {
    const rows = [
      row({ took: 3 * HOUR, approvedAt: NOON + MINUTE, found: 2 }),
      row({ took: HOUR, found: 0 }),
      row({ took: 2 * HOUR }),
      row({ took: MINUTE, type: 'Quick' }),
    ];
    const { took, approval, found } = reportOf(rows, frame);
    assert.deepEqual(took.Full, { count: 3, median: 2 * HOUR, longest: 3 * HOUR });
    assert.deepEqual(took.Quick, { count: 1, median: MINUTE, longest: MINUTE });
    assert.deepEqual(approval, { count: 1, median: MINUTE, longest: MINUTE });
    assert.deepEqual(found, { looked: 2, scans: 1, alerts: 2 });
  });

  it('names ten people and devices at most', () => {
    const rows = Array.from({ length: 12 }, (_, nth) => row({ device: `d${nth}`, person: `p${nth}` as PersonId }));
    const { people, devices } = reportOf(rows, frame);
    assert.deepEqual([people.length, devices.length], [10, 10]);
  });
});

describe('what is counted of a request', () => {
  const known = {
    device: laptop,
    content: { type: 'Full', comment: 'x' } as const,
    scan: scanOf(),
    adopted: false,
    since: NOON,
  };
  const settled = { name: 'settled', ...known, at: NOON + HOUR } as const;
  const how = { by: 'hunting', errorCode: '', sure: true } as const;
  const outcomes: readonly (readonly [Parameters<typeof requestIn>[0], Outcome, number | undefined])[] = [
    [{ name: 'following', ...known, waited: false }, 'open', undefined],
    [
      { ...settled, ending: { is: 'unconfirmed', from: NOON, until: NOON + DAY, told: true } },
      'unconfirmed',
      undefined,
    ],
    [{ ...settled, ending: { is: 'never-confirmed', from: NOON } }, 'never-confirmed', undefined],
    [{ ...settled, ending: { is: 'did-not-run', why: 'TimeOut' } }, 'not-run-TimeOut', undefined],
    [
      { ...settled, ending: { is: 'confirmed', outcome: 'completed', from: NOON, at: NOON + HOUR, ...how } },
      'completed',
      HOUR,
    ],
  ];
  for (const [stage, outcome, took] of outcomes)
    it(`is ${outcome}`, () => {
      const tally = tallyOf(requestIn(stage));
      assert.deepEqual([tally.outcome, tally.took, tally.type, tally.device], [outcome, took, 'Full', laptop.name]);
    });
});

describe('whoever asks for a report', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
    const ages = { now: 0, yesterday: 30 * HOUR, long: 40 * DAY };
    for (const [id, age] of Object.entries(ages)) {
      for (const requester of [alice, { ...alice, id: 'bob' as PersonId, name: 'Bob' }]) {
        const request = requestIn({ name: 'asked', waitsForSignIn: false, until: NOON + HOUR });
        const after = { ...request, id: `${id}-${requester.name}` as RequestId, requester, askedAt: NOON - age };
        await bench.store.commit({ person: requester, move: { before: undefined, after } });
      }
    }
  });
  afterEach(() => bench.close());

  function asks(
    standing: 'yes' | 'no' | 'unknown',
    what: { span: '24h' | '7d' | '30d'; csv: boolean },
    token = true,
  ): ReturnType<typeof report> {
    const ruleBook = { isOperator: () => Promise.resolve(standing) } as unknown as RuleBook;
    const accounts = token ? answered(['alice@contoso.com']) : refused('sign-in-needed');
    const defender = { accountsOf: () => Promise.resolve(accounts) };
    const parts = { store: bench.store, clock: bench.clock, ruleBook, defender } as unknown as ErrandParts;
    return report({ person: alice } as Errand, what, parts);
  }

  async function countOf(standing: 'yes' | 'no' | 'unknown', span: '24h' | '7d' | '30d'): Promise<unknown> {
    const result = await asks(standing, { span, csv: false });
    return 'said' in result && result.said.say === 'report' && [result.said.report.of, result.said.report.count];
  }

  it('sees everybody’s as an operator', async () => {
    assert.deepEqual(await countOf('yes', '24h'), ['everybody', 2]);
    assert.deepEqual(await countOf('yes', '7d'), ['everybody', 4]);
  });

  it('sees their own otherwise, and when nobody can say', async () => {
    assert.deepEqual(await countOf('no', '30d'), ['own', 2]);
    assert.deepEqual(await countOf('unknown', '30d'), ['own-unsure', 2]);
  });

  it('is asked to sign in when only that is missing', async () => {
    assert.deepEqual(await asks('unknown', { span: '7d', csv: false }, false), { refusal: { kind: 'sign-in-needed' } });
  });

  it('gets the same as rows', async () => {
    const result = await asks('no', { span: '7d', csv: true });
    assert.ok('said' in result && result.said.say === 'report-csv');
    assert.deepEqual(
      result.said.rows.map(({ name, device }) => [name, device]),
      [
        ['Alice Andersson', 'fin-laptop-07'],
        ['Alice Andersson', 'fin-laptop-07'],
      ],
    );
  });
});
