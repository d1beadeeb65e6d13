/** How a call to Defender fared on its way, when it did not simply get through. */
export type Trouble =
  /** Carried out, and the answer lost. */
  | 'answer-lost'
  /** Long on its way, then carried out, whether somebody still waits for it or not. */
  | 'late'
  | 'late-and-lost'
  /** Carried out, and answered with a 500 all the same. */
  | 'failed-after'
  /** Carried out at once, and answered when nobody waits any more. */
  | 'answered-late'
  /** Not carried out: */
  | 'cut'
  | 'failed'
  | 'unavailable'
  | 'gateway'
  | 'throttled'
  /** The documented quota was used up: the bot called too often. */
  | 'over-quota';

/** A call as it came to Defender's door. */
export interface Call {
  readonly what: 'call';
  readonly at: number;
  readonly api: string;
  /** The device, the action, or the query. */
  readonly about: string;
  /** In whose name. */
  readonly by: string;
  readonly comment: string | undefined;
  trouble: Trouble | undefined;
  /** What the caller was answered, 0 for nothing. */
  status: number | undefined;
  answeredAt: number | undefined;
  /** When Defender asked for a pause: until when. */
  pauseUntil?: number;
}

/** Defender's record of a scan, and how long it kept the device busy. */
export interface Scan {
  readonly what: 'scan';
  readonly at: number;
  readonly id: string;
  readonly device: string;
  readonly by: string;
  readonly comment: string;
  /** Whether the device was busy when it came: Defender takes some of these, too. */
  status: string;
  endedAt: number | undefined;
}

/** A message or a card of the bot, posted or changed, as Teams answered it. */
export interface Said {
  readonly what: 'said';
  readonly at: number;
  readonly thread: string;
  readonly how: 'post' | 'edit';
  readonly kind: 'card' | 'text';
  /** The words, or the heading of the card. */
  readonly text: string;
  /** 0 where it was taken and the answer lost. */
  readonly status: number;
  /** The message changed or made, where Teams told. */
  readonly message: string;
}

/** Something a person did, and what the bot answered them. */
export interface Act {
  readonly what: 'act';
  readonly at: number;
  readonly ask: string;
  readonly how: 'says' | 'says again' | 'says anew' | 'presses' | 'presses again';
  /** 0 for no answer. */
  readonly status: number;
}

/** What befell a bot or the database. */
export interface Blow {
  readonly what: 'blow';
  readonly at: number;
  readonly who: string;
  readonly how: 'starts' | 'killed' | 'frozen' | 'thawed' | 'stops' | 'ended by itself';
  readonly note?: string;
}

export type Entry = Call | Scan | Said | Act | Blow;
