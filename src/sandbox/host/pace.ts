import { MINUTE, SECOND } from '../../scan/time.ts';
import type { World } from '../page/world.ts';
import { USUAL_PACE } from '../defender/stand-in-action.ts';
import type { Pace } from '../defender/stand-in-action.ts';

/** What stays long enough to be seen, as fast as the page lets it go. */
const SHORTEST: Pace = {
  pickUp: 1.5 * SECOND,
  acknowledge: 2 * SECOND,
  quick: 4 * SECOND,
  full: 5 * SECOND,
  expiry: MINUTE,
};

const USUAL_TIME_LAPSE = 360;
const FASTEST_SEEN = 1440;

export const TIME_LAPSES: World['timeLapses'] = [
  { factor: 1, says: 'As in life: a full scan takes two hours' },
  { factor: 60, says: 'A full scan takes two minutes' },
  { factor: USUAL_TIME_LAPSE, says: 'A full scan takes 20 seconds' },
  { factor: FASTEST_SEEN, says: 'A full scan takes 5 seconds' },
];

/** How long things take at Defender. Only that is sped up: tokens and messages go by the real time. */
export class SandboxPace implements Pace {
  factor = USUAL_TIME_LAPSE;

  get pickUp(): number {
    return this.#sped('pickUp');
  }

  get acknowledge(): number {
    return this.#sped('acknowledge');
  }

  get quick(): number {
    return this.#sped('quick');
  }

  get full(): number {
    return this.#sped('full');
  }

  get expiry(): number {
    return this.#sped('expiry');
  }

  #sped(part: keyof Pace): number {
    const usual = USUAL_PACE[part];
    const shortest = SHORTEST[part] / Math.max(1, this.factor / FASTEST_SEEN);
    return Math.min(usual, Math.max(usual / this.factor, shortest));
  }
}
