import assert from 'node:assert/strict';
import { readRecord } from '../../src/audit/chain.ts';
import { ChainScans, reconcile, reconciledLines } from '../../src/audit/reconcile.ts';
import type { Reconciled } from '../../src/audit/reconcile.ts';
import type { ActionId } from '../../src/scan/ids.ts';
import type { DefenderScan } from '../../src/scan/defender-scan.ts';
import { DAY, HOUR } from '../../src/scan/time.ts';
import { laptop, NOON, scanOf } from '../support/requests.ts';
import { chainOf, lineOf } from './chains.ts';

const action = scanOf().id;
const base = { action, device: laptop.id, type: 'Full' };
const ended = scanOf({ status: 'Succeeded', updatedAt: NOON + HOUR });

function compared(theirs: readonly DefenderScan[], facts: Readonly<Record<string, string>> = {}): Reconciled {
  const ours = new ChainScans();
  const lines = [
    lineOf({ what: 'sent to Defender', facts: { device: laptop.id } }),
    lineOf({ what: 'accepted', facts: { ...base, status: 'Pending' } }),
    lineOf({ what: 'ended: Succeeded', at: NOON + HOUR, facts: { ...base, status: 'Succeeded', ...facts } }),
  ];
  for (const { body } of chainOf(lines).rows) ours.see(readRecord(body)!);
  return reconcile(ours, theirs, { from: NOON - DAY, until: NOON + DAY, now: NOON + DAY });
}

describe('the chain and Defender', () => {
  it('agree on a scan that both tell of in the same way', () => {
    assert.deepEqual(compared([ended]), { faults: [], foreign: [], agreed: 1 });
  });

  it('differ where Defender lists no such action', () => {
    assert.match(compared([]).faults.join(), /^action c0ffee00-.* of request r .*: Defender does not list it$/);
  });

  it('differ in device, type or ending', () => {
    assert.match(compared([{ ...ended, type: 'Quick' }]).faults.join(), /the chain says type Full, Defender Quick/);
    assert.match(compared([{ ...ended, status: 'Failed' }]).faults.join(), /ending Succeeded, Defender Failed/);
    assert.match(compared([ended], { device: 'b2'.repeat(20) }).faults.join(), /the chain says device b2b2/);
    assert.match(compared([ended], { status: 'InProgress' }).faults.join(), /ending none, Defender Succeeded/);
  });

  it('do not take the status of an answer for that of a scan', () => {
    const ours = new ChainScans();
    const facts = { ...base, status: 'Succeeded' };
    const lines = [lineOf({ facts }), lineOf({ what: 'cancel not taken', facts: { action, status: 400 } })];
    for (const { body } of chainOf(lines).rows) ours.see(readRecord(body)!);
    assert.equal(ours.all.get(action)?.status, 'Succeeded');
  });

  it('may differ while the bot has had no time to look', () => {
    const fresh = { ...ended, updatedAt: NOON + DAY - 1 };
    assert.deepEqual(compared([fresh], { status: 'InProgress' }).faults, []);
  });

  it('tell of scans that the bot has nothing to do with, apart', () => {
    const foreign = scanOf({ id: 'f' as ActionId, requester: 'nina@contoso.com' });
    const result = compared([ended, foreign, { ...foreign, id: 'old' as ActionId, createdAt: NOON - 2 * DAY }]);
    assert.equal(result.faults.length, 0);
    assert.deepEqual(result.foreign, [
      `action f (${new Date(NOON).toISOString()}) Full on ${laptop.id} by nina@contoso.com`,
    ]);
    assert.deepEqual(reconciledLines(result).at(-1), '1 agree, 0 do not, 1 are not the bot’s.');
  });
});
