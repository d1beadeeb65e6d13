import type { MoodInfo } from '../../page/world.ts';
import type { Outside } from '../town.ts';
import { DEFENDER_MOODS } from './defender-moods.ts';
import { ENTRA_MOODS } from './entra-moods.ts';
import type { Mood } from './mood.ts';
import { TEAMS_MOODS } from './teams-moods.ts';

export const MOODS: readonly Mood[] = [...DEFENDER_MOODS, ...ENTRA_MOODS, ...TEAMS_MOODS];

export function moodViews(outside: Outside): readonly MoodInfo[] {
  return MOODS.map((mood) => {
    const { id, of, title, description, oneShot } = mood;
    return { id, of, title, description, oneShot, active: mood.isOn(outside) };
  });
}

/** How it is on the first day: scans succeed at their end. */
export function setUsualMoods(outside: Outside): void {
  outside.defender.moods.start('succeeds-late');
  // The quota belongs to a tenant's whole day; a sandbox is played with.
  outside.defender.moods.start('no-quota');
}
