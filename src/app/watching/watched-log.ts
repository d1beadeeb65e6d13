import type { Log } from '../../log.ts';
import type { Courses } from '../../trace/courses.ts';

/** Every line says which turn, request and trace it belongs to, where that is known. */
export function watchedLog(log: Log, courses: Courses): Log {
  const within = (facts: object): object => {
    const course = courses.current();
    if (course === undefined) return facts;
    const { turn, request, spot } = course;
    const ids = { ...(turn !== undefined && { turn }), ...(request !== undefined && { request }), trace: spot.trace };
    return facts instanceof Error ? { ...ids, err: facts } : { ...ids, ...facts };
  };
  return {
    debug: (facts, message) => {
      log.debug(within(facts), message);
    },
    info: (facts, message) => {
      log.info(within(facts), message);
    },
    warn: (facts, message) => {
      log.warn(within(facts), message);
    },
    error: (facts, message) => {
      log.error(within(facts), message);
    },
  };
}
