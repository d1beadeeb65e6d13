import { unconfirmedEnding } from '../ending-of.ts';
import type { ScanRequest } from '../scan-request.ts';
import { isOver, waitsForSignIn } from '../scan-request.ts';
import type { Outcome } from '../report.ts';
import { tallyOf } from '../report.ts';
import type { PlannedScan } from './plan.ts';

/** How one of many scans stands, as a person would tell them apart. */
export type ScanStand =
  /** Not begun. */
  | 'waiting'
  /** Going out, or held back for a moment. */
  | 'starting'
  /** Behind another scan of the same device. */
  | 'queued'
  | 'sign-in'
  /** Defender has it, the device does not yet. */
  | 'pending'
  | 'running'
  /** Taken by the device; whether it ended is looked for. */
  | 'taken'
  | 'completed'
  /** Taken, and nothing can show its end. */
  | 'accepted'
  | 'problem'
  | 'cancelled'
  /** Kept from starting. */
  | 'stopped';

export const STANDS: readonly ScanStand[] = [
  'completed',
  'accepted',
  'taken',
  'running',
  'pending',
  'queued',
  'sign-in',
  'starting',
  'waiting',
  'problem',
  'cancelled',
  'stopped',
];

/** A scan that did not go as it should, or waits for somebody. */
export interface Attention {
  readonly device: string;
  readonly outcome: Outcome | 'sign-in';
}

/** Alerts on a device since its scan began. */
export interface Found {
  readonly device: string;
  readonly count: number;
}

export interface Tally {
  readonly counts: Readonly<Record<ScanStand, number>>;
  /** The first few that need somebody, and how many there are. */
  readonly attention: readonly Attention[];
  readonly needing: number;
  /** Alerts on all of the devices, on how many, and on which most. */
  readonly found: number;
  readonly devicesWithAlerts: number;
  readonly alerts: readonly Found[];
  /** Of how many ended scans somebody has looked at the alerts, and of how many nobody could. */
  readonly looked?: number;
  readonly unlooked?: number;
}

const MOST_NAMED = 15;
const DONE: ReadonlySet<ScanStand> = new Set(['completed', 'accepted', 'problem', 'cancelled', 'stopped']);

/** `stopped`: what has not begun will not begin any more. */
export function standOf(request: ScanRequest | undefined, stopped: boolean): ScanStand {
  if (request === undefined) return stopped ? 'stopped' : 'waiting';
  const { stage } = request;
  switch (stage.name) {
    case 'approved':
      return waitsForSignIn(request) ? 'sign-in' : 'starting';
    case 'asked':
    case 'choosing':
    case 'proposed':
    case 'awaiting':
    case 'scheduled':
    case 'submitting':
      return 'starting';
    case 'queued':
      return 'queued';
    case 'following':
      if (stage.waitsForSignIn === true) return 'sign-in';
      return stage.scan.status === 'Pending' ? 'pending' : 'running';
    case 'settled':
    case 'closed':
      return endStand(request);
  }
}

function endStand(request: ScanRequest): ScanStand {
  const ending = unconfirmedEnding(request);
  if (ending !== undefined) return ending.told ? 'accepted' : 'taken';
  return STAND_OF[tallyOf(request).outcome] ?? 'problem';
}

const STAND_OF: Partial<Record<Outcome, ScanStand>> = {
  completed: 'completed',
  'never-confirmed': 'accepted',
  cancelled: 'cancelled',
  'not-run-Cancelled': 'cancelled',
  dismissed: 'stopped',
};

export function tallyFrom(
  scans: readonly PlannedScan[],
  requests: ReadonlyMap<string, ScanRequest>,
  stopped: boolean,
): Tally {
  const counts = Object.fromEntries(STANDS.map((stand) => [stand, 0])) as Record<ScanStand, number>;
  const attention: Attention[] = [];
  const alerts: Found[] = [];
  const looks = { looked: 0, unlooked: 0 };
  for (const { id, device } of scans) {
    const request = requests.get(id);
    const stand = standOf(request, stopped);
    counts[stand] += 1;
    if (request === undefined) continue;
    const { outcome, found } = tallyOf(request);
    if (request.stage.name === 'settled') looks[found === undefined ? 'unlooked' : 'looked'] += 1;
    const name = device.name === '' ? device.id : device.name;
    if (found !== undefined && found > 0) alerts.push({ device: name, count: found });
    if (stand === 'sign-in') attention.push({ device: name, outcome: 'sign-in' });
    if (stand === 'problem') attention.push({ device: name, outcome });
  }
  alerts.sort((one, other) => other.count - one.count);
  const found = alerts.reduce((sum, { count }) => sum + count, 0);
  const shown = { attention: attention.slice(0, MOST_NAMED), alerts: alerts.slice(0, MOST_NAMED) };
  return { counts, ...shown, ...looks, needing: attention.length, found, devicesWithAlerts: alerts.length };
}

/** Each has its end, or will have none. */
export function isAllDone({ counts }: Tally): boolean {
  return STANDS.every((stand) => DONE.has(stand) || counts[stand] === 0);
}

/** Nothing goes on any more but what waits for its device. */
export function isQuiet({ counts }: Tally): boolean {
  return STANDS.every((stand) => DONE.has(stand) || stand === 'pending' || counts[stand] === 0);
}

/** Nothing goes on any more that Defender shows: devices that are away, and ends that are looked for. */
export function isLookedFor({ counts }: Tally): boolean {
  return STANDS.every((stand) => DONE.has(stand) || stand === 'pending' || stand === 'taken' || counts[stand] === 0);
}

/** Somebody has looked at what each scan found, or nobody will. */
export function isAllLookedAt(requests: readonly ScanRequest[]): boolean {
  return requests.every(
    (request) => isOver(request) && (request.stage.name === 'closed' || request.findings !== undefined),
  );
}

/** As many as have their end. */
export function doneIn({ counts }: Tally): number {
  return STANDS.filter((stand) => DONE.has(stand)).reduce((sum, stand) => sum + counts[stand], 0);
}

export function sizeOf({ counts }: Tally): number {
  return STANDS.reduce((sum, stand) => sum + counts[stand], 0);
}
