import { calm } from '../scenario.ts';
import type { Guard } from './guard.ts';

const SHORT = { store: 'sqlite', minutes: 2, asksPerMinute: 40 } as const;

/** What Defender and Teams are promised. */
export const TOWARDS_OTHERS: readonly Guard[] = [
  {
    name: 'budget',
    why: 'no more calls than Defender allows',
    taken: [
      {
        file: 'src/defender/call-budget.ts',
        changes: [['return retryAt === undefined ? { ok: true } : { ok: false, retryAt };', 'return { ok: true };']],
      },
    ],
    bout: {
      seed: 'budget',
      ...calm({ ...SHORT, asksPerMinute: 200, minutes: 2, people: 12, reader: 'requester' }),
    },
    breaks: ['within budget'],
  },
  {
    name: 'pause',
    why: 'whoever is asked to wait waits, for all',
    taken: [
      {
        file: 'src/defender/call-budget.ts',
        changes: [['return this.#count.pause(quotaOf(api), retryAt);', 'return Promise.resolve();']],
      },
    ],
    bout: { seed: 'pause', ...calm({ ...SHORT, readTrouble: 0.4, startTrouble: 0.3 }) },
    breaks: ['pauses heeded'],
  },
  {
    name: 'retry',
    why: 'what Teams may not have got goes out again',
    taken: [
      {
        file: 'src/teams/undelivered.ts',
        changes: [
          ["      case 'unknown':\n        return this.later(claim);", "      case 'unknown':\n        return DONE;"],
        ],
      },
    ],
    bout: { seed: 'retry', ...calm({ ...SHORT, teamsTroubleEvery: 0.5 }) },
    breaks: ['every end told'],
  },
];
