import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Net } from '../net/request.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { RequestId } from '../scan/ids.ts';
import type { CallCount, CallLimit, Clock, Store } from '../scan/ports.ts';
import type { Background, Faults } from './background.ts';
import type { Courses } from '../trace/courses.ts';
import type { Metrics } from './metrics.ts';

/** What a test may replace: time, the lines, the way out, and the pace there. */
export interface Outside {
  readonly clock: Clock;
  readonly log: Log;
  readonly net: Net;
  /** For messages to one place in Teams; without it the one that Teams takes. */
  readonly teamsPace?: readonly CallLimit[];
}

/** What is built once and used by every room. */
export interface House extends Outside {
  readonly config: Config;
  readonly courses: Courses;
  readonly metrics: Metrics;
  readonly faults: Faults;
  readonly background: Background;
  readonly store: Store;
  readonly calls: CallCount;
  readonly policy: PolicyInForce;
}

export function newId(): RequestId {
  return randomUUID() as RequestId;
}
