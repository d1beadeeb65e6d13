import type { DefenderScan } from './defender-scan.ts';
import type { PeopleDemand } from './demand.ts';
import type { Device } from './device.ts';
import type { Time } from './ids.ts';
import type { Person } from './person.ts';
import type { Content } from './stage.ts';

/** Somebody other than the requester said yes to exactly this content. */
export interface Approval {
  readonly by: Person;
  readonly at: Time;
  /** Of the groups that counted, those that they were in at that moment. */
  readonly groups: readonly string[];
}

/** Whom a demand asks, as far as they are known by name: for people to read. */
export interface AskedOf {
  readonly needed: 1 | 2;
  readonly anyone: boolean;
  readonly names: readonly string[];
  /** How many more people and groups are named, whose names nobody here knows. */
  readonly more: number;
}

/** Type and comment stand, and others must say yes to exactly them. */
export interface Awaiting {
  readonly name: 'awaiting';
  readonly device: Device;
  readonly content: Content;
  readonly busy: DefenderScan | undefined;
  readonly demands: readonly PeopleDemand[];
  /** One for each demand. */
  readonly askedOf: readonly AskedOf[];
  /** When the requester last corrected type or comment. */
  readonly changedAt: Time | undefined;
  /** The time that is left is half of what it was. */
  readonly remindAt: Time;
  readonly until: Time;
}
