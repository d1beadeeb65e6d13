import assert from 'node:assert/strict';
import { readOrder } from '../../src/audit/arguments.ts';
import { ALICE } from './chains.ts';

const HASH = 'ab'.repeat(32);

function timesOf(...args: readonly string[]): unknown {
  const read = readOrder(['export', ...args]);
  assert.ok(read.ok, JSON.stringify(read));
  return read.order.do === 'export' && read.order.times;
}

describe('the words of an auditor', () => {
  it('are an order', () => {
    const read = readOrder(['verify', '--anchor', `12:${HASH}`, '--anchor', `13:${HASH}`]);
    const anchors = [12, 13].map((n) => ({ n, hash: HASH }));
    assert.deepEqual(read, { ok: true, order: { do: 'verify', anchors } });
    assert.deepEqual(readOrder(['forget', ALICE.toUpperCase()]), { ok: true, order: { do: 'forget', person: ALICE } });
  });

  it('name days with both ends, in UTC, or times with their offset', () => {
    assert.deepEqual(timesOf('--from', '2026-11-20', '--to', '2026-11-20'), {
      from: Date.UTC(2026, 10, 20),
      until: Date.UTC(2026, 10, 21),
    });
    assert.deepEqual(timesOf('--from', '2026-11-20T22:00+01:00'), {
      from: Date.UTC(2026, 10, 20, 21),
      until: undefined,
    });
  });

  it('are refused when they cannot be meant', () => {
    const wrong = [
      [],
      ['forget'],
      ['forget', 'alice'],
      ['verify', 'all'],
      ['verify', '--from', '2026-11-20'],
      ['verify', '--anchor', '12'],
      ['export', '--format', 'xml'],
      ['export', '--from', 'yesterday'],
      ['export', '--from', '2026-11-20T22:00'],
      ['export', '--from', '2026-11-21', '--to', '2026-11-20'],
      ['export', '--what'],
      ['forget', ALICE, ALICE],
    ];
    for (const args of wrong) assert.equal(readOrder(args).ok, false, args.join(' '));
  });
});
