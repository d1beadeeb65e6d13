import type { Clock } from '../../src/scan/ports.ts';
import type { Time } from '../../src/scan/ids.ts';
import type { KeptStore } from '../../src/store/kept-store.ts';
import type { StoreLog } from '../../src/store/store-log.ts';
import { DAY } from '../../src/scan/time.ts';
import type { Place } from '../../src/store/commands/command.ts';
import { describeAudit } from './audit-suite.ts';
import { describeBatches } from './batch-suite.ts';
import { describeTraces } from './trace-suite.ts';
import { describeCallCount } from './call-count-suite.ts';
import { describeClaims } from './claim-suite.ts';
import { describeCommits } from './commit-suite.ts';
import { describeDeviceLocks } from './device-lock-suite.ts';
import { describeForgetting } from './forget-suite.ts';
import { describeEndings } from './ending-suite.ts';
import { describeInvariants } from './invariant-suite.ts';
import { describeLimits } from './limit-suite.ts';
import { describeReading } from './reading-suite.ts';
import { NOON } from './records.ts';
import { describeReports } from './report-suite.ts';
import { describeRetention } from './retention-suite.ts';
import { describeSchedules } from './schedule-suite.ts';
import { describeSearches } from './search-suite.ts';

/** Stands still until it is set. */
export class StillClock implements Clock {
  time: Time = NOON;

  now(): Time {
    return this.time;
  }

  after(): () => void {
    throw new Error('The store sets no timers.');
  }
}

/** What the stores of the suite are opened with. */
export const KEEP_FINISHED = 400 * DAY;
export const KEEP_SENT = 7 * DAY;

/** For what is expected to go wrong. */
export const quiet: StoreLog = { warn: () => undefined };

export interface OpenedStore {
  readonly store: KeptStore;
  /** As a command finds it. */
  readonly place: Place;
  /** Closes the store and does away with what it kept. */
  readonly remove: () => Promise<void>;
}

/** Opens an empty store. */
export type OpenEmpty = (clock: Clock) => Promise<OpenedStore>;

/** What is open during one test. */
export interface Bench {
  readonly store: KeptStore;
  readonly place: Place;
  readonly clock: StillClock;
}

export type OnBench = (test: (bench: Bench) => Promise<void>) => () => Promise<void>;

/** Everything that the port promises, for any engine behind it; `runs` of what happens at random. */
export function storeSuite(name: string, open: OpenEmpty, runs: number): void {
  const onBench: OnBench = (test) => async () => {
    const clock = new StillClock();
    const { store, place, remove } = await open(clock);
    try {
      await test({ store, place, clock });
    } finally {
      await remove();
    }
  };
  describe(`a store (${name})`, () => {
    describeCommits(onBench);
    describeReading(onBench);
    describeEndings(onBench);
    describeLimits(onBench);
    describeClaims(onBench);
    describeDeviceLocks(onBench);
    describeRetention(onBench);
    describeSchedules(onBench);
    describeSearches(onBench);
    describeBatches(onBench);
    describeAudit(onBench);
    describeForgetting(onBench);
    describeTraces(onBench);
    describeReports(onBench);
    describeCallCount(onBench, open);
    describeInvariants(open, runs);
  });
}
