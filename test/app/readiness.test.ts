import assert from 'node:assert/strict';
import { readinessOf } from '../../src/app/readiness.ts';
import { createLog } from '../../src/log.ts';

describe('the readiness', () => {
  let hasLooked: boolean;
  let check: () => Promise<void>;

  const state = (): Promise<unknown> =>
    readinessOf({ store: { check: () => check() }, hasLooked: () => hasLooked, log: createLog('silent') })();

  beforeEach(() => {
    hasLooked = true;
    check = () => Promise.resolve();
  });

  it('is there once the store works and what waited in it was picked up', async () => {
    assert.deepEqual(await state(), { ok: true, checks: { store: 'ok', work: 'ok' } });
  });

  it('is not there before what waited was picked up', async () => {
    hasLooked = false;
    assert.deepEqual(await state(), { ok: false, reason: 'starting', checks: { store: 'ok', work: 'starting' } });
  });

  it('is not there without a store, and says so by a code alone', async () => {
    check = () => Promise.reject(new Error('connect ECONNREFUSED db.contoso.example:5432'));
    assert.deepEqual(await state(), { ok: false, reason: 'store', checks: { store: 'failed' } });
  });
});
