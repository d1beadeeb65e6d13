import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Plan } from '../../../src/scan/schedule/plan.ts';
import { nextTime, timesBetween } from '../../../src/scan/schedule/plan.ts';
import type { TypedWhen } from '../../../src/scan/schedule/typed-when.ts';
import { LONGEST_PLAN, readPlan } from '../../../src/scan/schedule/typed-when.ts';
import type { Weekday } from '../../../src/scan/schedule/wall-clock.ts';
import { DAY, HOUR, MINUTE } from '../../../src/scan/time.ts';

const zone = fc.constantFrom('Europe/Stockholm', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai');
const days = fc.uniqueArray(fc.constantFrom<Weekday[]>(1, 2, 3, 4, 5, 6, 7), { minLength: 1 });
const minute = fc.integer({ min: 0, max: 1439 });
const time = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2029, 0, 1) });
const weekly: fc.Arbitrary<Plan> = fc
  .record({ zone, days, minute })
  .map((one) => ({ zone: one.zone, when: { is: 'weekly', days: one.days, minute: one.minute } }));

describe('a plan that repeats', () => {
  it('has one time on each of its days, and none on another', () => {
    fc.assert(
      fc.property(weekly, time, (plan, start) => {
        assert.equal(plan.when.is, 'weekly');
        const times: number[] = [];
        for (let at = nextTime(plan, start); at !== undefined && at.at < start + 15 * DAY; at = nextTime(plan, at.at)) {
          assert.ok(at.at > (times.at(-1) ?? start));
          times.push(at.at);
        }
        // Of a night that is put forward, a time shortly before midnight may come after it.
        const named = times.map((at) => DateTime.fromMillis(at, { zone: plan.zone }));
        const seen = named.map((at) => at.toISODate());
        assert.equal(new Set(seen).size, seen.length);
        const wanted = plan.when.days;
        assert.ok(named.every((at) => wanted.includes(at.weekday as Weekday)));
        const expected = Array.from({ length: 13 }, (_, ahead) =>
          DateTime.fromMillis(start, { zone: plan.zone }).plus({ days: ahead + 1 }),
        ).filter((at) => wanted.includes(at.weekday as Weekday));
        assert.ok(expected.every((at) => seen.includes(at.toISODate())));
      }),
    );
  });

  it('shows the same time on the wall in summer and in winter', () => {
    const plan: Plan = { zone: 'Europe/Stockholm', when: { is: 'weekly', days: [1], minute: 22 * 60 } };
    const winter = nextTime(plan, Date.UTC(2027, 0, 5))?.at;
    const summer = nextTime(plan, Date.UTC(2027, 6, 5, 22))?.at;
    assert.deepEqual([winter, summer], [Date.UTC(2027, 0, 11, 21), Date.UTC(2027, 6, 12, 20)]);
  });

  it('comes once in the night that has its hour twice, and in the one that leaves it out', () => {
    const plan: Plan = { zone: 'Europe/Stockholm', when: { is: 'weekly', days: [7], minute: 150 } };
    assert.equal(timesBetween(plan, Date.UTC(2027, 9, 30, 12), Date.UTC(2027, 10, 1), 9), 1);
    assert.equal(timesBetween(plan, Date.UTC(2027, 2, 27, 12), Date.UTC(2027, 2, 29), 9), 1);
  });

  it('is over after its last day', () => {
    const until = Date.UTC(2027, 0, 12);
    const plan: Plan = { zone: 'UTC', when: { is: 'weekly', days: [1], minute: 0 }, until };
    assert.equal(nextTime(plan, Date.UTC(2027, 0, 5))?.at, Date.UTC(2027, 0, 11));
    assert.equal(nextTime(plan, Date.UTC(2027, 0, 11)), undefined);
  });
});

describe('a time that was typed', () => {
  /** A Saturday, 10:30 in Stockholm. */
  const now = Date.UTC(2026, 10, 21, 9, 30);
  const first = (when: TypedWhen, timeZone = 'Europe/Stockholm'): string => {
    const read = readPlan(when, { now, timeZone });
    if (!read.ok) return read.fault;
    return new Date(nextTime(read.plan, now)?.at ?? 0).toISOString().slice(0, 16);
  };
  const at = (hour: number, minutes = 0): number => hour * 60 + minutes;

  it('is today while it is still to come, else tomorrow', () => {
    assert.equal(first({ is: 'once', day: undefined, minute: at(22) }), '2026-11-21T21:00');
    assert.equal(first({ is: 'once', day: undefined, minute: at(6, 30) }), '2026-11-22T05:30');
  });

  it('is read by the clock of whoever typed it', () => {
    assert.equal(first({ is: 'once', day: undefined, minute: at(22) }, 'America/New_York'), '2026-11-22T03:00');
    assert.equal(first({ is: 'once', day: undefined, minute: at(22) }, 'nowhere'), '2026-11-21T22:00');
  });

  it('is on the day that was named', () => {
    assert.equal(first({ is: 'once', day: { is: 'ahead', days: 1 }, minute: at(6, 30) }), '2026-11-22T05:30');
    const weekday = { is: 'weekday', inNextWeek: false } as const;
    assert.equal(first({ is: 'once', day: { ...weekday, day: 1 }, minute: at(9) }), '2026-11-23T08:00');
    assert.equal(first({ is: 'once', day: { ...weekday, day: 6 }, minute: at(9) }), '2026-11-28T08:00');
    assert.equal(first({ is: 'once', day: { ...weekday, day: 6 }, minute: at(12) }), '2026-11-21T11:00');
    const next = { is: 'weekday', inNextWeek: true } as const;
    assert.equal(first({ is: 'once', day: { ...next, day: 6 }, minute: at(12) }), '2026-11-28T11:00');
    const date = { is: 'date', year: undefined, month: 12, day: 24 } as const;
    assert.equal(first({ is: 'once', day: date, minute: at(20) }), '2026-12-24T19:00');
    assert.equal(first({ is: 'once', day: { ...date, month: 2, day: 1 }, minute: at(20) }), '2027-02-01T19:00');
  });

  it('is after midnight when it is early tonight', () => {
    assert.equal(first({ is: 'once', day: { is: 'tonight' }, minute: at(22) }), '2026-11-21T21:00');
    assert.equal(first({ is: 'once', day: { is: 'tonight' }, minute: at(2) }), '2026-11-22T01:00');
  });

  it('counts from now where that was said', () => {
    assert.equal(first({ is: 'in', ms: 2 * HOUR }), '2026-11-21T11:30');
  });

  it('is refused when it is over, too far away, or on no day', () => {
    assert.equal(first({ is: 'once', day: { is: 'ahead', days: 0 }, minute: at(9) }), 'past');
    assert.equal(first({ is: 'in', ms: LONGEST_PLAN + MINUTE }), 'too-far');
    const never = { is: 'date', year: 2027, month: 2, day: 30 } as const;
    assert.equal(first({ is: 'once', day: never, minute: at(9) }), 'unclear');
  });

  it('repeats for half a year', () => {
    const read = readPlan({ is: 'weekly', days: [5, 1, 5], minute: 0 }, { now, timeZone: 'UTC' });
    assert.ok(read.ok);
    assert.deepEqual(read.plan, {
      zone: 'UTC',
      when: { is: 'weekly', days: [1, 5], minute: 0 },
      until: now + LONGEST_PLAN,
    });
  });
});
