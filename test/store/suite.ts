import type { Clock, Store } from '../../src/scan/ports.ts';
import type { Time } from '../../src/scan/ids.ts';
import { describeClaims } from './claim-suite.ts';
import { describeCommits } from './commit-suite.ts';
import { describeInvariants } from './invariant-suite.ts';
import { describeReading } from './reading-suite.ts';
import { NOON } from './records.ts';

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

export interface OpenedStore {
  readonly store: Store;
  /** Closes the store and does away with what it kept. */
  readonly remove: () => Promise<void>;
}

/** Opens an empty store. */
export type OpenEmpty = (clock: Clock) => Promise<OpenedStore>;

/** What is open during one test. */
export interface Bench {
  readonly store: Store;
  readonly clock: StillClock;
}

export type OnBench = (test: (bench: Bench) => Promise<void>) => () => Promise<void>;

/** Everything that the port promises, for any engine behind it. */
export function storeSuite(name: string, open: OpenEmpty): void {
  const onBench: OnBench = (test) => async () => {
    const clock = new StillClock();
    const { store, remove } = await open(clock);
    try {
      await test({ store, clock });
    } finally {
      await remove();
    }
  };
  describe(`a store (${name})`, () => {
    describeCommits(onBench);
    describeReading(onBench);
    describeClaims(onBench);
    describeInvariants(open);
  });
}
