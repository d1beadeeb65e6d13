import type { DeviceLists } from '../../finding/device-lists.ts';
import type { RequestId } from '../../ids.ts';
import type { CallCount } from '../../ports.ts';
import type { ErrandParts } from '../parts.ts';

/** What requests for many scans need besides. */
export interface BatchParts extends ErrandParts {
  /** Shared by all replicas: together they start no more than one would. */
  readonly calls: CallCount;
  readonly lists: DeviceLists;
  readonly newId: () => RequestId;
}
