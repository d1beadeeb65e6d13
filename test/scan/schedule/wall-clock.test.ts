import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Day } from '../../../src/scan/schedule/wall-clock.ts';
import { dayAfter, isDay, isZone, WallClock, weekdayOf } from '../../../src/scan/schedule/wall-clock.ts';
import { DAY, HOUR, MINUTE } from '../../../src/scan/time.ts';

/** North and south of the equator, by half an hour (Lord Howe), at midnight (Asunción), and never at all. */
const ZONES = [
  'Europe/Stockholm',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Asuncion',
  'Africa/Cairo',
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/St_Johns',
  'UTC',
];
const zone = fc.constantFrom(...ZONES);
const minute = fc.integer({ min: 0, max: 1439 });
const day: fc.Arbitrary<Day> = fc
  .integer({ min: 0, max: 20 * 366 })
  .map((days) => dayAfter({ year: 2020, month: 1, day: 1 }, days));

/** Days of three years on which the clocks of a zone are put forward or back, and those beside them. */
function oddDays(name: string): readonly Day[] {
  const days = Array.from({ length: 3 * 365 }, (_, ahead) => dayAfter({ year: 2026, month: 1, day: 1 }, ahead));
  const offset = (one: Day): number => DateTime.fromObject(one, { zone: name }).offset;
  const odd = days.filter((one) => offset(one) !== offset(dayAfter(one, 1)));
  return odd.flatMap((one) => [dayAfter(one, -1), one, dayAfter(one, 1)]);
}

/** A time of a day in a zone; every other one in a night that is odd there, early in the morning. */
const named: fc.Arbitrary<readonly [string, Day, number]> = fc.oneof(
  fc.tuple(zone, day, minute),
  fc
    .constantFrom(...ZONES.flatMap((name) => oddDays(name).map((odd) => [name, odd] as const)))
    .chain(([name, odd]) => fc.tuple(fc.constant(name), fc.constant(odd), fc.integer({ min: 0, max: 240 }))),
);
const RUNS = { numRuns: 400 };

/** What luxon makes of a time at this instant. */
function shownBy(zoneName: string, at: number): { readonly day: Day; readonly minute: number } {
  const there = DateTime.fromMillis(at, { zone: zoneName });
  const { year, month, day: date } = there;
  return { day: { year, month, day: date }, minute: there.hour * 60 + there.minute };
}

describe('a clock on a wall', () => {
  it('shows what was named, unless that is left out', () => {
    fc.assert(
      fc.property(named, ([name, on, wanted]) => {
        const { at, is } = new WallClock(name).when(on, wanted);
        const shown = shownBy(name, at);
        if (is === 'left-out') assert.notDeepEqual(shown, { day: on, minute: wanted });
        else assert.deepEqual(shown, { day: on, minute: wanted });
      }),
      RUNS,
    );
  });

  it('shows nothing that was named at any other time, before or after', () => {
    fc.assert(
      fc.property(named, ([name, on, wanted]) => {
        const { at, is } = new WallClock(name).when(on, wanted);
        const others: number[] = [];
        for (let away = -150; away <= 150; away += 15) {
          if (away === 0) continue;
          const shown = shownBy(name, at + away * MINUTE);
          if (shown.minute === wanted && JSON.stringify(shown.day) === JSON.stringify(on)) others.push(away);
        }
        assert.equal(others.length, is === 'twice' ? 1 : 0);
        assert.ok(others.every((away) => away > 0));
      }),
      RUNS,
    );
  });

  it('is as much later as the clock is put forward, for a time that is left out', () => {
    fc.assert(
      fc.property(named, ([name, on, wanted]) => {
        const { at, is } = new WallClock(name).when(on, wanted);
        if (is !== 'left-out') return;
        const before = DateTime.fromMillis(at - DAY, { zone: name });
        const after = DateTime.fromMillis(at, { zone: name });
        const forward = after.offset - before.offset;
        assert.ok(forward > 0);
        const shown = shownBy(name, at);
        const named0 = Date.UTC(on.year, on.month - 1, on.day) + wanted * MINUTE;
        const shown0 = Date.UTC(shown.day.year, shown.day.month - 1, shown.day.day) + shown.minute * MINUTE;
        assert.equal(shown0 - named0, forward * MINUTE);
      }),
      RUNS,
    );
  });

  it('tells day and minute as luxon does', () => {
    const at = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(zone, at, (name, time) => {
        const clock = new WallClock(name);
        assert.deepEqual({ day: clock.day(time), minute: clock.minute(time) }, shownBy(name, time));
      }),
    );
  });

  it('leaves an hour out in March and has one twice in October, in Stockholm', () => {
    const clock = new WallClock('Europe/Stockholm');
    assert.deepEqual(clock.when({ year: 2027, month: 3, day: 28 }, 150), {
      at: Date.UTC(2027, 2, 28, 1, 30),
      is: 'left-out',
    });
    assert.deepEqual(clock.when({ year: 2027, month: 10, day: 31 }, 150), {
      at: Date.UTC(2027, 9, 31, 0, 30),
      is: 'twice',
    });
    assert.deepEqual(clock.when({ year: 2027, month: 10, day: 31 }, 180), {
      at: Date.UTC(2027, 9, 31, 2, 0),
      is: 'once',
    });
  });

  it('goes on where a zone has moved over the date line', () => {
    const { at } = new WallClock('Pacific/Apia').when({ year: 2011, month: 12, day: 30 }, 720);
    assert.ok(Math.abs(at - Date.UTC(2011, 11, 30, 22)) <= 26 * HOUR);
  });
});

describe('a day', () => {
  it('is followed by the next, and has the name that luxon gives it', () => {
    fc.assert(
      fc.property(day, (one) => {
        const there = DateTime.utc(one.year, one.month, one.day);
        assert.equal(weekdayOf(one), there.weekday);
        const next = there.plus({ days: 1 });
        assert.deepEqual(dayAfter(one, 1), { year: next.year, month: next.month, day: next.day });
        assert.ok(isDay(one));
      }),
    );
  });

  it('is not the 31st of June', () => {
    assert.equal(isDay({ year: 2027, month: 6, day: 31 }), false);
    assert.equal(isDay({ year: 2027, month: 2, day: 29 }), false);
    assert.equal(isDay({ year: 2028, month: 2, day: 29 }), true);
  });
});

describe('a zone', () => {
  it('is one of the IANA database, and no offset', () => {
    assert.ok(ZONES.every(isZone));
    assert.deepEqual(['', '+01:00', 'Mars/Olympus', 'Europe/Stockholm; drop'].filter(isZone), []);
  });
});
