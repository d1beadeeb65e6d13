import type { Kysely } from 'kysely';
import type { BatchStore } from '../scan/batch/batch-store.ts';
import type { DeviceId, PersonId, RequestId, ThreadId, Time } from '../scan/ids.ts';
import type { Halt } from '../scan/halt.ts';
import type { Counted, SentScan } from '../scan/limits.ts';
import type { EndingStore } from '../scan/ending-store.ts';
import type { Search } from '../scan/findings.ts';
import type { Message } from '../scan/message.ts';
import type { Errand } from '../scan/errand.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { CallCount, Claim, Clock, Delivered, FollowerId, Posted, PostedCard } from '../scan/ports.ts';
import type { Write } from '../scan/ports.ts';
import type { WorkKind } from '../scan/work-kind.ts';
import type { ReportStore } from '../scan/report-store.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { SqlBatches } from './batches.ts';
import { errandIn, requestIn, searchIn, threadIn } from './by-id.ts';
import { SqlCallCount } from './call-count.ts';
import { cardIn, cardsOf, forgetCard } from './cards.ts';
import { keptAudit } from './audit/kept-audit.ts';
import type { KeptAudit } from './audit/kept-audit.ts';
import { claim, dueTimes, nextDue, reconsider } from './claim.ts';
import { ClaimEnds } from './claim-ends.ts';
import { commit } from './commit.ts';
import { holderIn } from './device-locks.ts';
import { callsSince, counts } from './counts.ts';
import type { Counts } from './counts.ts';
import { personIn } from './person-row.ts';
import { latestHalt } from './halt.ts';
import type { KeptStore } from './kept-store.ts';
import { beat } from './pulse.ts';
import { deliveredMessage, waitingMessage, waitsFor } from './queue-messages.ts';
import { sentScans } from './sent.ts';
import { followedBy, newestOf, openFor, scheduledBy } from './request-lists.ts';
import { SqlEndings } from './ending-rows.ts';
import { SqlReports } from './report-rows.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { sweep } from './sweep.ts';
import type { Tables } from './tables.ts';
import type { Wakes } from './wakes.ts';

export interface StoreParts {
  readonly dialect: SqlDialect;
  readonly clock: Clock;
  /** How long a request is kept after its end. */
  readonly keepFinished: Time;
  /** How long it is remembered that a message was sent. */
  readonly keepSent: Time;
  readonly wakes?: Wakes;
  /** Throws what the database itself does not see coming. */
  readonly assertHealth?: () => void;
  /** Called once the database is closed. */
  readonly release: () => void;
}

/** A store on tables that are up to date, whichever engine holds them. */
export function createStore(db: Kysely<Tables>, parts: StoreParts): KeptStore {
  return new SqlStore(db, parts);
}

class SqlStore implements KeptStore {
  readonly calls: CallCount;
  readonly endings: EndingStore;
  readonly batches: BatchStore;
  readonly audit: KeptAudit;
  readonly reports: ReportStore;
  readonly #db: Kysely<Tables>;
  readonly #parts: StoreParts;
  readonly #ends: ClaimEnds;

  constructor(db: Kysely<Tables>, parts: StoreParts) {
    this.calls = new SqlCallCount(db);
    this.endings = new SqlEndings(db);
    this.batches = new SqlBatches(db);
    this.audit = keptAudit(db, { dialect: parts.dialect, now: () => parts.clock.now() });
    this.reports = new SqlReports(db);
    this.#db = db;
    this.#parts = parts;
    this.#ends = new ClaimEnds(db, parts.clock);
  }

  commit(write: Write): Promise<boolean> {
    return commit(this.#db, write, { dialect: this.#parts.dialect, now: this.#now() });
  }

  request(id: RequestId): Promise<ScanRequest | undefined> {
    return requestIn(this.#db, id);
  }

  requestsOf(person: PersonId, limit: number): Promise<readonly ScanRequest[]> {
    return newestOf(this.#db, person, limit);
  }

  schedulesOf(person: PersonId): Promise<readonly ScanRequest[]> {
    return scheduledBy(this.#db, person);
  }

  following(who: FollowerId): Promise<readonly ScanRequest[]> {
    return followedBy(this.#db, who);
  }

  openFor(device: DeviceId): Promise<readonly ScanRequest[]> {
    return openFor(this.#db, device);
  }

  sent(of: Counted, since: Time, limit: number): Promise<readonly SentScan[]> {
    return sentScans(this.#db, of, { since, limit });
  }

  halt(): Promise<Halt | undefined> {
    return latestHalt(this.#db);
  }

  holder(device: DeviceId): Promise<ScanRequest | undefined> {
    return holderIn(this.#db, device);
  }

  person(id: PersonId): Promise<Person | undefined> {
    return personIn(this.#db, id);
  }

  thread(id: ThreadId): Promise<Thread | undefined> {
    return threadIn(this.#db, id);
  }

  errand(id: string): Promise<Errand | undefined> {
    return errandIn(this.#db, id);
  }

  message(id: string): Promise<Message | undefined> {
    return waitingMessage(this.#db, id);
  }

  delivered(id: string): Promise<Delivered | undefined> {
    return deliveredMessage(this.#db, id);
  }

  search(id: string): Promise<Search | undefined> {
    return searchIn(this.#db, id);
  }

  card(request: RequestId, thread: ThreadId): Promise<PostedCard | undefined> {
    return cardIn(this.#db, request, thread);
  }

  cardsOf(request: RequestId): Promise<readonly PostedCard[]> {
    return cardsOf(this.#db, request);
  }

  forgetCard(request: RequestId, thread: ThreadId): Promise<void> {
    return forgetCard(this.#db, request, thread);
  }

  claim(kind: WorkKind, until: Time, limit: number): Promise<readonly Claim[]> {
    return claim(this.#db, this.#parts.dialect, { kind, until, limit, now: this.#now() });
  }

  nextDue(kinds?: readonly WorkKind[]): Promise<Time | undefined> {
    return nextDue(this.#db, kinds);
  }

  dueTimes(kinds?: readonly WorkKind[]): Promise<ReadonlyMap<WorkKind, Time>> {
    return dueTimes(this.#db, kinds);
  }

  waitsFor(thread: ThreadId): Promise<boolean> {
    return waitsFor(this.#db, thread);
  }

  reconsider(): Promise<void> {
    return reconsider(this.#db, this.#now());
  }

  renew(held: Claim, until: Time): Promise<boolean> {
    return this.#ends.renew(held, until);
  }

  finish(held: Claim, posted: Posted = {}): Promise<void> {
    return this.#ends.finish(held, posted);
  }

  putBack(held: Claim, at: Time, failed: boolean): Promise<void> {
    return this.#ends.putBack(held, at, failed);
  }

  bury(held: Claim, why: string): Promise<void> {
    return this.#ends.bury(held, why);
  }

  keepErrand(held: Claim, errand: Errand): Promise<void> {
    return this.#ends.keepErrand(held, errand);
  }

  keepSearch(held: Claim, search: Search, at: Time): Promise<void> {
    return this.#ends.keepSearch(held, search, at);
  }

  async check(): Promise<void> {
    this.#parts.assertHealth?.();
    await beat(this.#db, this.#now());
  }

  counts(): Promise<Counts> {
    return counts(this.#db, this.#now());
  }

  callsSince(time: Time): Promise<ReadonlyMap<string, number>> {
    return callsSince(this.#db, time);
  }

  sweep(): Promise<number> {
    const { dialect, keepFinished, keepSent } = this.#parts;
    return sweep(this.#db, { dialect, keepFinished, keepSent, now: this.#now() });
  }

  onWake(listener: () => void): void {
    this.#parts.wakes?.onWake(listener);
  }

  onSignOut: KeptStore['onSignOut'] = (listener) => this.#parts.wakes?.onSignOut(listener);

  async close(): Promise<void> {
    await this.#parts.wakes?.close();
    await this.#db.destroy();
    this.#parts.release();
  }

  #now(): Time {
    return this.#parts.clock.now();
  }
}
