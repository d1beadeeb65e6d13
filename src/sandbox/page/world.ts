/** What the page shows of the town around the bot. Types only: the page and the server both import it. */

/** Short name of somebody: `alice`. */
export type Handle = string;

export interface Person {
  readonly handle: Handle;
  readonly name: string;
  /** Two letters for the picture. */
  readonly initials: string;
  /** One sentence: who this is in the sandbox. */
  readonly role: string;
  /** BCP 47: `sv-SE`. */
  readonly locale: string;
  /** IANA: `Europe/Stockholm`. */
  readonly timeZone: string;
}

export interface PlaceInfo {
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'personal';
  /** `Incidents`; of a group chat its topic; of a personal chat the bot's name. */
  readonly name: string;
  /** Of a channel: the team's name. */
  readonly team?: string;
  /** Who sees it. Somebody who is not in it sees neither the place nor its messages. */
  readonly members: readonly Handle[];
}

export interface DeviceInfo {
  readonly id: string;
  readonly name: string;
  /** As people say it: `Windows 11`. */
  readonly os: string;
  /** `Active`, `Inactive`. */
  readonly health: string;
  readonly asleep: boolean;
  readonly group: string;
  /** Milliseconds since 1970. */
  readonly lastSeen: number;
  /** One sentence about what is special, or empty. */
  readonly note: string;
  /** An antivirus scan that waits or runs on it, whoever asked for it. */
  readonly scan?: { readonly status: 'Pending' | 'InProgress'; readonly type: string; readonly by: string };
}

export interface AlertInfo {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly device: string;
  readonly at: number;
}

export interface MoodInfo {
  readonly id: string;
  readonly of: 'defender' | 'entra' | 'teams';
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  readonly active: boolean;
  /** Turns itself off once it has happened; a `world` event tells when. */
  readonly oneShot: boolean;
}

export interface Exercise {
  readonly id: string;
  readonly title: string;
  /** What to do, in a sentence or two. */
  readonly text: string;
  /** What to type or press, for somebody who is stuck. */
  readonly hint: string;
  readonly done: boolean;
  /** The steps on the way, in order. */
  readonly steps: readonly { readonly title: string; readonly done: boolean }[];
}

export interface World {
  readonly bot: { readonly name: string; readonly initials: string };
  readonly people: readonly Person[];
  readonly places: readonly PlaceInfo[];
  readonly devices: readonly DeviceInfo[];
  readonly alerts: readonly AlertInfo[];
  readonly moods: readonly MoodInfo[];
  /** How many times faster than in life a scan goes. */
  readonly timeLapse: number;
  /** What a slider may offer, slowest first; one of them is the default. */
  readonly timeLapses: readonly { readonly factor: number; readonly says: string }[];
  readonly drill: readonly Exercise[];
  /** What one can type to the bot, without the mention. */
  readonly commands: readonly string[];
}
