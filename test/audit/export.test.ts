import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { START } from '../../src/audit/chain.ts';
import { csvLine } from '../../src/audit/csv.ts';
import { exportHead, exportLine } from '../../src/audit/export.ts';
import { readCsv } from '../../src/policy/cli/csv.ts';
import { ALICE, chainOf, commentOf, lineOf } from './chains.ts';

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u00a0=1', '＝1+1', '|calc', '%0a'];

describe('a line of comma-separated values', () => {
  it('gives a spreadsheet nothing to compute', () => {
    for (const text of FORMULAS) {
      const read = readCsv(csvLine(['a', text]));
      assert.ok(read.ok);
      assert.equal(read.rows[0]!.fields[1], `'${text}`);
    }
  });

  it('leaves ordinary words and numbers alone', () => {
    assert.equal(csvLine([-1, 'alert 3212 = bad', 'a-b']), '-1,alert 3212 = bad,a-b\r\n');
  });

  it('reads back, whatever the cells hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (cells) => {
        const read = readCsv(`x\r\n${csvLine(cells)}`);
        assert.ok(read.ok);
        const back = read.rows[1]!.fields.map((cell, index) => (cells[index] === cell ? cell : cell.slice(1)));
        assert.deepEqual(back, cells);
      }),
    );
  });
});

describe('an exported record', () => {
  const comment = '=cmd|"/c calc"!A1, said Bob\nand more';
  const line = lineOf({
    facts: { device: 'd', rule: 'night' },
    personal: [{ field: 'who', text: ALICE, person: ALICE }, commentOf(comment)],
  });
  const { rows, beside } = chainOf([line]);
  const row = rows[0]!;

  it('is a line of JSON with its personal fields in the open, and its hash over exactly the record', () => {
    const text = exportLine({ row, beside }, 'jsonl');
    assert.ok(text.endsWith('}\n') && text.indexOf('\n') === text.length - 1);
    const read = JSON.parse(text) as { hash: string; personal: object; record: object };
    assert.deepEqual(read.personal, { who: ALICE, comment });
    const record = /"record":(.*)\}\n$/.exec(text)![1]!;
    assert.equal(read.hash, hash('sha256', `${START.hash}\n${record}`));
  });

  it('is a row under the heads of its columns, with no formula in it', () => {
    const read = readCsv(exportHead('csv') + exportLine({ row, beside }, 'csv'));
    assert.ok(read.ok);
    const [head, fields] = read.rows.map((one) => one.fields);
    const cells = Object.fromEntries(head!.map((name, index) => [name, fields![index]]));
    assert.deepEqual(
      [cells['n'], cells['actor'], cells['what'], cells['device'], cells['who'], cells['comment'], cells['other']],
      ['1', 'person', 'asked', 'd', ALICE, `'${comment}`, '{"rule":"night"}'],
    );
    assert.equal(cells['hash'], row.hash);
  });

  it('says what was forgotten', () => {
    assert.match(exportLine({ row, beside: new Map() }, 'csv'), /\(forgotten\)/);
    assert.match(exportLine({ row, beside: new Map() }, 'jsonl'), /"comment":"\(forgotten\)"/);
  });
});
