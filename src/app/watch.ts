import type { Watch } from '../teams/teams.ts';
import type { House } from './house.ts';

/** What the operator sees of the turns: lines and counts, never what people wrote. */
export function watchOf({ metrics, faults, background, log }: House): Watch {
  return {
    turn: (kind) => {
      metrics.turn(kind);
    },
    refused: (status, why) => {
      log.info({ status, why }, 'An activity was turned away');
    },
    fault: (where, fault, reference) => {
      faults.note(where, fault, reference === undefined ? {} : { reference });
    },
    note: (facts, what) => {
      log.warn(facts, what);
    },
    inBackground: background.run,
    metrics: () => metrics.text(),
  };
}
