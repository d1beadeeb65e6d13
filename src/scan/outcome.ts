import type { Time } from './ids.ts';
import type { Claim, Posted, Store } from './ports.ts';

/**
 * What became of a claimed row: `moved` by a commit of the handler's own, `done` with, to be taken `again` later
 * (a wait, no fault), or `dead`: impossible now and later.
 */
export type Outcome =
  | { readonly is: 'moved' }
  | ({ readonly is: 'done' } & Posted)
  | { readonly is: 'again'; readonly at: Time; readonly failed?: boolean }
  | { readonly is: 'dead'; readonly why: string };

export const MOVED: Outcome = { is: 'moved' };
export const DONE = { is: 'done' } as const;

export function again(at: Time): Outcome {
  return { is: 'again', at };
}

export interface Worker {
  work(claim: Claim): Promise<Outcome>;
  /** The row failed for good: tell whoever waits for it. `reference` ties the words to the log. */
  giveUp(claim: Claim, reference: string): Promise<Outcome>;
}

export async function writeOutcome(store: Store, claim: Claim, outcome: Outcome): Promise<void> {
  switch (outcome.is) {
    case 'moved':
      return;
    case 'done':
      return store.finish(claim, outcome);
    case 'again':
      return store.putBack(claim, outcome.at, outcome.failed ?? false);
    case 'dead':
      return store.bury(claim, outcome.why);
  }
}
