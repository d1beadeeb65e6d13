import type { ScanType } from '../../scan/device.ts';
import type { ActionStatus } from '../defender/stand-in-action.ts';

/**
 * What really happened, as the stand-ins saw it, in the order in which it did. People go by their handles. Presses are not
 * among it: what they cause may be there before their answer.
 */
export type Happening =
  /** Somebody wrote to the bot. */
  | { readonly is: 'said'; readonly by: string; readonly conversation: string }
  /** The bot showed a card, or drew one anew. */
  | CardHappening
  /** Defender was asked in somebody's name to start a scan, and found another one running there. */
  | { readonly is: 'busy'; readonly by: string; readonly device: string }
  | ActionHappening
  /** The bot mentioned somebody. */
  | { readonly is: 'told'; readonly whom: string };

export interface CardHappening {
  readonly is: 'shown';
  readonly conversation: string;
  readonly message: string;
  readonly verbs: readonly string[];
  /** Whether devices are found in it while somebody types. */
  readonly searches: boolean;
}

/** A scan has come into being or has changed. */
export interface ActionHappening {
  readonly is: 'action';
  readonly id: string;
  readonly device: string;
  readonly type: ScanType | undefined;
  readonly status: ActionStatus;
  /** Undefined for somebody who is not among the people here. */
  readonly by: string | undefined;
  /** Whether the device was switched off at that moment. */
  readonly asleep: boolean;
}
