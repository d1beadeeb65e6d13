import type { DefenderScan } from '../scan/defender-scan.ts';
import { resultOf } from '../scan/defender-scan.ts';
import type { Time } from '../scan/ids.ts';
import { HOUR } from '../scan/time.ts';
import type { AuditRecord } from './chain.ts';

/** What the chain knows of one scan at Defender. */
export interface ChainScan {
  readonly action: string;
  readonly request: string;
  /** When it was first written down. */
  readonly at: Time;
  readonly device: string;
  readonly type: string;
  /** The latest that was written down. */
  readonly status: string;
}

export interface Reconciled {
  /** What does not go together. */
  readonly faults: readonly string[];
  /** Scans that the bot has nothing to do with. */
  readonly foreign: readonly string[];
  /** How many are the same on both sides. */
  readonly agreed: number;
}

export interface Range {
  readonly from: Time;
  readonly until: Time;
}

/** Long enough for the bot to have looked again. */
const LAG = HOUR;

/** The scans at Defender that a chain tells of, by their id. */
export class ChainScans {
  readonly #scans = new Map<string, ChainScan>();

  see({ at, request, facts }: AuditRecord): void {
    const action = facts['action'];
    if (typeof action !== 'string') return;
    const known = this.#scans.get(action);
    const word = (name: 'device' | 'type' | 'status'): string => {
      const said = facts[name];
      // The status of an answer is a number, that of a scan a word.
      return typeof said === 'string' ? said : (known?.[name] ?? '');
    };
    const seen = { device: word('device'), type: word('type'), status: word('status') };
    this.#scans.set(action, { action, request: known?.request ?? request, at: known?.at ?? at, ...seen });
  }

  get all(): ReadonlyMap<string, ChainScan> {
    return this.#scans;
  }
}

/** Both ways: what the chain tells and Defender does not, and the other way round. */
export function reconcile(ours: ChainScans, theirs: readonly DefenderScan[], range: Range & { now: Time }): Reconciled {
  const byId = new Map<string, DefenderScan>(theirs.map((scan) => [scan.id, scan]));
  const within = (at: Time): boolean => at >= range.from && at < range.until;
  const known = [...ours.all.values()].filter(({ at }) => within(at));
  const missing = known.filter(({ action }) => !byId.has(action)).map(missingLine);
  const pairs = known.flatMap((scan) => byId.get(scan.action) ?? []).map((scan) => differences(scan, ours, range.now));
  const foreign = theirs.filter((scan) => within(scan.createdAt) && !ours.all.has(scan.id));
  return {
    faults: [...missing, ...pairs.flat()],
    foreign: foreign.map(foreignLine),
    agreed: pairs.filter((lines) => lines.length === 0).length,
  };
}

function missingLine({ action, request, at }: ChainScan): string {
  return `action ${action} of request ${request} (${iso(at)}): Defender does not list it`;
}

function foreignLine({ id, createdAt, device, type, requester }: DefenderScan): string {
  return `action ${id} (${iso(createdAt)}) ${type ?? 'scan'} on ${device} by ${requester}`;
}

function differences(scan: DefenderScan, { all }: ChainScans, now: Time): readonly string[] {
  const ours = all.get(scan.id);
  if (ours === undefined) return [];
  const facts = [
    ['device', ours.device, scan.device],
    ['type', ours.type, scan.type ?? ours.type],
    [
      'ending',
      endingOf(ours.status),
      now - scan.updatedAt < LAG ? endingOf(ours.status) : (resultOf(scan.status) ?? ''),
    ],
  ] as const;
  return facts
    .filter(([, here, there]) => here !== there)
    .map(([what, here, there]) => {
      const said = `the chain says ${what} ${here || 'none'}, Defender ${there || 'none'}`;
      return `action ${scan.id} of request ${ours.request}: ${said}`;
    });
}

function endingOf(status: string): string {
  return ['Succeeded', 'Failed', 'TimeOut', 'Cancelled'].includes(status) ? status : '';
}

function iso(at: Time): string {
  return new Date(at).toISOString();
}

const MOST_LINES = 200;

/** What an auditor reads. */
export function reconciledLines({ faults, foreign, agreed }: Reconciled): readonly string[] {
  return [
    ...faults.slice(0, MOST_LINES),
    ...(foreign.length > 0 ? ['Not asked for through the bot:', ...foreign.slice(0, MOST_LINES)] : []),
    `${agreed} agree, ${faults.length} do not, ${foreign.length} are not the bot’s.`,
  ];
}
