import type { Random } from '../random.ts';
import type { Trouble } from '../ledger/entry.ts';
import type { Scenario } from '../scenario.ts';

/** How the troubles of starts share out. */
const OF_STARTS: Readonly<Partial<Record<Trouble, number>>> = {
  'answer-lost': 0.24,
  late: 0.14,
  'late-and-lost': 0.1,
  'failed-after': 0.08,
  'answered-late': 0.08,
  cut: 0.09,
  failed: 0.07,
  unavailable: 0.07,
  gateway: 0.05,
  throttled: 0.08,
};

const OF_READS: Readonly<Partial<Record<Trouble, number>>> = {
  'answer-lost': 0.2,
  late: 0.15,
  cut: 0.15,
  failed: 0.15,
  unavailable: 0.15,
  gateway: 0.1,
  throttled: 0.1,
};

/** What a call meets, by chance; undefined for nothing. */
export function troubleFor(api: string, random: Random, scenario: Scenario): Trouble | undefined {
  const isStart = api === 'start-scan';
  if (!random.chance(isStart ? scenario.startTrouble : scenario.readTrouble)) return undefined;
  return random.among(isStart ? OF_STARTS : OF_READS);
}

export type Course = 'on its way' | 'not carried out';

/** Whether Defender gets to see the call. */
export function courseOf(trouble: Trouble | undefined): Course {
  switch (trouble) {
    case undefined:
    case 'answer-lost':
    case 'late':
    case 'late-and-lost':
    case 'failed-after':
    case 'answered-late':
      return 'on its way';
    case 'cut':
    case 'failed':
    case 'unavailable':
    case 'gateway':
    case 'throttled':
    case 'over-quota':
      return 'not carried out';
  }
}

/** The status that stands in for an answer; 0 where the line is cut, undefined where the true answer goes out. */
export function statusInstead(trouble: Trouble | undefined): number | undefined {
  switch (trouble) {
    case undefined:
    case 'late':
    case 'answered-late':
      return undefined;
    case 'answer-lost':
    case 'late-and-lost':
    case 'cut':
      return 0;
    case 'failed-after':
    case 'failed':
      return 500;
    case 'unavailable':
      return 503;
    case 'gateway':
      return 502;
    case 'throttled':
    case 'over-quota':
      return 429;
  }
}
