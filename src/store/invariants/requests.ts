import type { Kysely, Selectable } from 'kysely';
import type { ScanRequest } from '../../scan/scan-request.ts';
import { dueAt, isOver } from '../../scan/scan-request.ts';
import { readRequest } from '../document.ts';
import { columnsOf, confirmAt } from '../request-row.ts';
import type { Tables } from '../tables.ts';
import type { Finding } from './finding.ts';

type Row = Selectable<Tables['request']>;

const AT_ONCE = 500;

/** Whether each request is what its row says, and will be looked at when its stage wants it. */
export async function checkRequests(db: Kysely<Tables>): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const followed = new Map<string, string>();
  const awake = await readersAwake(db, 'follower');
  const confirmersAwake = await readersAwake(db, 'confirmer');
  for (let after: string | undefined = ''; after !== undefined;) {
    const rows: readonly Row[] = await batch(db, after);
    for (const row of rows) {
      const faults = faultsOf(row, { awake, confirmersAwake, followed });
      findings.push(...faults.map((what) => ({ row: `request ${row.id}`, what })));
    }
    after = rows.at(-1)?.id;
  }
  return findings;
}

function batch(db: Kysely<Tables>, after: string): Promise<readonly Row[]> {
  return db.selectFrom('request').selectAll().where('id', '>', after).orderBy('id').limit(AT_ONCE).execute();
}

async function readersAwake(db: Kysely<Tables>, kind: 'follower' | 'confirmer'): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom(kind).select('id').where('due_at', 'is not', null).execute();
  return new Set(rows.map(({ id }) => id));
}

interface Others {
  readonly awake: ReadonlySet<string>;
  readonly confirmersAwake: ReadonlySet<string>;
  /** Which request follows which scan as its own. */
  readonly followed: Map<string, string>;
}

function faultsOf(row: Row, others: Others): readonly string[] {
  const request = read(row.doc);
  if (request === undefined) return ['its document cannot be read'];
  const wrong = [
    ...columnFaults(row, request),
    dueFault(row, request),
    followFault(request, others),
    confirmFault(row, request, others),
  ];
  return wrong.filter((fault) => fault !== undefined);
}

function read(doc: string): ScanRequest | undefined {
  try {
    return readRequest(doc);
  } catch {
    return undefined;
  }
}

function columnFaults(row: Row, request: ScanRequest): readonly string[] {
  const expected = { id: request.id, asked_at: request.askedAt, ...columnsOf(request), doc: row.doc };
  const names = Object.keys(expected) as (keyof typeof expected)[];
  return names
    .filter((name) => row[name] !== expected[name])
    .map((name) => `its column ${name} is not what it says itself`);
}

function dueFault(row: Row, request: ScanRequest): string | undefined {
  const rests = row.due_at === null;
  if (isOver(request)) return rests ? undefined : 'it is over and due all the same';
  if (row.dead_at !== null) return undefined;
  return rests && dueAt(request) !== undefined
    ? `its stage ${request.stage.name} has a time, and it is never due`
    : undefined;
}

function confirmFault(row: Row, request: ScanRequest, { confirmersAwake }: Others): string | undefined {
  const isLookedFor = row.confirm_at !== null;
  if (isLookedFor !== (confirmAt(request) !== null)) return 'whether its end is looked for is not what it says itself';
  if (!isLookedFor || confirmersAwake.has(request.requester.id) || confirmersAwake.has('application')) return undefined;
  return 'nobody looks for its end';
}

function followFault({ id, requester, stage }: ScanRequest, { awake, followed }: Others): string | undefined {
  if (stage.name !== 'following') return undefined;
  if (!awake.has(requester.id) && !awake.has('application')) return 'nobody follows its scan';
  if (stage.adopted) return undefined;
  const other = followed.get(stage.scan.id);
  followed.set(stage.scan.id, id);
  return other === undefined ? undefined : `request ${other} has the same scan for its own`;
}
