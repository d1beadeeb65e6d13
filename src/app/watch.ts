import type { Time } from '../scan/ids.ts';
import type { Clock } from '../scan/ports.ts';
import { SECOND } from '../scan/time.ts';
import { isOutage } from '../store/outage.ts';
import type { Watch } from '../teams/teams.ts';
import { newReference } from './background.ts';
import type { House } from './house.ts';

/** What the operator sees of the turns: lines and counts, never what people wrote. */
export function watchOf({ metrics, courses, faults, background, log, clock }: House): Watch {
  const mayLog = onceA(SECOND, clock);
  return {
    inTurn: (kind, work) => inTurn(kind, work, { metrics, courses }),
    refused: (status, why) => {
      metrics.refused(why);
      if (mayLog(why)) log.info({ status, why }, 'An activity was turned away');
    },
    fault: (where, fault, reference) => {
      faults.note(where, fault, reference === undefined ? {} : { reference });
    },
    note: (facts, what) => {
      log.warn(facts, what);
    },
    isOutage,
    inBackground: background.run,
    metrics: () => metrics.text(),
  };
}

/** Under a short id of its own, which its lines of the log have in common. */
function inTurn<T>(kind: string, work: () => Promise<T>, { metrics, courses }: TurnParts): Promise<T> {
  metrics.turn(kind);
  const start = { name: `turn ${kind}`, facts: { 'scanbot.kind': kind }, turn: newReference() };
  return courses.run(start, async () => {
    const began = performance.now();
    try {
      return await work();
    } finally {
      metrics.turnTook(kind, (performance.now() - began) / 1000);
    }
  });
}

type TurnParts = Pick<House, 'metrics' | 'courses'>;

/** Strangers must not fill the log: one line a second for each reason, the rest is counted. */
function onceA(pause: Time, clock: Clock): (what: string) => boolean {
  const last = new Map<string, Time>();
  return (what) => {
    const now = clock.now();
    if (now - (last.get(what) ?? -Infinity) < pause) return false;
    last.set(what, now);
    return true;
  };
}
