import type { PersonId } from '../scan/ids.ts';

/** Hears of what other replicas have written. */
export interface Wakes {
  onWake(listener: () => void): void;
  /** Somebody signed out at another replica; `anybody` may have, while nothing could be heard. */
  onSignOut(listener: (who: PersonId | 'anybody') => void): void;
  close(): Promise<void>;
}
