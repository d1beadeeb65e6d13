import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvOf } from '../../../src/chat/speak/csv.ts';
import type { PersonId, RequestId } from '../../../src/scan/ids.ts';
import type { CsvRow } from '../../../src/scan/notice.ts';

const NOON = Date.UTC(2026, 10, 20, 12);

function row(facts: Partial<CsvRow> = {}): CsvRow {
  return {
    request: 'r' as RequestId,
    person: 'p' as PersonId,
    name: 'Alice',
    device: 'laptop',
    type: 'Full',
    outcome: 'completed',
    askedAt: NOON,
    approvedAt: NOON + 1000,
    startedAt: undefined,
    took: 7_261_400,
    found: 0,
    ...facts,
  };
}

describe('a CSV', () => {
  it('has one line for each request', () => {
    const [, line] = csvOf([row()]).text.split('\n');
    assert.equal(line, '2026-11-20T12:00:00.000Z,Alice,laptop,Full,completed,2026-11-20T12:00:01.000Z,,7261,0');
  });

  it('keeps a cell in its place, whatever it says', () => {
    assert.match(csvOf([row({ name: 'Berg, "Bob"\nR&D' })]).text, /Z,"Berg, ""Bob"" R&D",laptop,/);
  });

  for (const name of ['=1+1', '+1', '-1', '@cmd', '\t=1'])
    it(`runs nothing of ${JSON.stringify(name)}`, () => {
      assert.ok(csvOf([row({ name })]).text.includes(`,'${name},`));
    });

  it('is cut at a whole line before it is too long for a message', () => {
    fc.assert(
      fc.property(fc.nat({ max: 900 }), fc.nat({ max: 60 }), (count, length) => {
        const all = Array.from({ length: count }, () => row({ device: 'd'.repeat(length) }));
        const { text, rows } = csvOf(all);
        assert.ok(text.length <= 8_100 && rows <= count);
        assert.equal(text.split('\n').length, rows + 1);
      }),
      { numRuns: 20 },
    );
  });
});
