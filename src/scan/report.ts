import type { ScanType } from './device.ts';
import type { Ending } from './ending.ts';
import type { PersonId, RequestId, Time } from './ids.ts';
import type { ScanRequest } from './scan-request.ts';
import type { ClosedWhy } from './stage.ts';
import { endingOf } from './ending-of.ts';
import { contentOf, deviceOf } from './scan-request.ts';

/** How a scan ended, or that it goes on. */
export type ScanOutcome =
  | 'completed'
  | 'cancelled'
  | 'failed'
  | 'unconfirmed'
  | 'never-confirmed'
  | 'not-run-TimeOut'
  | 'not-run-Cancelled'
  | 'not-run-Failed'
  | 'open';

/** How a request stands for those who count: how its scan ended, else why there was none. */
export type Outcome = ScanOutcome | ClosedWhy;

/** What is counted of a request. */
export interface Tally {
  readonly outcome: Outcome;
  readonly type: ScanType | undefined;
  readonly device: string;
  readonly startedAt: Time | undefined;
  /** How long the scan took, where the device itself told its end. */
  readonly took: Time | undefined;
  /** Alerts since the scan began; `undefined` where nobody could look. */
  readonly found: number | undefined;
}

/** The same with what the store knows beside the request. */
export interface ReportRow extends Tally {
  readonly request: RequestId;
  readonly person: PersonId;
  readonly askedAt: Time;
  readonly approvedAt: Time | undefined;
}

export function tallyOf(request: ScanRequest): Tally {
  const { stage, findings, wanted } = request;
  const ending = stage.name === 'settled' ? endingOf(stage) : undefined;
  return {
    outcome: outcomeOf(request, ending),
    type: contentOf(request)?.type ?? wanted.type,
    device: deviceOf(request)?.name ?? wanted.device,
    startedAt: 'scan' in stage ? stage.scan.createdAt : undefined,
    took: ending?.is === 'confirmed' ? Math.max(0, ending.at - ending.from) : undefined,
    found: findings?.are === 'known' ? findings.count : undefined,
  };
}

function outcomeOf({ stage }: ScanRequest, ending: Ending | undefined): Outcome {
  if (stage.name === 'closed') return stage.why;
  switch (ending?.is) {
    case 'confirmed':
      return ending.outcome;
    case 'did-not-run':
      return `not-run-${ending.why}`;
    case 'unconfirmed':
    case 'never-confirmed':
      return ending.is;
    case undefined:
      return 'open';
  }
}

export type Span = '24h' | '7d' | '30d';

export interface Count<Key extends string> {
  readonly key: Key;
  readonly count: number;
}

/** A middle and a longest time of so many. */
export interface Times {
  readonly count: number;
  readonly median: Time;
  readonly longest: Time;
}

export interface Report {
  readonly span: Span;
  readonly since: Time;
  readonly until: Time;
  /** `everybody`: asked by an operator; else only the reader's own requests are in it. */
  readonly of: 'everybody' | 'own' | 'own-unsure';
  readonly count: number;
  /** There were more requests than are counted. */
  readonly cut: boolean;
  readonly outcomes: readonly Count<Outcome>[];
  readonly types: readonly Count<ScanType | 'any'>[];
  /** By names, the most first; at most ten of each. */
  readonly people: readonly Count<string>[];
  readonly devices: readonly Count<string>[];
  readonly took: Readonly<Record<ScanType, Times | undefined>>;
  readonly approval: Times | undefined;
  /** Of the scans at whose alerts somebody could look, how many had any, and how many those were. */
  readonly found: { readonly looked: number; readonly scans: number; readonly alerts: number };
}

export interface Counting extends Pick<Report, 'span' | 'since' | 'until' | 'of' | 'cut'> {
  readonly nameOf: (person: PersonId) => string;
}

const MOST_NAMES = 10;

export function reportOf(rows: readonly ReportRow[], counting: Counting): Report {
  const { nameOf, ...frame } = counting;
  const looked = rows.flatMap(({ found }) => found ?? []);
  return {
    ...frame,
    count: rows.length,
    outcomes: counted(rows.map(({ outcome }) => outcome)),
    types: counted(rows.map(({ type }) => type ?? 'any')),
    people: counted(rows.map(({ person }) => nameOf(person))).slice(0, MOST_NAMES),
    devices: counted(rows.map(({ device }) => device)).slice(0, MOST_NAMES),
    took: { Quick: timesOf(tookOf(rows, 'Quick')), Full: timesOf(tookOf(rows, 'Full')) },
    approval: timesOf(
      rows.flatMap(({ approvedAt, askedAt }) => (approvedAt === undefined ? [] : [approvedAt - askedAt])),
    ),
    found: {
      looked: looked.length,
      scans: looked.filter((count) => count > 0).length,
      alerts: looked.reduce((sum, count) => sum + count, 0),
    },
  };
}

function tookOf(rows: readonly ReportRow[], of: ScanType): readonly Time[] {
  return rows.flatMap(({ type, took }) => (type === of && took !== undefined ? [took] : []));
}

/** The most first, and by name where there are as many. */
function counted<Key extends string>(keys: readonly Key[]): readonly Count<Key>[] {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .sort((one, other) => other.count - one.count || one.key.localeCompare(other.key));
}

function timesOf(times: readonly Time[]): Times | undefined {
  const sorted = times.toSorted((one, other) => one - other);
  const longest = sorted.at(-1);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  return longest === undefined || median === undefined ? undefined : { count: sorted.length, median, longest };
}
