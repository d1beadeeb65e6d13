import type { Kysely } from 'kysely';
import type { DeviceId, PersonId, RequestId } from '../scan/ids.ts';
import type { Outcome, ReportRow } from '../scan/report.ts';
import { tallyOf } from '../scan/report.ts';
import type { ReportStore, RowsWanted } from '../scan/report-store.ts';
import type { ScanRequest } from '../scan/scan-request.ts';
import { readScanType } from '../scan/device.ts';
import { readRequest } from './document.ts';
import type { Tables } from './tables.ts';

/** What is counted, in columns of its own: no report reads whole requests. */
export interface TallyColumns {
  readonly outcome: string;
  readonly scan_type: string | null;
  readonly device_name: string;
  readonly started_at: number | null;
  readonly took: number | null;
  readonly found: number | null;
}

/** A schedule is no scan: those that it begins are counted. */
const PLANNED = 'planned';

export function tallyColumns(request: ScanRequest): TallyColumns {
  const { outcome, type, device, startedAt, took, found } = tallyOf(request);
  return {
    outcome: request.wanted.plan === undefined ? outcome : PLANNED,
    scan_type: type ?? null,
    // PostgreSQL keeps no null byte in a text; what was typed may hold one.
    device_name: device.replaceAll('\0', ''),
    started_at: startedAt ?? null,
    took: took ?? null,
    found: found ?? null,
  };
}

/** When this request was approved, if that is what it now is; later stages do not say it any more. */
export function approvedAt({ occurrence, stage }: ScanRequest): number | null {
  // What a schedule begins was decided with the schedule.
  return stage.name === 'approved' && occurrence === undefined ? stage.at : null;
}

const COLUMNS = [
  'id',
  'person',
  'asked_at',
  'approved_at',
  'outcome',
  'scan_type',
  'device_name',
  'started_at',
  'took',
  'found',
] as const;
/** So that nobody waits long for a large report. */
const AT_ONCE = 2000;

export class SqlReports implements ReportStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async rows({ since, limit, person }: RowsWanted): Promise<readonly ReportRow[]> {
    const rows: ReportRow[] = [];
    for (;;) {
      const last = rows.at(-1);
      const some = Math.min(AT_ONCE, limit - rows.length);
      if (some <= 0) return rows;
      const page = await this.#page({ since, limit: some, ...(person && { person }) }, last);
      rows.push(...page);
      if (page.length < some) return rows;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async about(device: DeviceId, limit: number): Promise<readonly ScanRequest[]> {
    const rows = this.#db.selectFrom('request').select('doc').where('device', '=', device);
    const newest = await rows.orderBy('asked_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return newest.map(({ doc }) => readRequest(doc));
  }

  async #page({ since, limit, person }: RowsWanted, after: ReportRow | undefined): Promise<readonly ReportRow[]> {
    let rows = this.#db.selectFrom('request').select(COLUMNS).where('asked_at', '>=', since);
    rows = rows.where('outcome', '<>', PLANNED);
    if (person !== undefined) rows = rows.where('person', '=', person);
    if (after !== undefined) {
      const { askedAt, request } = after;
      rows = rows.where((eb) =>
        eb.or([eb('asked_at', '<', askedAt), eb.and([eb('asked_at', '=', askedAt), eb('id', '<', request)])]),
      );
    }
    const page = await rows.orderBy('asked_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return page.map(({ id, ...row }) => ({
      request: id as RequestId,
      person: row.person as PersonId,
      askedAt: row.asked_at,
      approvedAt: row.approved_at ?? undefined,
      // Written by a version before reports: what became of it is in no column.
      outcome: row.outcome === '' ? 'open' : (row.outcome as Outcome),
      type: readScanType(row.scan_type),
      device: row.device_name,
      startedAt: row.started_at ?? undefined,
      took: row.took ?? undefined,
      found: row.found ?? undefined,
    }));
  }
}
