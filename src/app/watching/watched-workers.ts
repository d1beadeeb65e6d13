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
    const request = kind === 'request' || kind === 'search' ? claim.id : undefined;
    const from = { parent: readTraceparent(claim.trace), request };
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

function isDelivered({ kind, since }: Claim, { is }: Outcome): boolean {
  return kind === 'message' && since !== undefined && (is === 'done' || is === 'moved');
}
