import type { Alert } from './alert.ts';
import { byWeight } from './alert.ts';
import type { RequestId, Time } from './ids.ts';
import type { Message } from './message.ts';
import { move, cardMessage, noticeMessage } from './moves.ts';
import type { Write } from './ports.ts';
import type { Refusal, RefusalKind } from './refusal.ts';
import type { ScanRequest } from './scan-request.ts';
import { HOUR, MINUTE } from './time.ts';

/** Alerts can come some time after the scan that caused them. */
export const LOOK_AGAIN_AFTER = 15 * MINUTE;
/** As long an answer that passes by itself is waited for. */
export const STOP_LOOKING_AFTER = 2 * HOUR;
const MOST_SHOWN = 5;
/** More alerts than this on one device are counted, and not told apart any more. */
const MOST_KNOWN = 200;

/** What a look at the device's alerts showed. */
export type Findings =
  | {
      readonly are: 'known';
      /** Alerts from then on count: the start of the scan. */
      readonly from: Time;
      readonly lookedAt: Time;
      readonly nextLookAt: Time | undefined;
      readonly count: number;
      /** The weightiest few. */
      readonly shown: readonly Alert[];
      /** All ids, so that a later look tells what is new. */
      readonly ids: readonly string[];
    }
  | { readonly are: 'unknown'; readonly why: Refusal; readonly nextLookAt: Time | undefined };

export type KnownFindings = Extract<Findings, { are: 'known' }>;

/** A search for what a scan has found: a row of work of its own, so that no scan ever waits for it. */
export interface Search {
  readonly request: RequestId;
  /** How often an answer came. */
  readonly looks: number;
  readonly endedAt: Time;
  /** Goes out with the first answer, whatever it is. */
  readonly then: readonly Message[];
}

/** Begins the search at the end of a scan. What is to be told of that end waits for the first look, not for long. */
export function searchAfter(request: ScanRequest, now: Time, then: readonly Message[]): NonNullable<Write['search']> {
  return { at: now, search: { request: request.id, looks: 0, endedAt: now, then } };
}

export interface Looked {
  readonly from: Time;
  readonly now: Time;
  readonly nextLookAt: Time | undefined;
}

/** Whatever was seen on the device before the scan began is no finding of it. */
export function findingsOf(alerts: readonly Alert[], { from, now, nextLookAt }: Looked): KnownFindings {
  const since = alerts.filter((alert) => Math.max(alert.lastSeenAt, alert.createdAt) >= from);
  const byId = new Map(since.map((alert) => [alert.id, alert]));
  const all = [...byId.values()].sort(byWeight);
  return {
    are: 'known',
    from,
    lookedAt: now,
    nextLookAt,
    count: all.length,
    shown: all.slice(0, MOST_SHOWN),
    ids: all.slice(0, MOST_KNOWN).map(({ id }) => id),
  };
}

/** How many of these nobody has been told of. */
export function newFindings(before: Findings | undefined, now: Findings): number {
  if (now.are === 'unknown') return 0;
  const told = new Set(before?.are === 'known' ? before.ids : []);
  return now.ids.filter((id) => !told.has(id)).length;
}

/** The request with what is known now; what waited for it goes out, else it is told when something came. */
export function findingsMove(request: ScanRequest, findings: Findings, search: Search, now: Time): Write {
  const fresh = newFindings(request.findings, findings);
  const facts = findings.are === 'known' ? { count: findings.count } : { refusal: findings.why.kind };
  const event = { who: 'defender' as const, what: 'looked for findings', at: now, facts };
  // Teams would show the card's own last change; the notice comes after it.
  const told = search.then.length > 0 || fresh === 0 ? search.then : [laterMessage(request, now)];
  return move({ ...request, findings }, request.stage, event, [cardMessage(request), ...told]);
}

function laterMessage(request: ScanRequest, now: Time): Message {
  const message = noticeMessage(request, { say: 'found-later', request: request.id }, true);
  return { ...message, id: `${message.id}:${String(now)}` };
}

/** Neither time nor a sign-in mends these: somebody has to change a permission, a role or a licence. */
const LASTING: ReadonlySet<RefusalKind> = new Set([
  'consent-missing',
  'forbidden',
  'feature-disabled',
  'not-allowed',
  'unauthorized',
  'guest',
  'account-disabled',
  'entra-misconfigured',
  'bad-request',
]);

export function isLasting(refusal: Refusal): boolean {
  return LASTING.has(refusal.kind);
}
