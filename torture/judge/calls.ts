import { HOUR, MINUTE, SECOND } from '../../src/scan/time.ts';
import type { Call } from '../ledger/entry.ts';
import { grouped } from '../ledger/grouped.ts';
import type { Evidence, Violation } from './violation.ts';

/** As documented: for most APIs, and for those that have one of their own. */
const USUAL = { minute: 100, hour: 1500 };
const OWN: Readonly<Record<string, typeof USUAL>> = {
  'av-health': { minute: 30, hour: 1000 },
  hunting: { minute: 45, hour: 1500 },
};

/**
 * A call is counted when it leaves, and seen when it comes: on a busy machine a moment lies between the two, which
 * lapsed time makes long. By so much, on the wall, the windows are shorter that calls are counted in here.
 */
const MOMENT = 0.15 * SECOND;

/** No call over the budget. */
export function withinBudget({ ledger, scenario }: Evidence): readonly Violation[] {
  const apis = grouped(ledger.calls, ({ api }) => api);
  return [...apis].flatMap(([api, calls]) =>
    quotasOf(api).flatMap(({ length, most }) => {
      const window = length - MOMENT * scenario.pace;
      const over = calls.filter((call, index) => call.at - (calls[index - most]?.at ?? -Infinity) < window);
      if (over.length === 0) return [];
      const what = `${over.length} calls of ${api} were more than ${most} in ${length / SECOND} s`;
      return [{ rule: 'within budget', what, asks: [] }];
    }),
  );
}

function quotasOf(api: string): readonly { readonly length: number; readonly most: number }[] {
  const { minute, hour } = OWN[api] ?? USUAL;
  return [
    { length: MINUTE, most: minute },
    { length: HOUR, most: hour },
  ];
}

/** Whoever is asked to wait waits, all replicas together, unless the one who was asked died before it could tell. */
export function pausesHeeded({ ledger, scenario }: Evidence): readonly Violation[] {
  // Until the answer is read and told to all: on a busy machine that takes its time.
  const moment = SECOND * scenario.pace;
  const asked = ledger.calls.filter(({ trouble }) => trouble === 'throttled');
  return asked.flatMap((throttled) => {
    const from = (throttled.answeredAt ?? throttled.at) + moment;
    const until = (throttled.pauseUntil ?? 0) - MOMENT * scenario.pace;
    const isTold = !ledger.blows.some(({ at, how }) => how !== 'starts' && Math.abs(at - from) < 15 * SECOND);
    const early = isTold ? ledger.calls.filter(({ api, at }) => api === throttled.api && at > from && at < until) : [];
    return early.length === 0 ? [] : [{ rule: 'pauses heeded', what: describe(throttled, early), asks: [] }];
  });
}

function describe({ api, at, pauseUntil = 0 }: Call, early: readonly Call[]): string {
  return `${early.length} calls of ${api} came while Defender had asked for ${(pauseUntil - at) / SECOND} s without any`;
}
