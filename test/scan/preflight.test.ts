import assert from 'node:assert/strict';
import { CONFIRM_WITHIN } from '../../src/scan/ending.ts';
import type { ScanEnd } from '../../src/scan/ending.ts';
import type { AvRecord } from '../../src/scan/ending-sources.ts';
import { preflight, startsWhen } from '../../src/scan/preflight.ts';
import { DAY, HOUR, MINUTE } from '../../src/scan/time.ts';
import { laptop, NOON, requestIn, scanOf } from '../support/requests.ts';

function recordOf(facts: Partial<AvRecord> = {}): AvRecord {
  const signatures = { signaturesUpToDate: true, signaturesFrom: NOON - HOUR };
  return { device: laptop.id, mode: 'active', ...signatures, ends: [], ...facts };
}

function endOf(type: 'Quick' | 'Full', ago: number, outcome: ScanEnd['outcome'] = 'completed'): ScanEnd {
  return { device: laptop.id, type, outcome, at: NOON - ago, errorCode: '' };
}

const known = { now: NOON, type: undefined, record: undefined, open: [] } as const;

describe('what is known before a scan', () => {
  it('is nothing that nobody has said', () => {
    assert.deepEqual(preflight(known), { at: NOON });
    assert.deepEqual(preflight({ ...known, record: recordOf({ mode: 'unknown' }) }), { at: NOON, mode: 'unknown' });
  });

  it('is a scan of the wanted type that ended a short time ago', () => {
    const record = recordOf({ ends: [endOf('Full', 40 * MINUTE), endOf('Quick', 5 * MINUTE)] });
    const recent = (type: 'Quick' | 'Full' | undefined): unknown => preflight({ ...known, type, record }).recent?.type;
    assert.deepEqual([recent('Full'), recent('Quick'), recent(undefined)], ['Full', 'Quick', 'Quick']);
    for (const end of [endOf('Full', DAY), endOf('Full', MINUTE, 'failed'), endOf('Full', -HOUR)]) {
      assert.equal(preflight({ ...known, record: recordOf({ ends: [end] }) }).recent, undefined);
    }
  });

  it('is the age of signatures that Defender does not call up to date', () => {
    const from = NOON - 12 * DAY;
    const age = (facts: Partial<AvRecord>): unknown => preflight({ ...known, record: recordOf(facts) }).signaturesFrom;
    assert.equal(age({ signaturesUpToDate: false, signaturesFrom: from }), from);
    assert.equal(age({ signaturesUpToDate: true, signaturesFrom: from }), undefined);
    assert.equal(age({ signaturesUpToDate: false, signaturesFrom: NOON - HOUR }), undefined);
    assert.equal(age({ signaturesUpToDate: false, signaturesFrom: undefined }), undefined);
  });

  it('is a scan whose end is not confirmed', () => {
    const seen = { device: laptop, content: { type: 'Full', comment: 'Check' } as const, adopted: false };
    const ending = { is: 'unconfirmed', from: NOON - HOUR, until: NOON + CONFIRM_WITHIN, told: false } as const;
    const times = { since: NOON, at: NOON };
    const open = requestIn({ name: 'settled', ...seen, scan: scanOf({ status: 'Succeeded' }), ...times, ending });
    assert.deepEqual(preflight({ ...known, open: [open] }).open, { type: 'Full', from: NOON - HOUR });
  });

  it('is when it starts, as far as the last report tells', () => {
    const starts = (facts: Partial<typeof laptop>): unknown => startsWhen({ ...laptop, ...facts }, NOON);
    assert.equal(starts({}), 'soon');
    assert.equal(starts({ health: 'Inactive' }), 'when-it-wakes');
    assert.equal(starts({ lastSeen: NOON - 3 * DAY }), 'when-it-wakes');
    assert.equal(starts({ lastSeen: undefined }), undefined);
  });
});
