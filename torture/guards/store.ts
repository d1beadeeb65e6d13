import { calm } from '../scenario.ts';
import type { Guard } from './guard.ts';

const SHORT = { store: 'sqlite', minutes: 1.5, asksPerMinute: 40 } as const;
const SHARED = { ...SHORT, store: 'postgres', replicas: 2 } as const;

/** What keeps rows from being lost, and from being worked on twice. */
export const STORE: readonly Guard[] = [
  {
    name: 'acknowledge',
    why: 'a message is answered when it is written down, not before',
    taken: [
      { file: 'src/teams/bot.ts', changes: [['await this.#parts.commands.take(', 'void this.#parts.commands.take(']] },
    ],
    bout: {
      seed: 'acknowledge',
      ...calm({ ...SHARED, replicas: 1, databaseLives: 20, botLives: 25 }),
    },
    breaks: ['started once', 'died only if killed'],
  },
  {
    name: 'outage',
    why: 'what could not be written down is not acknowledged',
    taken: [{ file: 'src/teams/door.ts', changes: [['this.#parts.isOutage(fault) ? 503 : 200', '200']] }],
    bout: { seed: 'outage', ...calm({ ...SHARED, replicas: 1, databaseLives: 20, minutes: 2 }) },
    breaks: ['started once'],
  },
  {
    name: 'lease',
    why: 'a row that somebody works on is nobody else’s',
    taken: [
      {
        file: 'src/store/claim.ts',
        changes: [["\n    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))", '']],
      },
    ],
    bout: { seed: 'lease', ...calm({ ...SHARED, teamsTroubleEvery: 2 }) },
    breaks: ['nearly once'],
  },
  {
    name: 'take-over',
    why: 'what a dead bot was working on is taken over',
    taken: [{ file: 'src/store/claim.ts', changes: [["eb('lease_until', '<=', now)", "eb('lease_until', '<', 0)"]] }],
    bout: { seed: 'take-over', ...calm({ ...SHARED, botLives: 25 }) },
    breaks: ['every end told', 'nothing left'],
  },
  {
    name: 'fence',
    why: 'whoever was frozen over the end of a lease cannot end the claim of another',
    taken: [
      {
        file: 'src/store/claim-ends.ts',
        changes: [[' and attempt = ${claim.attempt} and lease_until is not null', '']],
      },
    ],
    bout: {
      seed: 'fence',
      ...calm({
        ...SHARED,
        replicas: 3,
        botLives: 12,
        freezes: 1,
        longestFreeze: 90,
        minutes: 3,
        teamsTroubleEvery: 2,
      }),
    },
    breaks: ['every end told', 'nothing left', 'started once', 'in order'],
  },
  {
    name: 'order',
    why: 'of the messages of a thread only the first may go out',
    taken: [
      {
        file: 'src/store/claim.ts',
        changes: [["return kind === 'message' ? rows.where(isHead) : rows;", 'return rows;']],
      },
    ],
    bout: { seed: 'order', ...calm({ ...SHORT, teamsTroubleEvery: 0.5 }) },
    breaks: ['in order', 'nearly once'],
  },
  {
    name: 'message-id',
    why: 'a message that is written again is the same message',
    taken: [
      {
        file: 'src/store/queue-messages.ts',
        changes: [
          [
            "const insert = tx.insertInto('message').values({ id, thread,",
            "const insert = tx.insertInto('message').values({ id: `${id}:${Math.random()}`, thread,",
          ],
        ],
      },
    ],
    bout: { seed: 'message-id', ...calm({ ...SHORT, readTrouble: 0.5 }) },
    breaks: ['nearly once'],
  },
];
