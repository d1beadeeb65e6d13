import type { Store, Write } from '../../scan/ports.ts';
import type { ScanRequest } from '../../scan/scan-request.ts';
import type { Courses } from '../../trace/courses.ts';
import { traceparentOf } from '../../trace/tracing.ts';
import type { Spot } from '../../trace/tracing.ts';
import type { Metrics } from '../metrics.ts';

export interface StoreWatch {
  readonly courses: Courses;
  readonly metrics: Metrics;
}

/** What is committed carries the trace on, and is counted. */
export function watchedCommit(commit: Store['commit'], { courses, metrics }: StoreWatch): Store['commit'] {
  return async (write) => {
    const course = courses.current();
    const about = write.move?.after.id ?? write.errand?.id;
    if (course !== undefined && about !== undefined) course.request = about;
    const spot = write.begins === undefined ? course?.spot : beginning(write.begins, courses);
    const written = await commit(spot === undefined ? write : { ...write, trace: traceparentOf(spot) });
    if (written) count(write, metrics);
    return written;
  };
}

/** A schedule goes on for months: each of its scans has a trace of its own. */
function beginning({ id }: ScanRequest, courses: Courses): Spot {
  return courses.root('scan begins', { 'scanbot.request': id });
}

function count({ move, begins }: Write, metrics: Metrics): void {
  if (begins !== undefined) metrics.stage('asked');
  if (move === undefined) return;
  const { before } = move;
  const { stage } = move.after;
  if (before === undefined) metrics.stage('asked');
  if (stage.name === 'submitting' && before?.stage.name !== 'submitting') metrics.stage('sent');
  const isOver = stage.name === 'settled' || stage.name === 'closed';
  if (isOver && before?.stage.name !== stage.name) metrics.ended(stage);
}
