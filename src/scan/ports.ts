import type { Batch } from './batch/batch.ts';
import type { BatchStore } from './batch/batch-store.ts';
import type { ActionId, BatchId, DeviceId, PersonId, RequestId, ThreadId, Time } from './ids.ts';
import type { Device, ScanType } from './device.ts';
import type { DefenderScan } from './defender-scan.ts';
import type { Halt } from './halt.ts';
import type { Counted, ScanLimit, SentScan } from './limits.ts';
import type { EndingStore } from './ending-store.ts';
import type { ScanTime } from './estimate.ts';
import type { Search } from './findings.ts';
import type { Message } from './message.ts';
import type { Errand } from './errand.ts';
import type { Event } from './event.ts';
import type { Person, Thread } from './person.ts';
import type { ReportStore } from './report-store.ts';
import type { Answer } from './refusal.ts';
import type { ScanRequest } from './scan-request.ts';
import type { WorkKind } from './work-kind.ts';

export interface Clock {
  now(): Time;
  /** Calls back once after `ms`; the answer takes it back. */
  after(ms: number, call: () => void): () => void;
}

/** Who asks Defender: a person by their own rights, or the app by its own (status only). */
export type Reader = { readonly as: 'person'; readonly person: Person } | { readonly as: 'application' };

/** Defender for Endpoint, always in somebody's name. A refused token is an answer like any other. */
export interface Defender {
  /** Obtains the person's token (`fresh`: not the one at hand) and tells as whom Defender knows them; calls nothing else. */
  accountsOf(person: Person, options?: { readonly fresh?: boolean }): Promise<Answer<readonly string[]>>;
  /** All devices that the person may see by this id, full or short name; none is an empty list. */
  findDevices(person: Person, idOrName: string): Promise<Answer<readonly Device[]>>;
  /** Which of these devices the person may see now. */
  visibleDevices(person: Person, ids: readonly DeviceId[]): Promise<Answer<ReadonlySet<DeviceId>>>;
  /** Starts a scan. Sent once, and over after `LONGEST_CALL`: an unknown outcome is `failed`, `no-answer` or `unreadable`. */
  startScan(person: Person, device: DeviceId, type: ScanType, comment: string): Promise<Answer<DefenderScan>>;
  /** The device's antivirus scans, newest first. */
  scansOfDevice(reader: Reader, device: DeviceId): Promise<Answer<readonly DefenderScan[]>>;
  /**
   * All antivirus scans created at `since` or later, newest first: one call for everything that is followed. With
   * `starters`, as Defender names them, those of theirs alone.
   */
  scansSince(reader: Reader, since: Time, starters?: readonly string[]): Promise<Answer<readonly DefenderScan[]>>;
  scan(reader: Reader, id: ActionId): Promise<Answer<DefenderScan>>;
  /** `bad-request` when Defender says that it is too late. */
  cancelScan(person: Person, id: ActionId, comment: string): Promise<Answer<DefenderScan>>;
}

/** Whether somebody is in a conversation now; for a thread of a channel, in the channel. */
export type Presence = 'member' | 'guest' | 'absent' | 'unknown';

export interface Roster {
  presenceOf(person: Person, thread: Thread): Promise<Presence>;
}

/** Who belongs to which Entra group. */
export interface Groups {
  /** Which of these groups the person is in now, asked in their own name. What cannot be known is `unknown`. */
  groupsOf(person: Person, groups: ReadonlySet<string>): Promise<ReadonlySet<string> | 'unknown'>;
}

/** A row taken to be worked on. `attempt` fences: who lost the lease cannot write any more. */
export interface Claim {
  readonly kind: WorkKind;
  readonly id: string;
  readonly attempt: number;
  /** Faults in a row so far; waiting is none. */
  readonly fails: number;
  /** Where in which trace the row was written. */
  readonly trace?: string;
  /** When a message was written. */
  readonly since?: Time;
}

/** A follower looks for one person's running scans, or for everybody's by the app's own right. */
export type FollowerId = PersonId | 'application';

/** Everything of one commit, or nothing of it. */
export interface Write {
  /** Remembers an activity: a second write with the same mark is refused. One that begins with `always ` is never forgotten. */
  readonly once?: string;
  /** The place in a trace that what comes of this write belongs to; a request stays with the one that it began in. */
  readonly trace?: string | undefined;
  readonly person?: Person;
  /** The language that the person of this write chose; `undefined` takes the choice back. */
  readonly language?: { readonly tag: string | undefined };
  /** Where the person of this write wants to be told; `undefined` takes the choice back. */
  readonly tellIn?: { readonly thread: ThreadId | undefined };
  readonly thread?: Thread;
  /** Refused when the same person has asked by the same words in the same thread since then, and has not decided yet. */
  readonly unlessAskedSince?: Time;
  /** Refused when `before` is no longer what the store holds. Without `before` the request is new. */
  readonly move?: { readonly before: ScanRequest | undefined; readonly after: ScanRequest };
  /** The same for a request for many scans. */
  readonly batch?: { readonly before: Batch | undefined; readonly after: Batch };
  /** Refused when no more scans of this request for many may go out. */
  readonly whileGoing?: BatchId | undefined;
  /** A new request besides the one that moves: both or none. */
  readonly begins?: ScanRequest;
  /** Refused when one of them leaves no room for the request that moves: of two that come at once, one comes too late. */
  readonly room?: readonly ScanLimit[];
  /** Refused while an operator's word holds new scans back: of that word and this write one comes first. */
  readonly unlessPaused?: boolean;
  readonly halt?: Halt;
  readonly events?: readonly Event[];
  readonly messages?: readonly Message[];
  readonly errand?: Errand;
  /** Makes the follower due at this time, or earlier if it already is. */
  readonly follow?: { readonly who: FollowerId; readonly at: Time };
  /** The same for the confirmer. */
  readonly confirm?: { readonly who: FollowerId; readonly at: Time };
  /** How long a scan took, for later estimates. */
  readonly took?: ScanTime;
  /** Begins a search anew; what still waited for the one before goes out with this one. */
  readonly search?: { readonly search: Search; readonly at: Time };
  /** The bot was added here: what could not be sent there goes on. */
  readonly arrived?: Thread;
  /** Whatever waits for this person's sign-in is due now. */
  readonly signedIn?: PersonId;
  /** What other replicas keep of this person's sign-in counts no more. */
  readonly signedOut?: PersonId;
}

/** Where a request's card stands in a thread, and which revision it shows. */
export interface PostedCard {
  readonly request: RequestId;
  readonly thread: ThreadId;
  readonly activityId: string;
  readonly rev: number;
}

/** Where a delivered message stands, if it may be changed there later. */
export interface Delivered {
  readonly thread: ThreadId;
  readonly activityId: string;
}

/** What Teams made of a message. */
export interface Posted {
  readonly card?: PostedCard | undefined;
  /** Where it stands, for one that may be changed later. */
  readonly activityId?: string | undefined;
}

export interface Store {
  readonly endings: EndingStore;
  readonly batches: BatchStore;
  readonly reports: ReportStore;
  /**
   * False when somebody else moved first, when `once` was seen before, or when a scan would be sent to a device that
   * another request has; nothing is written then.
   */
  commit(write: Write): Promise<boolean>;
  request(id: RequestId): Promise<ScanRequest | undefined>;
  /** Newest first. */
  requestsOf(person: PersonId, limit: number): Promise<readonly ScanRequest[]>;
  /** A person's requests in stage `scheduled`. */
  schedulesOf(person: PersonId): Promise<readonly ScanRequest[]>;
  /** Requests in stage `following`, of one person or of all. */
  following(who: FollowerId): Promise<readonly ScanRequest[]>;
  /** Requests about this device that are not over, newest first. */
  openFor(device: DeviceId): Promise<readonly ScanRequest[]>;
  /** Scans of this device, or by this person, that were sent after `since`, newest first; no more than `limit`. */
  sent(of: Counted, since: Time, limit: number): Promise<readonly SentScan[]>;
  /** The operators' latest word; `undefined` when there never was one. */
  halt(): Promise<Halt | undefined>;
  /** The request that has this device for itself. */
  holder(device: DeviceId): Promise<ScanRequest | undefined>;
  /** As last seen, with the language that they chose. */
  person(id: PersonId): Promise<Person | undefined>;
  thread(id: ThreadId): Promise<Thread | undefined>;
  errand(id: string): Promise<Errand | undefined>;
  /** One that is still to be delivered. */
  message(id: string): Promise<Message | undefined>;
  delivered(id: string): Promise<Delivered | undefined>;
  search(id: string): Promise<Search | undefined>;
  card(request: RequestId, thread: ThreadId): Promise<PostedCard | undefined>;
  /** In every thread where one stands. */
  cardsOf(request: RequestId): Promise<readonly PostedCard[]>;

  /** Takes up to `limit` due rows; of messages only the head of each thread. */
  claim(kind: WorkKind, until: Time, limit: number): Promise<readonly Claim[]>;
  /** The clock was set back: whatever waits for a time by the old one is due now, and finds its time anew. */
  reconsider(): Promise<void>;
  /** Whether messages wait to go to this thread: what is said there comes after them. */
  waitsFor(thread: ThreadId): Promise<boolean>;
  /** The earliest time at which something of these kinds, or of any kind, is due, leases counted. */
  nextDue(kinds?: readonly WorkKind[]): Promise<Time | undefined>;
  /** The same for each kind; kinds that rest are left out. One question: cheap enough to come before every claim. */
  dueTimes(kinds?: readonly WorkKind[]): Promise<ReadonlyMap<WorkKind, Time>>;
  /** Extends the lease of a claim that has not ended; false when it has, or when somebody else has taken the row. */
  renew(claim: Claim, until: Time): Promise<boolean>;
  /** Done: an errand or a message goes; a request or a follower rests until it is made due again. */
  finish(claim: Claim, posted?: Posted): Promise<void>;
  /** Back to be taken again at `at`. */
  putBack(claim: Claim, at: Time, failed: boolean): Promise<void>;
  /** Cannot be done, now or later: kept for the operator, out of everybody's way. */
  bury(claim: Claim, why: string): Promise<void>;
  /** Forgets where a card stood: it is posted anew. */
  forgetCard(request: RequestId, thread: ThreadId): Promise<void>;
  /** Puts an errand into a waiting state, or back out of it. */
  keepErrand(claim: Claim, errand: Errand): Promise<void>;
  /** Goes on with a search at this time. */
  keepSearch(claim: Claim, search: Search, at: Time): Promise<void>;

  /** Resolves when the store can read and write; throws why not. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** No more than `most` calls within any `length` milliseconds. */
export interface CallLimit {
  readonly length: Time;
  readonly most: number;
}

/** Counts calls to a service with quotas, for everybody who shares the store. */
export interface CallCount {
  /** Counts one call if there is room for it within every limit; otherwise counts nothing and tells when there is. */
  take(quota: string, limits: readonly CallLimit[], now: Time): Promise<Time | undefined>;
  /** No call before this time, nor before a later one that is known already. */
  pause(quota: string, until: Time): Promise<void>;
}
