/**
 * The rows that are also jobs. A `confirmer` looks for the ends of scans that Defender calls succeeded, a `search` for
 * what a scan has found. A `batch` is a request for many scans.
 */
export const WORK_KINDS = ['request', 'errand', 'follower', 'confirmer', 'message', 'search', 'batch'] as const;

export type WorkKind = (typeof WORK_KINDS)[number];
