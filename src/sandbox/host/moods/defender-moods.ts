import type { MoodName, MoodSettings } from '../../defender/moods.ts';
import { lastingMood } from './mood.ts';
import type { About, Mood } from './mood.ts';

type Sketch = About & { readonly settings?: MoodSettings };

const AT_THE_START = { on: 'start-scan' } as const;

/** How Defender can feel. A new one: a line here, and what it does in `defender/mood-list.ts`. */
export const DEFENDER_MOODS: readonly Mood[] = [
  lasting('slow', {
    id: 'defender-slow',
    title: 'Slow',
    description: 'Every answer of Defender takes three seconds.',
  }),
  once('throttled', {
    id: 'defender-throttled',
    title: 'Too many calls (429)',
    description: 'The next start of a scan is refused with the wish to wait ten seconds.',
    settings: { ...AT_THE_START, seconds: 10 },
  }),
  once('fails', {
    id: 'defender-fails',
    title: 'Internal error (500)',
    description: 'The next start of a scan ends in an internal error, and nobody knows whether it was taken.',
    settings: AT_THE_START,
  }),
  once('beaten', {
    id: 'already-scanning-refused',
    title: 'Already scanning: refused',
    description: 'A colleague is quicker: the next start finds their scan running and is refused (400).',
    settings: { word: 'refused' },
  }),
  once('beaten', {
    id: 'already-scanning-existing',
    title: 'Already scanning: the existing one',
    description: 'A colleague is quicker: the next start is answered with their scan, as if it were a new one.',
    settings: { word: 'existing' },
  }),
  lasting('permission-missing', {
    id: 'permission-missing',
    title: 'Permission missing (403)',
    description: 'The app may not start scans: Defender refuses every start for want of Machine.Scan.',
    settings: AT_THE_START,
  }),
  once('cut', {
    id: 'network-cut',
    title: 'Network cut',
    description: 'The line breaks before Defender has read the next start of a scan.',
    settings: AT_THE_START,
  }),
  once('answer-lost', {
    id: 'answer-lost',
    title: 'Answer lost',
    description: 'Defender takes the next start of a scan, but its answer never arrives.',
    settings: AT_THE_START,
  }),
  lastingMood(
    'defender',
    {
      id: 'succeeded-early',
      title: 'Succeeded early',
      description: 'Defender says “Succeeded” as soon as the device has taken a scan; off, at its true end.',
    },
    {
      isOn: ({ defender }) => defender.moods.find('succeeds-late') === undefined,
      turn: ({ defender }, on) => {
        if (on) defender.moods.stop('succeeds-late');
        else defender.moods.start('succeeds-late');
      },
    },
  ),
  lasting('scan-fails', {
    id: 'scan-fails',
    title: 'Scans fail',
    description: 'Devices take scans, and cannot finish them.',
  }),
];

function lasting(name: MoodName, about: Sketch): Mood {
  return mood(name, about, false);
}

function once(name: MoodName, about: Sketch): Mood {
  return mood(name, { ...about, settings: { ...about.settings, times: 1 } }, true);
}

function mood(name: MoodName, { settings = {}, ...about }: Sketch, oneShot: boolean): Mood {
  return {
    ...about,
    of: 'defender',
    oneShot,
    isOn: ({ defender }) =>
      defender.moods.active.some((one) => one.name === name && one.settings.word === settings.word),
    turn: ({ defender }, on) => {
      if (on) defender.moods.start(name, settings);
      else defender.moods.stop(name);
    },
  };
}
