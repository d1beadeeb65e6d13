import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCsv } from '../../src/policy/cli/csv.ts';
import { readDeviceList } from '../../src/policy/cli/device-list.ts';

const field = fc.string({ unit: fc.constantFrom('a', 'ö', ' ', ',', ';', '"', '\n', '\r\n', '\r'), maxLength: 6 });
const row = fc.array(field, { minLength: 1, maxLength: 4 }).filter((fields) => fields.length > 1 || fields[0] !== '');

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** With quotes only where they are needed. */
function plain(text: string): string {
  return /[",\r\n]/.test(text) ? quoted(text) : text;
}

function fieldsIn(text: string): readonly (readonly string[])[] {
  const reading = readCsv(text);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.rows.map(({ fields }) => fields);
}

describe('comma-separated values', () => {
  it('read back as they were written, whichever way', () => {
    const write = fc.constantFrom(quoted, plain);
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(row), write, lineEnd, fc.boolean(), (rows, one, end, endsWithLine) => {
        const text = rows.map((fields) => fields.map(one).join(',')).join(end) + (endsWithLine ? end : '');
        assert.deepEqual(fieldsIn(text), rows);
      }),
      { numRuns: 500 },
    );
  });

  it('never make reading throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r') }), (text) => {
        readCsv(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('are refused with the line when a quote is out of place or never closed', () => {
    for (const line of ['a,b"c', '"a"b,c', '"never closed', 'a,"b""']) {
      const reading = readCsv(`name,tag\n"two\r\nlines",x\n${line}\n`);
      assert.ok(!reading.ok, line);
      assert.equal(reading.line, 4);
    }
  });

  it('have no row where a line is empty, and may end in an empty field', () => {
    assert.deepEqual(fieldsIn('\ufeffa,b\n\n\r\n,\n"",\nc,'), [
      ['a', 'b'],
      ['', ''],
      ['', ''],
      ['c', ''],
    ]);
    assert.deepEqual(fieldsIn(''), []);
  });

  it('need a time that grows with the text', () => {
    assert.ok(!readCsv(`"${'a'.repeat(200_000)}`).ok);
    assert.equal(fieldsIn(`"${'""'.repeat(200_000)}"`).length, 1);
  });
});

describe('a list of devices', () => {
  it('takes headings in several spellings, and passes over the others', () => {
    const text = 'Device ID,Device name,OS platform,Tags,Risk level\n1,fin-07,Windows11,"a; b,c",High\n2,,,,\n';
    const unknown = { group: undefined, value: undefined };
    assert.deepEqual(readDeviceList(text), {
      ok: true,
      devices: [
        { ...unknown, name: 'fin-07', os: 'Windows11', tags: ['a', 'b', 'c'], risk: 'High' },
        { ...unknown, name: undefined, os: undefined, tags: [], risk: undefined },
      ],
    });
  });

  it('does not know the tags when there is no such column', () => {
    const list = readDeviceList('name\nfin-07');
    assert.equal(list.ok && list.devices[0]?.tags, undefined);
  });

  it('is refused without names, and for a row with too few fields', () => {
    assert.deepEqual(readDeviceList('id\n1'), { ok: false, fault: 'has no column name or device or devicename' });
    const ragged = readDeviceList('name,os\nfin-07,Windows11\nfin-08\n');
    assert.deepEqual(ragged, { ok: false, fault: 'line 3 has 1 fields, the heading has 2' });
  });
});
