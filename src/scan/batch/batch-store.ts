import type { BatchId, PersonId } from '../ids.ts';
import type { ScanRequest } from '../scan-request.ts';
import type { Batch } from './batch.ts';

/** Requests for many scans, and the single requests that come of them. */
export interface BatchStore {
  batch(id: BatchId): Promise<Batch | undefined>;
  /** Those of its scans that have begun, in any order. */
  members(id: BatchId): Promise<readonly ScanRequest[]>;
  /** Of one person, those that are not over. */
  openOf(person: PersonId): Promise<readonly Batch[]>;
}
