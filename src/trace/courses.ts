import { AsyncLocalStorage } from 'node:async_hooks';
import type { SpanFacts, Spot, Tracing } from './tracing.ts';

/** What is going on, for whoever writes a line or a row meanwhile. */
export interface Course {
  readonly spot: Spot;
  readonly turn: string | undefined;
  /** The scan request that it turned out to be about. */
  request: string | undefined;
  /** What is known of it only at its end. */
  readonly facts: Record<string, string | number | boolean>;
}

export interface CourseStart {
  readonly name: string;
  readonly facts: SpanFacts;
  /** Where it comes from when that is not what goes on around it. */
  readonly parent?: Spot | undefined;
  readonly turn?: string;
  readonly request?: string | undefined;
}

/** Follows each piece of work through everything that it awaits. */
export class Courses {
  readonly #running = new AsyncLocalStorage<Course>();
  readonly #tracing: Tracing;

  constructor(tracing: Tracing) {
    this.#tracing = tracing;
  }

  current(): Course | undefined {
    return this.#running.getStore();
  }

  async run<T>({ name, facts, ...from }: CourseStart, work: (course: Course) => Promise<T>): Promise<T> {
    const around = this.current();
    const span = this.#tracing.begin(name, facts, { parent: from.parent ?? around?.spot });
    const { turn = around?.turn, request = around?.request } = from;
    const course: Course = { spot: span.spot, turn, request, facts: {} };
    let failed = true;
    try {
      const done = await this.#running.run(course, () => work(course));
      failed = false;
      return done;
    } finally {
      const ids = { ...(course.turn && { turn: course.turn }), ...(course.request && { request: course.request }) };
      span.end({ ...prefixed(ids), ...prefixed(course.facts) }, failed);
    }
  }

  /** Where a trace of its own begins, whatever goes on around it. */
  root(name: string, facts: SpanFacts): Spot {
    const span = this.#tracing.begin(name, facts, {});
    span.end({}, false);
    return span.spot;
  }

  close(): Promise<void> {
    return this.#tracing.close();
  }
}

function prefixed(facts: SpanFacts): SpanFacts {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [`scanbot.${name}`, fact]));
}
