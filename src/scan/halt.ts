import type { PersonId, Time } from './ids.ts';

/** What an operator said about new scans. The latest word holds. */
export interface Halt {
  readonly is: 'paused' | 'resumed';
  readonly by: PersonId;
  /** How Teams names them. */
  readonly name: string;
  readonly at: Time;
  /** As typed; empty when none was given. People read it. */
  readonly reason: string;
}
