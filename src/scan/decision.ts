import type { PeopleDemand } from './demand.ts';
import type { Device, ScanType } from './device.ts';
import type { RequestId, Time } from './ids.ts';
import type { ScanLimit } from './limits.ts';
import type { Person, Thread } from './person.ts';

/** What a rule may look at. */
export type Attribute =
  'device' | 'tag' | 'deviceGroup' | 'os' | 'deviceValue' | 'risk' | 'time' | 'type' | 'requester' | 'channel';

/** Why a rule of the organisation lets no scan start. Its words are for people. */
export type NoScan =
  | {
      readonly why: 'policy';
      readonly reason: string;
      /** Its name. */
      readonly rule: string;
      /** What could not be known and was counted against the scan. */
      readonly unknown: readonly Attribute[];
    }
  /** The device was scanned not long ago. */
  | { readonly why: 'cool-down'; readonly until: Time }
  /** The requester has started as many scans as they may for now. */
  | { readonly why: 'too-many'; readonly until: Time }
  /** An operator has stopped all new scans. */
  | { readonly why: 'paused'; readonly reason: string };

interface Ruled {
  /** Its name; `default` where no rule matches and `APPROVAL` decides. */
  readonly rule: string;
  /** What could not be known and was counted against the scan. */
  readonly unknown?: readonly Attribute[];
}

export interface Forbidden extends Ruled {
  readonly kind: 'refuse';
  readonly reason: NoScan;
}

/** Approvals without a demand are a scan that the requester alone decides about. */
export interface Demanded extends Ruled {
  readonly kind: 'approvals';
  readonly demands: readonly PeopleDemand[];
  /** Goes with the commit that sends the scan: others may come at the same moment. */
  readonly room?: readonly ScanLimit[];
  /** In one request; not limited when left out. */
  readonly mostDevices?: number;
}

/** What the rules ask for. */
export type Decision = Forbidden | Demanded;

/** A scan that somebody wants to start. */
export interface Question {
  /** Limits do not count what this request itself has sent. */
  readonly request?: RequestId;
  readonly requester: Person;
  readonly device: Device;
  /** Not chosen yet counts as unknown. */
  readonly type: ScanType | undefined;
  readonly thread: Thread;
  readonly now: Time;
}

/** The rules as they are now. What cannot be known in time counts against the scan; throws only what nobody expects. */
export interface Judge {
  decide(question: Question): Promise<Decision>;
  /** Whether what Defender tells about a device can matter to any decision now. */
  looksAtDevices(): boolean;
}

/** How many devices one request may hold that asks for all of these; `undefined` is any number. */
export function mostDevicesIn(decisions: readonly Decision[]): number | undefined {
  const most = decisions.map((decision) => (decision.kind === 'refuse' ? undefined : decision.mostDevices) ?? Infinity);
  const smallest = Math.min(...most);
  return smallest === Infinity ? undefined : smallest;
}
