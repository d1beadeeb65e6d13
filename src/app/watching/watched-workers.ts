import type { Outcome, Worker } from '../../scan/outcome.ts';
import type { Claim, Clock } from '../../scan/ports.ts';
import type { WorkKind } from '../../scan/work-kind.ts';
import type { Courses } from '../../trace/courses.ts';
import { readTraceparent } from '../../trace/tracing.ts';
import type { Metrics } from '../metrics.ts';

export interface WorkWatch {
  readonly courses: Courses;
  readonly metrics: Metrics;
  readonly clock: Clock;
}

type Workers = Readonly<Record<WorkKind, Worker>>;

/** Each piece of work goes on in the trace that its row was written in, hours ago perhaps, by another replica. */
export function watchedWorkers(workers: Workers, watch: WorkWatch): Workers {
  const entries = Object.entries(workers).map(([kind, worker]) => [kind, watched(worker, watch)]);
  return Object.fromEntries(entries) as Workers;
}

function watched(worker: Worker, watch: WorkWatch): Worker {
  const during = (claim: Claim, work: () => Promise<Outcome>): Promise<Outcome> => {
    const { kind } = claim;
    const from = { parent: readTraceparent(claim.trace), request: requestOf(claim) };
    const start = { name: `work ${kind}`, facts: { 'scanbot.kind': kind }, ...from };
    return watch.courses.run(start, async ({ facts }) => {
      const began = performance.now();
      const outcome = await work();
      facts['outcome'] = outcome.is;
      watch.metrics.worked(kind, outcome.is, (performance.now() - began) / 1000);
      if (isDelivered(claim, outcome)) watch.metrics.delivered((watch.clock.now() - (claim.since ?? 0)) / 1000);
      return outcome;
    });
  };
  return {
    work: (claim) => during(claim, () => worker.work(claim)),
    giveUp: (claim, reference) => during(claim, () => worker.giveUp(claim, reference)),
  };
}

/** Most messages are named by what they say and of which request; a sign-in may be named by a person, who is nobody's business. */
const ABOUT = /^(?!sign-in:)[a-z-]+:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?::|$)/;

/** The request (or command) that it is about. Who follows scans does so for a person, not for a request. */
function requestOf({ kind, id }: Claim): string | undefined {
  switch (kind) {
    case 'request':
    case 'errand':
    case 'search':
    case 'batch':
      return id;
    case 'message':
      return ABOUT.exec(id)?.[1];
    case 'follower':
    case 'confirmer':
      return undefined;
  }
}

function isDelivered({ kind, since }: Claim, { is }: Outcome): boolean {
  return kind === 'message' && since !== undefined && (is === 'done' || is === 'moved');
}
