import { SECOND } from '../../../scan/time.ts';
import type { TokenMood, Trouble } from '../../teams/moods.ts';
import { lastingMood } from './mood.ts';
import type { About, Mood } from './mood.ts';

const THROTTLED: Trouble = { status: 429, code: 'Throttled', retryAfter: '5', method: 'POST' };

export const TEAMS_MOODS: readonly Mood[] = [
  once(THROTTLED, {
    id: 'teams-throttled',
    title: 'Too many messages (429)',
    description: 'The bot’s next message is refused with the wish to wait five seconds.',
  }),
  once('lost', {
    id: 'teams-answer-lost',
    title: 'Answer lost',
    description: 'The bot’s next message or update arrives, but the bot does not learn of it.',
  }),
  ofSignIn(
    { kind: 'slow', ms: SECOND },
    {
      id: 'sign-in-slow',
      title: 'Sign-in service slow',
      description: 'The Token Service takes a second for every answer.',
    },
  ),
  ofSignIn(
    { kind: 'fails', status: 503 },
    {
      id: 'sign-in-down',
      title: 'Sign-in service down',
      description: 'The Token Service answers nothing but 503.',
    },
  ),
  ofSignIn(
    { kind: 'wants-consent' },
    {
      id: 'silent-sign-in-refused',
      title: 'No silent sign-in',
      description: 'The Token Service refuses what Teams offers by itself: people sign in with the button.',
    },
  ),
];

function once(trouble: Trouble | 'lost', about: About): Mood {
  return {
    ...about,
    of: 'teams',
    oneShot: true,
    isOn: ({ teams }) => teams.moods.planned.includes(trouble),
    turn: ({ teams }, on) => {
      teams.moods.connectorForgets(trouble);
      if (on && trouble === 'lost') teams.moods.connectorLosesAnswers();
      if (on && trouble !== 'lost') teams.moods.connectorAnswers(trouble);
    },
  };
}

function ofSignIn(tokens: TokenMood, about: About): Mood {
  return lastingMood('teams', about, {
    isOn: ({ teams }) => teams.moods.tokens.kind === tokens.kind,
    turn: ({ teams }, on) => {
      teams.moods.tokens = on ? tokens : { kind: 'well' };
    },
  });
}
