import type { Exercise, World } from '../page/world.ts';
import { alertViews, deviceViews } from './device-view.ts';
import { moodViews } from './moods/mood-list.ts';
import { TIME_LAPSES } from './pace.ts';
import { initialsOf, PEOPLE } from './people.ts';
import { placesOf } from './places.ts';
import type { Outside } from './town.ts';

/** What one can type, as the bot's help has it. */
const COMMANDS = [
  'scan fin-laptop-07',
  'scan full fin-laptop-07 because alert 3212',
  'status fin-laptop-07',
  'cancel fin-laptop-07',
  'my scans',
  'sign out',
  'help',
];

export function worldView(outside: Outside, timeLapse: number, drill: readonly Exercise[]): World {
  const { teams, defender } = outside;
  const { bot } = teams.world.cast;
  return {
    bot: { name: bot.name, initials: initialsOf(bot.name) },
    people: PEOPLE.map(({ handle, name, role, locale, timeZone }) => {
      return { handle, name, initials: initialsOf(name), role, locale, timeZone };
    }),
    places: placesOf(teams.world),
    devices: deviceViews(defender),
    alerts: alertViews(defender),
    moods: moodViews(outside),
    timeLapse,
    timeLapses: TIME_LAPSES,
    drill,
    commands: COMMANDS,
  };
}
