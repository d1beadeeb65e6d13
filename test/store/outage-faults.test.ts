import assert from 'node:assert/strict';
import { isOutage } from '../../src/store/outage.ts';
import { DatabaseSilent } from '../../src/store/postgres/pool.ts';

function coded(code: string): Error {
  return Object.assign(new Error('what the engine says'), { code });
}

describe('a fault of the store', () => {
  for (const code of ['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY', '57P01', '53300', '08006', '55P03']) {
    it(`passes by itself when it is ${code}`, () => {
      assert.equal(isOutage(coded(code)), true);
    });
  }

  it('passes by itself when the connection broke, or nobody answered', () => {
    assert.equal(isOutage(new Error('Connection terminated unexpectedly')), true);
    assert.equal(isOutage(coded('ECONNREFUSED')), true);
    assert.equal(isOutage(new DatabaseSilent()), true);
  });

  it('is one of the program, or of what was sent, otherwise', () => {
    for (const code of ['23505', '22021', 'SQLITE_CONSTRAINT', 'SQLITE_ERROR'])
      assert.equal(isOutage(coded(code)), false);
    assert.equal(isOutage(new TypeError('undefined is not a function')), false);
    assert.equal(isOutage(new Error('anything')), false);
    assert.equal(isOutage('a word'), false);
  });
});
