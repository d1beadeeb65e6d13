import type { Exercise } from '../page/world.ts';
import { ambiguousName } from './ambiguous-name.ts';
import { deviceAsleep } from './device-asleep.ts';
import { firstScan } from './first-scan.ts';
import type { Happening } from './happening.ts';
import type { Progress } from './lesson.ts';
import { secondPerson } from './second-person.ts';
import { somebodyElsesScan } from './somebody-elses-scan.ts';

/** What there is to learn whoever decides. */
const MORE: readonly Progress[] = [ambiguousName, somebodyElsesScan, deviceAsleep];

/** Ticks exercises off by what happens. */
export class Drill {
  #lessons: readonly Progress[];

  /** All exercises at their beginning, in the order in which one does them best. */
  constructor(othersApprove = false) {
    this.#lessons = [othersApprove ? secondPerson : firstScan, ...MORE];
  }

  /** Whether anything has been ticked off. */
  notice(happening: Happening): boolean {
    const before = this.#lessons;
    this.#lessons = before.map((lesson) => lesson.after(happening));
    return this.#lessons.some((lesson, index) => lesson.steps !== before[index]?.steps);
  }

  get exercises(): readonly Exercise[] {
    return this.#lessons.map(({ about, steps, done }) => ({ ...about, steps, done }));
  }
}
