import type { Generated } from 'kysely';

/**
 * The columns of a row that is also a job. Times are milliseconds, flags are 0 or 1, null is SQL's word for nothing.
 * A row is alive while `due_at` is set, and taken while `lease_until` is.
 */
export interface WorkColumns {
  readonly id: string;
  readonly due_at: number | null;
  readonly lease_until: number | null;
  /** Made due while it was taken: whoever has taken it knows nothing of that, so it outlives the claim. */
  readonly again_at: number | null;
  /** Grows with every claim and every move: what fences. */
  readonly attempt: Generated<number>;
  readonly fails: Generated<number>;
  /** When and why it was buried. */
  readonly dead_at: number | null;
  readonly dead_why: string | null;
  /** Where in which trace it was written, as a W3C traceparent. */
  readonly trace: string | null;
}

interface RequestTable extends WorkColumns {
  readonly rev: number;
  readonly stage: string;
  readonly is_over: number;
  readonly over_at: number | null;
  readonly waits_sign_in: number;
  readonly person: string;
  readonly device: string | null;
  readonly sent_at: number | null;
  readonly asked_at: number;
  readonly approved_at: number | null;
  readonly outcome: Generated<string>;
  readonly scan_type: string | null;
  readonly device_name: Generated<string>;
  readonly started_at: number | null;
  readonly took: number | null;
  readonly found: number | null;
  /** When to look for the end of the scan. */
  readonly confirm_at: number | null;
  /** The request for many that it is one of. */
  readonly batch: string | null;
  readonly doc: string;
}

interface ErrandTable extends WorkColumns {
  readonly person: string;
  readonly waits_sign_in: number;
  readonly doc: string;
}

interface MessageTable extends WorkColumns {
  /** The order in which messages were written. */
  readonly seq: Generated<number>;
  readonly thread: string;
  readonly written_at: number | null;
  /** Where it stands, if it may be changed there. */
  readonly activity_id: string | null;
  readonly done_at: number | null;
  /** Empty once delivered; the id stays, so that nothing is said twice. */
  readonly doc: string;
}

/** Its id is that of the request. */
interface SearchTable extends WorkColumns {
  readonly doc: string;
}

/** Requests for many scans. */
interface BatchTable extends WorkColumns {
  readonly rev: number;
  readonly person: string;
  readonly is_over: number;
  readonly over_at: number | null;
  /** Whether more of its scans may go out. */
  readonly goes_on: number;
  readonly waits_sign_in: number;
  readonly doc: string;
}

interface CardTable {
  readonly request: string;
  readonly thread: string;
  readonly activity_id: string;
  readonly rev: number;
}

interface EventTable {
  readonly seq: Generated<number>;
  readonly request: string;
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly facts: string;
}

/** What operators said about new scans, in the order in which they said it. */
interface HaltTable {
  readonly seq: Generated<number>;
  readonly at: number;
  readonly doc: string;
}

/** The request that has a device for itself. */
interface DeviceLockTable {
  readonly device: string;
  readonly request: string;
}

/** How many calls a quota has let through, when the latest, and before which time it lets through none. */
interface QuotaTable {
  readonly id: string;
  readonly taken: number;
  readonly taken_at: number;
  readonly paused_until: number;
}

/** One call: the nth of its quota. Times never go back from one to the next. */
interface CallTable {
  readonly quota: string;
  readonly nth: number;
  readonly at: number;
}

/** How long a scan took, kept when its request is gone. */
interface ScanTimeTable {
  readonly request: string;
  readonly device: string;
  readonly os: string;
  readonly type: string;
  readonly at: number;
  readonly took: number;
}

/** The chain. Append-only; see src/audit/. */
interface AuditTable {
  readonly n: number;
  readonly at: number;
  readonly body: string;
  readonly hash: string;
}

/** The records of one commit that have no place in the chain yet, as a JSON list of bodies. */
interface AuditWaitingTable {
  readonly seq: Generated<number>;
  readonly since: number;
  readonly bodies: string;
}

/** What the chain has only the seal of. */
interface AuditSealedTable {
  readonly seal: string;
  readonly person: string;
  readonly field: string;
  readonly salt: string;
  readonly text: string;
}

export interface WorkTables {
  readonly request: RequestTable;
  readonly errand: ErrandTable;
  readonly follower: WorkColumns;
  readonly confirmer: WorkColumns;
  readonly message: MessageTable;
  readonly search: SearchTable;
  readonly batch: BatchTable;
}

export interface Tables extends WorkTables {
  readonly card: CardTable;
  /** `language`: as the person chose it. */
  readonly person: {
    readonly id: string;
    readonly doc: string;
    readonly language: string | null;
    readonly tell_in: string | null;
  };
  readonly thread: { readonly id: string; readonly doc: string };
  /** Activities that were taken in already. */
  readonly seen: { readonly mark: string; readonly at: number };
  /** Append-only. */
  readonly event: EventTable;
  /** Append-only. */
  readonly halt: HaltTable;
  readonly audit: AuditTable;
  readonly audit_waiting: AuditWaitingTable;
  readonly audit_sealed: AuditSealedTable;
  /** Append-only. */
  readonly audit_anchor: { readonly day: string; readonly n: number; readonly hash: string };
  readonly device_lock: DeviceLockTable;
  readonly quota: QuotaTable;
  readonly call: CallTable;
  readonly scan_time: ScanTimeTable;
  /** One row, written to see whether writing works. */
  readonly pulse: { readonly id: number; readonly at: number };
}
