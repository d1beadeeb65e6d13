import { calm } from '../scenario.ts';
import type { Guard } from './guard.ts';

const SHORT = { store: 'sqlite', minutes: 1.5, asksPerMinute: 40 } as const;

const SHARED = { store: 'postgres', replicas: 3, minutes: 3, asksPerMinute: 40, takesTwo: 1 } as const;

/** What keeps a scan from being started twice. */
export const ONCE: readonly Guard[] = [
  {
    name: 'intention',
    why: 'that a scan is about to be sent is written down before it is sent',
    taken: [
      {
        file: 'src/scan/work/submit.ts',
        changes: [['if (!(await parts.store.commit(intended))) return again(parts.clock.now());', '']],
      },
    ],
    bout: { seed: 'intention', ...calm({ ...SHORT, takesTwo: 1, minutes: 1 }) },
    breaks: ['started once', 'nothing left'],
  },
  {
    name: 'look',
    why: 'after a start without an answer the bot looks before it sends again',
    taken: [
      {
        file: 'src/scan/work/look.ts',
        changes: [
          [
            'if (found !== undefined) return followScan(request, found, parts);',
            'if (request.stage.lost === 0) return commit(parts.store, sendAgain(request, parts.clock.now()));\n' +
              '  if (found !== undefined) return followScan(request, found, parts);',
          ],
        ],
      },
    ],
    bout: { seed: 'look', ...calm({ ...SHORT, takesTwo: 1, startTrouble: 0.4 }) },
    breaks: ['started once'],
  },
  {
    name: 'lost-call',
    why: 'nobody looks for a lost start before its call is surely over',
    taken: [
      {
        file: 'src/scan/moves.ts',
        changes: [
          ['lookAt: now + LONGEST_CALL + LOOKS[0]', 'lookAt: now'],
          ['(isOffTime ? LONGEST_CALL + LOOKS[0] : pause)', '0'],
        ],
      },
    ],
    bout: { seed: 'lost-call', ...calm({ ...SHORT, takesTwo: 1, startTrouble: 0.7, minutes: 2 }) },
    breaks: ['started once'],
  },
  {
    name: 'looks-again',
    why: 'a scan that is not in the list yet is looked for again',
    taken: [
      {
        file: 'src/scan/moves.ts',
        changes: [['LOOKS = [2 * SECOND, 5 * SECOND, 10 * SECOND]', 'LOOKS = [-3 * SECOND]']],
      },
    ],
    bout: { seed: 'looks-again', ...calm({ ...SHORT, takesTwo: 1, startTrouble: 0.7, hidesNew: 9, minutes: 2 }) },
    breaks: ['started once'],
  },
  {
    name: 'own-scan',
    why: 'a scan is known for one’s own by its words and its requester',
    taken: [
      { file: 'src/scan/following.ts', changes: [['return isBy(scan.requester, sent.accounts);', 'return false;']] },
    ],
    bout: { seed: 'own-scan', ...calm({ ...SHORT, startTrouble: 0.4 }) },
    breaks: ['started once'],
  },
  {
    name: 'first-writer',
    why: 'of two who move a request, whoever writes first has decided',
    taken: [{ file: 'src/store/commit.ts', changes: [["\n    .where('rev', '=', before.rev)", '']] }],
    bout: {
      seed: 'first-writer',
      ...calm({
        ...SHARED,
        botLives: 15,
        freezes: 1,
        longestFreeze: 60,
        startTrouble: 0.3,
        doublePresses: 1,
        repeats: 0.5,
      }),
    },
    breaks: ['started once', 'every end told', 'nothing left'],
  },
  {
    name: 'once-mark',
    why: 'an activity that is delivered again does nothing',
    taken: [
      {
        file: 'src/store/commit.ts',
        changes: [['if (write.once !== undefined && !(await mark(tx, write.once, now))) throw new Lost();', '']],
      },
    ],
    bout: { seed: 'once-mark', ...calm({ ...SHORT, repeats: 0.5 }) },
    breaks: ['started once'],
  },
];
