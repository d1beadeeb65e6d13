import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameStartsWith, pageQuery, scansFrom } from '../../src/defender/odata.ts';
import { readFilter } from '../../src/sandbox/defender/odata-filter.ts';

const DIALECT = { fields: { computerDnsName: 'text' }, exactCase: true } as const;

describe('a filter', () => {
  it('finds what was typed, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (name, rest) => {
        const condition = readFilter(nameStartsWith(name), DIALECT);
        assert(condition({ computerDnsName: name + rest }));
        assert(!condition({ computerDnsName: `other${name}` }) || name.length === 0 || `other${name}`.startsWith(name));
      }),
    );
  });

  it('survives the way through a URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const filter = nameStartsWith(name);
        const url = new URL(`http://localhost/api/machines?${pageQuery(filter, 10, 20)}`);
        assert.equal(url.searchParams.get('$filter'), filter);
        assert.equal(url.searchParams.get('$skip'), '20');
      }),
    );
  });

  it('can be sent with half a surrogate pair in it', () => {
    assert.equal(nameStartsWith('a\ud800b'), "startswith(computerDnsName,'a\ufffdb')");
    assert.doesNotThrow(() => pageQuery(nameStartsWith('\udc00'), 1, 0));
  });

  it('asks for whole seconds, rounded down, without quotes', () => {
    assert.match(scansFrom(Date.UTC(2026, 0, 2, 3, 4, 5, 999)), / ge 2026-01-02T03:04:05Z$/);
  });

  it('names those whose scans are wanted, whatever they are called', () => {
    assert.match(
      scansFrom(0, ["o'neil@contoso.com", 'b']),
      / and \(requestor eq 'o''neil@contoso.com' or requestor eq 'b'\)$/,
    );
  });
});
