import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DAYS, isOpen, minuteOf, windowText } from '../../src/policy/time-window.ts';
import type { Day, TimeWindow } from '../../src/policy/time-window.ts';
import { isZone } from '../../src/scan/schedule/wall-clock.ts';
import { HOUR, MINUTE } from '../../src/scan/time.ts';

const STOCKHOLM = 'Europe/Stockholm';
const NEW_YORK = 'America/New_York';
const WEEKDAYS: readonly Day[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];

function window(hours: string, zone: string, days: readonly Day[] = DAYS): TimeWindow {
  const [from = '', to = ''] = hours.split('-');
  return { days, from: minuteOf(from), to: minuteOf(to), zone };
}

function isOpenAt(one: TimeWindow, at: string): boolean {
  return isOpen(one, Date.parse(at));
}

/** How many minutes of the 48 hours from then on are inside. */
function minutesInside(one: TimeWindow, from: string): number {
  const start = Date.parse(from);
  return Array.from({ length: (48 * HOUR) / MINUTE }, (_, place) => start + place * MINUTE).filter((at) =>
    isOpen(one, at),
  ).length;
}

describe('a time window', () => {
  it('has its first minute inside and its last one outside', () => {
    const office = window('08:00-18:00', STOCKHOLM);
    assert.ok(!isOpenAt(office, '2026-11-20T07:59:59.999+01:00'));
    assert.ok(isOpenAt(office, '2026-11-20T08:00+01:00'));
    assert.ok(isOpenAt(office, '2026-11-20T17:59:59.999+01:00'));
    assert.ok(!isOpenAt(office, '2026-11-20T18:00+01:00'));
  });

  it('goes by the days of its own zone', () => {
    const weekend = window('00:00-24:00', 'Pacific/Auckland', ['Sat', 'Sun']);
    assert.ok(isOpenAt(weekend, '2026-11-20T23:00+01:00'));
    assert.ok(!isOpenAt(weekend, '2026-11-22T23:00+01:00'));
  });

  it('belongs to the day on which it begins when it runs over midnight', () => {
    const friday = window('22:00-06:00', STOCKHOLM, ['Fri']);
    assert.ok(!isOpenAt(friday, '2026-11-20T05:00+01:00'));
    assert.ok(isOpenAt(friday, '2026-11-20T22:00+01:00'));
    assert.ok(isOpenAt(friday, '2026-11-21T05:59+01:00'));
    assert.ok(!isOpenAt(friday, '2026-11-21T06:00+01:00'));
    assert.ok(!isOpenAt(friday, '2026-11-21T23:00+01:00'));
  });

  it('runs from Sunday into Monday', () => {
    const sunday = window('23:00-01:00', STOCKHOLM, ['Sun']);
    assert.ok(isOpenAt(sunday, '2026-11-23T00:30+01:00'));
    assert.ok(!isOpenAt(sunday, '2026-11-22T00:30+01:00'));
  });

  it('keeps to the clock on the wall on the days before and after a change', () => {
    const office = window('08:00-18:00', STOCKHOLM, WEEKDAYS);
    assert.ok(isOpenAt(office, '2026-03-27T07:00Z') && !isOpenAt(office, '2026-03-27T06:59Z'));
    assert.ok(isOpenAt(office, '2026-03-30T06:00Z') && !isOpenAt(office, '2026-03-30T05:59Z'));
    assert.ok(isOpenAt(office, '2026-10-23T06:00Z') && !isOpenAt(office, '2026-10-23T05:59Z'));
    assert.ok(isOpenAt(office, '2026-10-26T07:00Z') && !isOpenAt(office, '2026-10-26T06:59Z'));
  });

  // Stockholm: 2026-03-29 02:00 becomes 03:00, 2026-10-25 03:00 becomes 02:00.
  // New York: 2026-03-08 02:00 becomes 03:00, 2026-11-01 02:00 becomes 01:00.
  it('has one hour less where the clocks go forward', () => {
    assert.equal(minutesInside(window('22:00-06:00', STOCKHOLM, ['Sat']), '2026-03-28T12:00Z'), 7 * 60);
    assert.equal(minutesInside(window('22:00-06:00', NEW_YORK, ['Sat']), '2026-03-07T17:00Z'), 7 * 60);
    assert.equal(minutesInside(window('00:00-24:00', STOCKHOLM, ['Sun']), '2026-03-28T12:00Z'), 23 * 60);
    assert.equal(minutesInside(window('00:00-24:00', NEW_YORK, ['Sun']), '2026-03-07T17:00Z'), 23 * 60);
  });

  it('has one hour more where the clocks go back', () => {
    assert.equal(minutesInside(window('22:00-06:00', STOCKHOLM, ['Sat']), '2026-10-24T12:00Z'), 9 * 60);
    assert.equal(minutesInside(window('22:00-06:00', NEW_YORK, ['Sat']), '2026-10-31T17:00Z'), 9 * 60);
    assert.equal(minutesInside(window('00:00-24:00', STOCKHOLM, ['Sun']), '2026-10-24T12:00Z'), 25 * 60);
    assert.equal(minutesInside(window('00:00-24:00', NEW_YORK, ['Sun']), '2026-10-31T17:00Z'), 25 * 60);
  });

  it('is never open in an hour that is left out, and twice in one that comes twice', () => {
    assert.equal(minutesInside(window('02:00-03:00', STOCKHOLM, ['Sun']), '2026-03-28T12:00Z'), 0);
    assert.equal(minutesInside(window('02:00-03:00', NEW_YORK, ['Sun']), '2026-03-07T17:00Z'), 0);
    assert.equal(minutesInside(window('02:00-03:00', STOCKHOLM, ['Sun']), '2026-10-24T12:00Z'), 120);
    assert.equal(minutesInside(window('01:00-02:00', NEW_YORK, ['Sun']), '2026-10-31T17:00Z'), 120);
  });

  it('leaves exactly the other minutes of a day to the window the other way round', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const at = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) });
    fc.assert(
      fc.property(minute, minute, at, fc.constantFrom(STOCKHOLM, NEW_YORK, 'Asia/Kathmandu'), (from, to, now, zone) => {
        fc.pre(from !== to);
        assert.notEqual(
          isOpen({ days: DAYS, from, to, zone }, now),
          isOpen({ days: DAYS, from: to, to: from, zone }, now),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('is told in one line', () => {
    assert.equal(windowText(window('08:00-24:00', 'UTC')), 'every day 08:00-24:00 UTC');
    assert.equal(windowText(window('22:05-06:00', STOCKHOLM, ['Fri'])), 'Fri 22:05-06:00 Europe/Stockholm');
  });
});

describe('a zone', () => {
  it('is a name and no offset', () => {
    for (const name of ['UTC', STOCKHOLM, NEW_YORK]) assert.ok(isZone(name), name);
    for (const name of ['+01:00', 'Europe/Stockholmm', '', 'Mars']) assert.ok(!isZone(name), name);
  });
});
