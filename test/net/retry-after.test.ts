import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readRetryAfter } from '../../src/net/retry-after.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');

describe('Retry-After', () => {
  it('is a number of seconds', () => {
    assert.equal(readRetryAfter('120', NOW), NOW + 120_000);
    assert.equal(readRetryAfter(' 0 ', NOW), NOW);
  });

  it('is a date', () => {
    assert.equal(readRetryAfter('Fri, 20 Nov 2026 10:01:00 GMT', NOW), NOW + 60_000);
  });

  it('is nothing when it is absent, past or no time', () => {
    for (const header of [undefined, '', 'soon', '-5', '1.5', 'Fri, 20 Nov 2020 10:01:00 GMT']) {
      assert.equal(readRetryAfter(header, NOW), undefined);
    }
  });

  it('is never a time that has passed, whatever was sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.integer().map(String),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        (header) => {
          const at = readRetryAfter(header, NOW);
          assert.ok(at === undefined || at >= NOW);
        },
      ),
    );
  });
});
