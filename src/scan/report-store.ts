import type { DeviceId, PersonId, Time } from './ids.ts';
import type { ReportRow } from './report.ts';
import type { ScanRequest } from './scan-request.ts';

export interface RowsWanted {
  /** Asked at or after. */
  readonly since: Time;
  readonly limit: number;
  /** Of this person alone. */
  readonly person?: PersonId;
}

/** What was asked for, to be counted: few columns of many requests. */
export interface ReportStore {
  /** Newest first. */
  rows(wanted: RowsWanted): Promise<readonly ReportRow[]>;
  /** Requests about this device, over or not, newest first. */
  about(device: DeviceId, limit: number): Promise<readonly ScanRequest[]>;
}
