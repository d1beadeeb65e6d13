import type { MoodInfo } from '../../page/world.ts';
import type { Outside } from '../town.ts';

/** Something that can be out of the ordinary on Microsoft's side, as a switch on the page. */
export interface Mood extends Omit<MoodInfo, 'active'> {
  isOn(outside: Outside): boolean;
  turn(outside: Outside, on: boolean): void;
}

export type About = Pick<Mood, 'id' | 'title' | 'description'>;

/** A mood that stays until it is turned off. */
export function lastingMood(of: Mood['of'], about: About, how: Pick<Mood, 'isOn' | 'turn'>): Mood {
  return { ...about, of, oneShot: false, ...how };
}
