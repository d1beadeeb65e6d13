import type { Alerts } from '../alert.ts';
import type { RequestId, Time } from '../ids.ts';
import type { DefenderScan } from '../defender-scan.ts';
import type { ScanRequest } from '../scan-request.ts';
import type { Clock, Defender, FollowerId, Reader, Store, Write } from '../ports.ts';
import type { Person } from '../person.ts';
import type { Refusal } from '../refusal.ts';
import { passesByItself } from '../refusal.ts';
import type { Outcome } from '../outcome.ts';
import { again, MOVED } from '../outcome.ts';
import type { RuleBook } from '../rule-book.ts';
import type { Rules } from '../rules.ts';
import type { Sources } from './sources.ts';
import { MINUTE, SECOND } from '../time.ts';

/** What every worker needs. */
export interface WorkParts {
  readonly store: Store;
  readonly defender: Defender;
  /** Where the ends of scans can be seen. */
  readonly sources: Sources;
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly rules: Rules;
  readonly settings: WorkSettings;
}

/** What commands need besides. */
export interface ErrandParts extends WorkParts {
  readonly ruleBook: RuleBook;
}

export interface WorkSettings {
  /** How long a request may stay undecided. */
  readonly decideWithin: Time;
  /** The shortest time between two looks at running scans. */
  readonly pollEvery: Time;
  /** Whose rights read the state of scans that were started already. */
  readonly statusReader: 'requester' | 'application';
  /** What Defender keeps as the reason of a cancellation. */
  readonly cancelComment: (person: Person) => string;
  readonly newId: () => RequestId;
  /** A word that Defender does not document, or a scan it does not know: for the operator. */
  readonly noteOdd: (facts: Readonly<Record<string, string>>, what: string) => void;
}

/** Lost or won, the row has moved. */
export async function commit(store: Store, write: Write): Promise<Outcome> {
  await store.commit(write);
  return MOVED;
}

export function followerOf(person: Person, settings: WorkSettings): FollowerId {
  return settings.statusReader === 'application' ? 'application' : person.id;
}

export function readerFor(person: Person, settings: WorkSettings): Reader {
  return settings.statusReader === 'application' ? { as: 'application' } : { as: 'person', person };
}

/** For the operator, when a request has come to a status word that nobody has documented. */
export function noteWord(request: ScanRequest, scan: DefenderScan, settings: WorkSettings): void {
  if (scan.status !== 'Unknown') return;
  const facts = { request: request.id, action: scan.id, word: scan.word };
  settings.noteOdd(facts, 'a status word that Defender does not document');
}

const A_MOMENT = 5 * SECOND;

/** When to ask again after an answer that passes by itself; `undefined` when it does not. */
export function retryTime(refusal: Refusal, now: Time): Time | undefined {
  if (!passesByItself(refusal)) return undefined;
  return Math.max(now + SECOND, refusal.retryAt ?? now + (refusal.kind === 'throttled' ? MINUTE : A_MOMENT));
}

export function againAt(at: Time, latest: Time): Outcome {
  return again(Math.min(at, latest));
}
