import assert from 'node:assert/strict';
import type { Ending, ScanEnd, Unconfirmed } from '../../src/scan/ending.ts';
import {
  CONFIRM_WITHIN,
  confirmedByEvents,
  confirmedByRecord,
  endingAtResult,
  nextLook,
} from '../../src/scan/ending.ts';
import { estimateFrom } from '../../src/scan/estimate.ts';
import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import { laptop, NOON, scanOf } from '../support/requests.ts';

const OPEN: Unconfirmed = { is: 'unconfirmed', from: NOON, until: NOON + CONFIRM_WITHIN, told: false };
const ACCEPTED = scanOf({ status: 'Succeeded', updatedAt: NOON + MINUTE });

function end(at: number, facts: Partial<ScanEnd> = {}): ScanEnd {
  return { device: laptop.id, type: 'Full', outcome: 'completed', at, errorCode: '', ...facts };
}

function seen(ending: Ending): readonly unknown[] {
  return ending.is === 'confirmed' ? [ending.at, ending.sure, ending.by] : [ending.is];
}

describe('the ending of a scan', () => {
  it('is not known when Defender says Succeeded, for a little longer than a sleeping device is waited for', () => {
    const ending = endingAtResult(ACCEPTED, undefined, NOON + HOUR);
    assert.deepEqual(ending, { is: 'unconfirmed', from: NOON, until: NOON + HOUR + CONFIRM_WITHIN, told: false });
    assert.equal(CONFIRM_WITHIN, 72 * HOUR + 15 * MINUTE);
  });

  it('is that it did not run when Defender says any other last word', () => {
    for (const status of ['TimeOut', 'Cancelled', 'Failed'] as const) {
      assert.deepEqual(endingAtResult(scanOf({ status }), undefined, NOON), { is: 'did-not-run', why: status });
    }
  });

  it('is confirmed by the record of a scan that ended after the device took it', () => {
    assert.deepEqual(seen(confirmedByRecord(OPEN, end(NOON + 1))), [NOON + 1, false, 'device-record']);
    assert.equal(confirmedByRecord(OPEN, end(NOON)), OPEN);
    assert.equal(confirmedByRecord(OPEN, undefined), OPEN);
  });

  it('is sure when the events show one end alone', () => {
    assert.deepEqual(seen(confirmedByEvents(OPEN, { scan: ACCEPTED }, [end(NOON + HOUR)])), [
      NOON + HOUR,
      true,
      'hunting',
    ]);
    assert.equal(confirmedByEvents(OPEN, { scan: ACCEPTED }, [end(NOON - 1)]), OPEN);
    assert.equal(confirmedByEvents(OPEN, { scan: ACCEPTED }, []), OPEN);
  });

  it('may be a scheduled scan’s when it came far sooner than ever before', () => {
    const estimate = { of: 'device', count: 3, shortest: 2 * HOUR, longest: 3 * HOUR } as const;
    const sure = (at: number): unknown => seen(confirmedByEvents(OPEN, { scan: ACCEPTED, estimate }, [end(at)]))[1];
    assert.deepEqual([sure(NOON + 20 * MINUTE), sure(NOON + 2 * HOUR)], [false, true]);
  });

  it('may be a scheduled scan’s when the events show several: the first after the device took it counts', () => {
    const ends = [end(NOON + 3 * HOUR), end(NOON + HOUR), end(NOON - SECOND)];
    assert.deepEqual(seen(confirmedByEvents(OPEN, { scan: ACCEPTED }, ends)), [NOON + HOUR, false, 'hunting']);
  });

  it('is not taken for one that ended before Defender said Succeeded, if there is a later one', () => {
    const late = { ...ACCEPTED, updatedAt: NOON + HOUR };
    const both = confirmedByEvents(OPEN, { scan: late }, [end(NOON + 10 * MINUTE), end(NOON + 2 * HOUR)]);
    assert.deepEqual(seen(both), [NOON + 2 * HOUR, false, 'hunting']);
    // Where Succeeded comes late, it is written when the scan is over.
    const once = confirmedByEvents(OPEN, { scan: late }, [end(NOON + HOUR - SECOND)]);
    assert.deepEqual(seen(once), [NOON + HOUR - SECOND, true, 'hunting']);
  });

  it('says what became of the scan, and its code', () => {
    const ending = confirmedByRecord(OPEN, end(NOON + 1, { outcome: 'failed', errorCode: '0x80508007' }));
    assert.ok(ending.is === 'confirmed');
    assert.deepEqual([ending.outcome, ending.errorCode], ['failed', '0x80508007']);
  });
});

describe('the next look for an end', () => {
  const every = 15 * SECOND;
  const pause = (age: number, open = 1): number => nextLook(OPEN, { open, every, now: NOON + age }) - (NOON + age);

  it('comes soon at first, and later the older the scan is', () => {
    const ages = [0, MINUTE, 8 * MINUTE, 2 * HOUR, 12 * HOUR];
    assert.deepEqual(
      ages.map((age) => pause(age) / SECOND),
      [15, 15, 60, 15 * 60, 60 * 60],
    );
  });

  it('comes later the more ends are looked for', () => {
    assert.equal(pause(0, 10_000), 50 * MINUTE);
  });

  it('comes no later than the last one', () => {
    const now = OPEN.until - MINUTE;
    assert.equal(nextLook(OPEN, { open: 10_000, every, now }), OPEN.until);
  });
});

describe('an estimate', () => {
  it('comes from the device’s own history first', () => {
    assert.deepEqual(estimateFrom([7, 5, 6], [1, 1, 1]), { of: 'device', count: 3, shortest: 5, longest: 7 });
    assert.deepEqual(estimateFrom([7], []), { of: 'device', count: 1, shortest: 7, longest: 7 });
  });

  it('comes from devices of the same system only when there are a few', () => {
    assert.deepEqual(estimateFrom([], [3, 1, 2]), { of: 'os', count: 3, shortest: 1, longest: 3 });
    assert.equal(estimateFrom([], [3, 1]), undefined);
    assert.equal(estimateFrom([], []), undefined);
  });
});
