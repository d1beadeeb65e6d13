import type { PersonId, Time } from '../scan/ids.ts';
import type { CallCount, Store } from '../scan/ports.ts';
import type { KeptAudit } from './audit/kept-audit.ts';
import type { Counts } from './counts.ts';

/** A store, with what its owner does for it. */
export interface KeptStore extends Store {
  readonly calls: CallCount;
  readonly audit: KeptAudit;
  /** Calls back when another replica has made something due. */
  onWake(listener: () => void): void;
  /** Calls back when somebody has signed out at another replica; with `anybody` when that may have been missed. */
  onSignOut(listener: (who: PersonId | 'anybody') => void): void;
  counts(): Promise<Counts>;
  callsSince(time: Time): Promise<ReadonlyMap<string, number>>;
  /** Lets go of what is past its time; resolves with how many rows that were. */
  sweep(): Promise<number>;
}
